use {
    super::{MAX_COINS, Membership, PooledIndex, SlotKind, add, sub, terms::bps},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    personal_token::state::PodU128,
    upside_math::{EqualShare, set_aside},
};

/// A mint in which dividends are collected, and what members are owed of it: [`EqualShare`] in an account's
/// layout. The index of a place is never reset, so that checkpoints stay true.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Coin {
    /// Atoms per member since the beginning, Q64.64, wrapping.
    pub index: PodU128,
    /// Set aside, but not yet in the index, in 2^-64 atoms.
    pub carry: u64,
    /// Atoms set aside and not yet paid out.
    pub owed: u64,
    /// Atoms that belong to tickets, of all wraps.
    pub pots: u64,
    /// Atoms that wrapped slots owed the index before they were wrapped, and that were not
    /// collected yet. Whoever comes in pays for them as for what is due.
    pub due: u64,
    /// Number of the announcement that lists it; 0 once it is listed. Until then what is
    /// due in it counts for entries, but is not collected.
    pub listing: u64,
    /// Slot of the mint.
    pub slot: u8,
    /// 1 while a constituent uses this book, 2 where it left the list while members were
    /// owed of it, 0 for a free place.
    pub used: u8,
    pub(crate) padding: [u8; 6],
}

impl Coin {
    fn plain(&self) -> EqualShare {
        EqualShare {
            index: self.index.unsigned(),
            carry: self.carry,
        }
    }
}

impl PooledIndex {
    /// The book of a cash constituent.
    pub fn book(&self, place: u8) -> ProgramResult<&Coin> {
        let book = self.coins.get(usize::from(place));
        book.ok_or(IndexError::InvariantBroken)
    }

    pub(super) fn book_mut(&mut self, place: u8) -> ProgramResult<&mut Coin> {
        let book = self.coins.get_mut(usize::from(place));
        book.ok_or(IndexError::InvariantBroken)
    }

    /// The equal share's indexes now, for a member who starts to earn.
    pub(crate) fn checkpoints(&self) -> [PodU128; MAX_COINS] {
        self.coins.map(|book| book.index)
    }

    /// Puts a mint on the list of coins: what is due in it counts for entries from now on.
    /// It is collected at once with a `listing` of 0, else once the announcement with that
    /// number is applied. Errors: `WrongKind`, `AlreadyCoin`, `CoinListFull`.
    pub(crate) fn list_coin(&mut self, slot: u8, listing: u64) -> ProgramResult<()> {
        let constituent = self.constituent(slot)?;
        constituent.require(SlotKind::Mint)?;
        let place = match constituent.coin_place() {
            Ok(place) => place,
            Err(_) => self.free_book(slot)?,
        };
        let book = self.book_mut(place)?;
        require(book.used != 1, IndexError::AlreadyCoin)?;
        book.used = 1;
        book.slot = slot;
        book.listing = listing;
        Ok(())
    }

    fn free_book(&mut self, slot: u8) -> ProgramResult<u8> {
        let place = self.coins.iter().position(|book| book.used == 0);
        let place = place.ok_or(IndexError::CoinListFull)?;
        let place = u8::try_from(place).map_err(|_| IndexError::CoinListFull)?;
        let number = place.checked_add(1).ok_or(IndexError::CoinListFull)?;
        self.constituent_mut(slot)?.coin = number;
        Ok(place)
    }

    /// Place of a coin in which dividends are collected now. Errors: `NotACoin`.
    pub fn collected(&self, slot: u8) -> ProgramResult<u8> {
        let place = self.constituent(slot)?.coin_place()?;
        let book = self.book(place)?;
        let collected = book.used == 1 && book.listing == 0;
        require(collected, IndexError::NotACoin)?;
        Ok(place)
    }

    /// The announced listing of a coin takes effect. Errors: `NotACoin`, `AlreadyCoin`.
    pub(crate) fn confirm_listing(&mut self, slot: u8, listing: u64) -> ProgramResult<()> {
        let place = self.constituent(slot)?.coin_place()?;
        let book = self.book_mut(place)?;
        let announced = book.used == 1 && book.listing == listing;
        require(announced, IndexError::AlreadyCoin)?;
        book.listing = 0;
        Ok(())
    }

    /// Takes the coins off the list that this announcement would have listed.
    pub(crate) fn forget_listings(&mut self, listing: u64) -> ProgramResult<()> {
        let coins = self.coins;
        let announced = |book: &&Coin| book.used == 1 && book.listing == listing;
        for book in coins.iter().filter(announced) {
            self.unlist_coin(book.slot)?;
        }
        Ok(())
    }

    /// Takes a mint off the list of coins. Its place is kept while members are owed of it.
    /// Errors: `NotACoin`.
    pub(crate) fn unlist_coin(&mut self, slot: u8) -> ProgramResult<()> {
        let place = self.constituent(slot)?.coin_place()?;
        let book = self.book_mut(place)?;
        require(book.used == 1, IndexError::NotACoin)?;
        book.used = 2;
        book.listing = 0;
        if self.close_book(place).is_ok() {
            self.constituent_mut(slot)?.coin = 0;
        }
        Ok(())
    }

    pub(crate) fn close_book(&mut self, place: u8) -> ProgramResult<()> {
        let book = self.book_mut(place)?;
        let empty = book.owed == 0 && book.pots == 0 && book.due == 0;
        require(empty, IndexError::ConstituentInUse)?;
        book.used = 0;
        book.carry = 0;
        Ok(())
    }

    /// Forgets fractions of atoms that no membership can collect any more.
    pub(crate) fn forget_fractions(&mut self, place: u8) -> ProgramResult<()> {
        if self.claimants == 0 {
            let book = self.book_mut(place)?;
            book.owed = 0;
            book.carry = 0;
        }
        Ok(())
    }

    /// Splits harvested atoms: equal parts to members, the rest to the counter. Returns
    /// the part of the members. Errors: `NotACoin`, also of a coin that is only announced or
    /// left the list, `CoinWrapped`.
    pub fn share_out(&mut self, slot: u8, amount: u64, now: i64) -> ProgramResult<u64> {
        let place = self.collected(slot)?;
        let constituent = self.constituent(slot)?;
        require(!constituent.is_wrapped(), IndexError::CoinWrapped)?;
        let members = self.members;
        let rate = bps(self.terms.equal_share_bps)?;
        let part = set_aside(amount, rate, members)?;
        if part > 0 {
            let book = self.book_mut(place)?;
            let after = book.plain().pay(part, members)?;
            book.index = after.index.into();
            book.carry = after.carry;
            book.owed = add(book.owed, part)?;
        }
        let rest = sub(amount, part, IndexError::InvariantBroken)?;
        self.constituent_mut(slot)?.receive(rest, now)?;
        Ok(part)
    }

    /// Takes what a membership is owed of one cash constituent out of the books, in
    /// whole atoms. Errors: `NothingToCollect`.
    pub(crate) fn pay_member(
        &mut self,
        membership: &mut Membership,
        slot: u8,
    ) -> ProgramResult<u64> {
        let place = self.constituent(slot)?.coin_place()?;
        membership.settle(self)?;
        let amount = membership.take_owed(place)?;
        let book = self.book_mut(place)?;
        book.owed = sub(book.owed, amount, IndexError::InvariantBroken)?;
        Ok(amount)
    }
}

const _: () = assert!(core::mem::size_of::<Coin>() == 64);
