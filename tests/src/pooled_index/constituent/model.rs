//! Constituents come and go: adding, seeding, launching, removing, syncing.

use {
    crate::model::index::*,
    upside_sdk::index::{IndexStatus, SlotKind},
};

impl PooledIndex {
    /// Puts a person or a mint into the first free slot. Errors: `AlreadyConstituent`,
    /// `ConstituentListFull`.
    pub fn add(&mut self, key: &Pubkey, kind: SlotKind, decimals: u8, now: i64) -> Check<u8> {
        let known = self.used().any(|(_, slot)| slot.has(key));
        require(!known, IndexError::AlreadyConstituent)?;
        let place = self.slots.iter().position(Option::is_none);
        let place = place.ok_or(IndexError::ConstituentListFull)?;
        self.slots[place] = Some(Slot {
            key: *key,
            kind,
            counter: 0,
            pending: 0,
            harvested_at: now,
            decimals,
            coin: 0,
            harvests: [0; 4],
            behind: 0,
            wraps: None,
            stuck_at: 0,
        });
        Ok(place as u8)
    }

    /// Puts a mint on the list of coins; it is collected at once with a `listing` of 0,
    /// else from the end of that announcement's notice on. Errors: `WrongKind`,
    /// `AlreadyCoin`, `CoinListFull`.
    pub fn list_coin(&mut self, slot: u8, listing: u64) -> Check {
        let constituent = self.slot(slot)?;
        require(constituent.kind == SlotKind::Mint, IndexError::WrongKind)?;
        let place = match constituent.place() {
            Some(place) => place,
            None => {
                let free = self.books.iter().position(|book| book.used == 0);
                let free = free.ok_or(IndexError::CoinListFull)?;
                self.slot_mut(slot)?.coin = free as u8 + 1;
                free
            }
        };
        let book = &mut self.books[place];
        require(book.used != 1, IndexError::AlreadyCoin)?;
        (book.used, book.slot, book.listing) = (1, slot, listing);
        Ok(())
    }

    /// Takes a coin off the list. Its place stays while members or tickets are owed of it.
    pub(crate) fn unlist_book(&mut self, place: usize) {
        let book = &mut self.books[place];
        (book.used, book.listing) = (2, 0);
        if (book.owed, book.pots, book.due) == (0, 0, 0) {
            (book.used, book.carry) = (0, 0);
            let slot = usize::from(book.slot);
            self.slots[slot].as_mut().expect("it has a slot").coin = 0;
        }
    }

    /// Frees a slot that nobody has anything to do with. Errors: `ConstituentInUse`,
    /// `StillACoin`.
    pub fn remove(&mut self, slot: u8) -> Check {
        let constituent = self.slot(slot)?.clone();
        let empty = constituent.counter == 0
            && constituent.pending == 0
            && constituent.behind == 0
            && constituent.wraps.is_none();
        require(empty, IndexError::ConstituentInUse)?;
        if let Some(place) = constituent.place() {
            require(self.status == IndexStatus::Seeding, IndexError::StillACoin)?;
            let book = &mut self.books[place];
            let unused = book.owed == 0 && book.pots == 0 && book.due == 0;
            require(unused, IndexError::ConstituentInUse)?;
            // Its index stays: members have checkpoints of it.
            book.used = 0;
            book.carry = 0;
        }
        self.slots[usize::from(slot)] = None;
        Ok(())
    }

    /// Atoms come in or go out before the launch. Errors: `NotSeeding`, `ZeroAmount`,
    /// `InsufficientShares`.
    pub fn seed(&mut self, slot: u8, atoms: u64, out: bool, now: i64) -> Check {
        require(self.status == IndexStatus::Seeding, IndexError::NotSeeding)?;
        require(atoms > 0, IndexError::ZeroAmount)?;
        let constituent = self.slot_mut(slot)?;
        if out {
            require(atoms <= constituent.counter, IndexError::InsufficientShares)?;
            constituent.counter -= atoms;
            return Ok(());
        }
        constituent.receive(atoms, now)
    }

    /// Opens the index; returns the curator's shares. Errors: `NotSeeding`,
    /// `TooFewShares`, `NothingSeeded`.
    pub fn launch(&mut self, shares: u64, now: i64) -> Check<u64> {
        require(self.status == IndexStatus::Seeding, IndexError::NotSeeding)?;
        require(shares > LOCKED, IndexError::TooFewShares)?;
        let all = self.used().next().is_some() && self.used().count() == self.held().count();
        require(all, IndexError::NothingSeeded)?;
        self.supply = shares;
        self.accrued_at = now;
        self.status = IndexStatus::Active;
        Ok(shares - LOCKED)
    }

    /// Brings a slot's counter and what custody holds together: what is beyond the books
    /// backs shares, what is missing is missing from the counter. Errors: `WrongKind`,
    /// `NothingToSync`.
    pub fn sync(&mut self, slot: u8, kind: SlotKind, custody: u64, now: i64) -> Check {
        let constituent = self.slot(slot)?;
        require(constituent.kind == kind, IndexError::WrongKind)?;
        if let Some(place) = constituent.place()
            && self.claimants == 0
        {
            // Nobody is left whose fractions these are.
            let book = &mut self.books[place];
            (book.owed, book.carry) = (0, 0);
        }
        let booked = self.booked(slot)?;
        let constituent = self.slot_mut(slot)?;
        if custody < booked {
            let lost = (booked - custody).min(constituent.counter);
            require(lost > 0, IndexError::NothingToSync)?;
            constituent.counter -= lost;
            return Ok(());
        }
        let found = custody - booked;
        // To an empty slot gifts are not booked: they would change what entries cost.
        let booking = found > 0 && constituent.counter > 0;
        require(booking, IndexError::NothingToSync)?;
        constituent.receive(found, now)
    }

    /// Atoms in custody beyond the books. Errors: `VaultShort`.
    pub(crate) fn unbooked(&self, slot: u8, custody: u64) -> Check<u64> {
        let booked = self.booked(slot)?;
        custody.checked_sub(booked).ok_or(IndexError::VaultShort)
    }

    /// Atoms of a coin from a harvest: a part is set aside and split equally among members,
    /// the rest backs shares. Returns the part. Errors: `NotACoin`.
    pub fn share_out(&mut self, slot: u8, atoms: u64, now: i64) -> Check<u64> {
        let place = self.slot(slot)?.place().ok_or(IndexError::NotACoin)?;
        require(self.is_collected(place), IndexError::NotACoin)?;
        let wrapped = self.slot(slot)?.wraps.is_some();
        require(!wrapped, IndexError::CoinWrapped)?;
        // Ten parts at least: those of nobody stay with the others.
        let all = floor(atoms, self.terms.equal_share_bps.into(), 10_000)?;
        let part = floor(all, self.members, self.members.max(10))?;
        if part > 0 {
            let book = &mut self.books[place];
            let paid = (u128::from(part) << 64) + u128::from(book.carry);
            let members = u128::from(self.members);
            book.index = book.index.wrapping_add(paid / members);
            book.carry = (paid % members) as u64;
            book.owed = sum(book.owed, part)?;
        }
        self.slot_mut(slot)?.receive(atoms - part, now)?;
        Ok(part)
    }
}
