//! Constituents come and go: adding, seeding, launching, removing, syncing.

use {
    super::*,
    upside_sdk::index::{Kind, Status},
};

impl Index {
    /// Puts a person or cash into the first free slot. Errors: `AlreadyConstituent`,
    /// `ConstituentListFull`, `CashListFull`.
    pub fn add(&mut self, key: &Pubkey, kind: Kind, decimals: u8, now: i64) -> Check<u8> {
        let known = self.slot_of(key).is_ok();
        require(!known, IndexError::AlreadyConstituent)?;
        let place = self.slots.iter().position(Option::is_none);
        let place = place.ok_or(IndexError::ConstituentListFull)?;
        let mut book = 0;
        if kind == Kind::Cash {
            let free = self.books.iter().position(|book| !book.used);
            let free = free.ok_or(IndexError::CashListFull)?;
            self.books[free].used = true;
            self.books[free].slot = place as u8;
            book = free as u8;
        }
        self.slots[place] = Some(Slot {
            key: *key,
            kind,
            counter: 0,
            pending: 0,
            weight: 0,
            pending_weight: 0,
            harvested_at: now,
            decimals,
            book,
        });
        Ok(place as u8)
    }

    /// Frees a slot that nobody has anything to do with. Errors: `ConstituentInUse`.
    pub fn remove(&mut self, slot: u8) -> Check {
        let constituent = self.slot(slot)?.clone();
        let traded = self.open_trades().any(|t| t.sell == slot || t.buy == slot);
        let numbers = [
            constituent.counter,
            constituent.pending,
            constituent.weight,
            constituent.pending_weight,
        ];
        let empty = numbers.iter().all(|number| *number == 0);
        require(empty && !traded, IndexError::ConstituentInUse)?;
        if constituent.kind == Kind::Cash {
            let book = &mut self.books[usize::from(constituent.book)];
            require(book.owed == 0, IndexError::ConstituentInUse)?;
            // Its index stays: members have checkpoints of it.
            book.used = false;
            book.carry = 0;
        }
        self.slots[usize::from(slot)] = None;
        Ok(())
    }

    /// Atoms come in or go out before the launch. Errors: `NotSeeding`, `ZeroAmount`,
    /// `InsufficientShares`.
    pub fn seed(&mut self, slot: u8, atoms: u64, out: bool, now: i64) -> Check {
        require(self.status == Status::Seeding, IndexError::NotSeeding)?;
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
        require(self.status == Status::Seeding, IndexError::NotSeeding)?;
        require(shares > LOCKED, IndexError::TooFewShares)?;
        let all = self.used().next().is_some() && self.used().count() == self.held().count();
        require(all, IndexError::NothingSeeded)?;
        self.supply = shares;
        self.accrued_at = now;
        self.status = Status::Active;
        Ok(shares - LOCKED)
    }

    /// Brings a slot's counter and what custody holds together: what is beyond the books
    /// backs shares, what is missing is missing from the counter. Errors: `WrongKind`,
    /// `NothingToSync`.
    pub fn sync(&mut self, slot: u8, kind: Kind, custody: u64, now: i64) -> Check {
        let constituent = self.slot(slot)?;
        require(constituent.kind == kind, IndexError::WrongKind)?;
        if kind == Kind::Cash && self.claimants == 0 {
            // Nobody is left whose fractions these are.
            let book = &mut self.books[usize::from(constituent.book)];
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
        require(found > 0, IndexError::NothingToSync)?;
        constituent.receive(found, now)
    }

    /// Atoms in custody beyond the books. Errors: `VaultShort`.
    pub(crate) fn unbooked(&self, slot: u8, custody: u64) -> Check<u64> {
        let booked = self.booked(slot)?;
        custody.checked_sub(booked).ok_or(IndexError::VaultShort)
    }

    /// Cash from a harvest: a part is set aside and split equally among members, the
    /// rest backs shares. Returns the part.
    pub fn share_out(&mut self, slot: u8, atoms: u64, now: i64) -> Check<u64> {
        let place = usize::from(self.slot(slot)?.book);
        let rate = if self.members > 0 {
            self.terms.equal_share_bps
        } else {
            0
        };
        let part = floor(atoms, rate.into(), 10_000)?;
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
