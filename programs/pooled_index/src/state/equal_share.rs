use {
    super::{Index, MAX_CASH, Membership, add, sub, terms::bps},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
    personal_token::state::Wide,
    upside_math::{EqualShare, set_aside},
};

/// What members are owed of one cash constituent: [`EqualShare`] in an account's
/// layout. The index of a place is never reset, so that checkpoints stay true.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CashBook {
    /// Atoms per member since the beginning, Q64.64, wrapping.
    pub index: Wide,
    /// Set aside, but not yet in the index, in 2^-64 atoms.
    pub carry: u64,
    /// Atoms set aside and not yet paid out.
    pub owed: u64,
    /// Slot of the cash constituent.
    pub slot: u8,
    /// 1 while a constituent uses this book.
    pub used: u8,
    pub(crate) padding: [u8; 6],
}

impl CashBook {
    fn plain(&self) -> EqualShare {
        EqualShare {
            index: self.index.unsigned(),
            carry: self.carry,
        }
    }
}

impl Index {
    /// The book of a cash constituent.
    pub fn book(&self, place: u8) -> Outcome<&CashBook> {
        let book = self.cash.get(usize::from(place));
        book.ok_or(IndexError::InvariantBroken)
    }

    fn book_mut(&mut self, place: u8) -> Outcome<&mut CashBook> {
        let book = self.cash.get_mut(usize::from(place));
        book.ok_or(IndexError::InvariantBroken)
    }

    /// The equal share's indexes now, for a member who starts to earn.
    pub(crate) fn checkpoints(&self) -> [Wide; MAX_CASH] {
        self.cash.map(|book| book.index)
    }

    /// A free book for a cash constituent. Errors: `CashListFull`.
    pub(crate) fn open_book(&mut self, slot: u8) -> Outcome<u8> {
        let place = self.cash.iter().position(|book| book.used == 0);
        let place = place.ok_or(IndexError::CashListFull)?;
        let place = u8::try_from(place).map_err(|_| IndexError::CashListFull)?;
        let book = self.book_mut(place)?;
        book.used = 1;
        book.slot = slot;
        Ok(place)
    }

    pub(crate) fn close_book(&mut self, place: u8) -> Outcome<()> {
        let book = self.book_mut(place)?;
        require(book.owed == 0, IndexError::ConstituentInUse)?;
        book.used = 0;
        book.carry = 0;
        Ok(())
    }

    /// Forgets fractions of atoms that no membership can claim any more.
    pub(crate) fn forget_fractions(&mut self, place: u8) -> Outcome<()> {
        if self.claimants == 0 {
            let book = self.book_mut(place)?;
            book.owed = 0;
            book.carry = 0;
        }
        Ok(())
    }

    /// Splits harvested atoms: a part to members, the rest to the counter. Returns
    /// the part of the members.
    pub fn share_out_cash(&mut self, slot: u8, amount: u64, now: i64) -> Outcome<u64> {
        let place = self.constituent(slot)?.cash;
        let members = self.members;
        let rate = bps(self.terms.equal_share_bps)?;
        let part = if members > 0 {
            set_aside(amount, rate)?
        } else {
            0
        };
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
    pub(crate) fn pay_member(&mut self, membership: &mut Membership, slot: u8) -> Outcome<u64> {
        let place = self.constituent(slot)?.cash;
        membership.settle(self)?;
        let amount = membership.take_owed(place)?;
        let book = self.book_mut(place)?;
        book.owed = sub(book.owed, amount, IndexError::InvariantBroken)?;
        Ok(amount)
    }
}

const _: () = assert!(core::mem::size_of::<CashBook>() == 40);
