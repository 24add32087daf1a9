use {
    super::{add, byte_enum, sub},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
    upside_program::{
        keys::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        mint_policy::{SEIZABLE, TOKEN_2022},
    },
};

byte_enum! {
    /// What stands in a slot.
    Kind, InvariantBroken,
    /// Nothing.
    Free = 0,
    /// Registered shares of a person's token.
    Personal = 1,
    /// Atoms of a mint.
    Cash = 2,
}

/// One slot of an index. Counters decide, never balances: `counter + pending`, and
/// for cash what members are owed, is what the custody must hold.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Constituent {
    /// The personal token, or the mint of cash.
    pub key: Pubkey,
    /// The index's holder account of that token, or its token account of that mint.
    pub custody: Pubkey,
    /// Atoms that back the index's shares.
    pub counter: u64,
    /// Atoms in baskets.
    pub pending: u64,
    /// Atoms that the index should hold per whole index share.
    pub weight: u64,
    /// The weight that was proposed.
    pub pending_weight: u64,
    /// When all dividends were last claimed, unix seconds.
    pub harvested_at: i64,
    /// A [`Kind`].
    pub kind: u8,
    /// Decimals of the mint of cash.
    pub decimals: u8,
    /// [`TOKEN_2022`] and [`SEIZABLE`], of cash.
    pub flags: u8,
    /// Place of the equal share's book, of cash.
    pub cash: u8,
    pub(crate) padding: [u8; 4],
}

impl Constituent {
    /// What stands here.
    pub fn kind(&self) -> Outcome<Kind> {
        self.kind.try_into()
    }

    /// Whether contributions and redemptions concern this slot.
    pub fn is_held(&self) -> bool {
        self.counter > 0
    }

    /// Refuses a slot of another kind. Errors: `NotAConstituent`, `WrongKind`.
    pub fn require(&self, kind: Kind) -> Outcome<()> {
        let own = self.kind()?;
        require(own != Kind::Free, IndexError::NotAConstituent)?;
        require(own == kind, IndexError::WrongKind)
    }

    /// Whether its dividends were claimed within `max_age` seconds; cash has none.
    pub fn is_fresh(&self, now: i64, max_age: u32) -> bool {
        self.kind == Kind::Cash as u8 || now.saturating_sub(self.harvested_at) <= i64::from(max_age)
    }

    /// Atoms that the custody must hold, beside what members are owed.
    pub fn booked(&self) -> Outcome<u64> {
        add(self.counter, self.pending)
    }

    /// The token program that owns the mint of cash.
    pub fn token_program(&self) -> Pubkey {
        if self.flags & TOKEN_2022 != 0 {
            TOKEN_2022_PROGRAM
        } else {
            TOKEN_PROGRAM
        }
    }

    /// Whether an issuer can take atoms out of the custody.
    pub fn is_seizable(&self) -> bool {
        self.flags & SEIZABLE != 0
    }

    /// Whether nothing would be lost with this slot.
    pub(crate) fn is_empty(&self) -> bool {
        self.counter == 0 && self.pending == 0 && self.weight == 0 && self.pending_weight == 0
    }

    /// Atoms come to back shares. What an empty slot receives counts as harvested.
    pub(crate) fn receive(&mut self, amount: u64, now: i64) -> Outcome<()> {
        if self.counter == 0 && amount > 0 {
            self.harvested_at = self.harvested_at.max(now);
        }
        self.counter = add(self.counter, amount)?;
        Ok(())
    }

    /// Atoms that backed shares leave.
    pub(crate) fn release(&mut self, amount: u64) -> Outcome<()> {
        self.counter = sub(self.counter, amount, IndexError::InvariantBroken)?;
        Ok(())
    }

    pub(crate) fn hold(&mut self, amount: u64) -> Outcome<()> {
        self.pending = add(self.pending, amount)?;
        Ok(())
    }

    pub(crate) fn let_go(&mut self, amount: u64) -> Outcome<()> {
        self.pending = sub(self.pending, amount, IndexError::InvariantBroken)?;
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<Constituent>() == 112);
