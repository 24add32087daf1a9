use {
    super::{add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    personal_token::state::MAX_STREAMS,
    upside_support::Byte,
    upside_support::{
        keys::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        mint_policy::{SEIZABLE, TOKEN_2022},
    },
};

upside_support::byte_enum! {
    /// What stands in a slot.
    SlotKind, IndexError::InvariantBroken,
    /// Nothing.
    Free = 0,
    /// Registered shares of a person's token.
    Personal = 1,
    /// Atoms of an ordinary mint.
    Mint = 2,
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
    /// Atoms in custody that belong to tickets of earlier wraps, see [`Wrapper`](super::Wrapper).
    pub behind: u64,
    /// First bytes of the key that tickets stand for while the slot is wrapped; else 0.
    pub stands_for: u64,
    /// When all dividends were last claimed, unix seconds.
    pub harvested_at: i64,
    /// What lies in the slot.
    pub kind: Byte<SlotKind>,
    /// Decimals of the mint of cash.
    pub decimals: u8,
    /// [`TOKEN_2022`] and [`SEIZABLE`], of cash.
    pub flags: u8,
    /// Place among the coins, from 1; 0 for a slot that is no coin.
    pub coin: u8,
    /// When the state was noted to show that the slot cannot move, unix seconds; 0 if it
    /// was not, and while it is wrapped.
    pub stuck_at: u32,
    /// How often a harvest moved something of each of the token's streams, wrapping: what
    /// a basket noted as due is in the counter of its coin from then on.
    pub harvests: [u16; MAX_STREAMS],
}

impl Constituent {
    /// What stands here.
    pub fn kind(&self) -> ProgramResult<SlotKind> {
        self.kind.get()
    }

    /// Place of its book, if dividends in this mint are collected. Errors: `NotACoin`.
    pub fn coin_place(&self) -> ProgramResult<u8> {
        self.coin.checked_sub(1).ok_or(IndexError::NotACoin)
    }

    /// Whether tickets stand in the slot for what cannot move.
    pub fn is_wrapped(&self) -> bool {
        self.stands_for != 0
    }

    /// Whether this mint or personal token has the slot: it stands in it, or tickets stand
    /// for it.
    pub fn has(&self, key: &Pubkey) -> bool {
        self.key == *key || (self.is_wrapped() && self.stands_for == first_bytes(key))
    }

    /// First bytes of the key of what stands in the slot, or of what tickets stand for.
    pub fn identity(&self) -> u64 {
        if self.is_wrapped() {
            return self.stands_for;
        }
        first_bytes(&self.key)
    }

    /// Whether contributions and redemptions concern this slot.
    pub fn is_held(&self) -> bool {
        self.counter > 0
    }

    /// Refuses a slot of another kind. Errors: `NotAConstituent`, `WrongKind`.
    pub fn require(&self, kind: SlotKind) -> ProgramResult<()> {
        let own = self.kind()?;
        require(own != SlotKind::Free, IndexError::NotAConstituent)?;
        require(own == kind, IndexError::WrongKind)
    }

    /// Atoms that the custody must hold, beside what members are owed.
    pub fn booked(&self) -> ProgramResult<u64> {
        let own = add(self.counter, self.pending)?;
        if self.is_wrapped() {
            return Ok(own);
        }
        add(own, self.behind)
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
        self.counter == 0 && self.pending == 0 && self.behind == 0 && !self.is_wrapped()
    }

    /// Atoms come to back shares. What an empty slot receives counts as harvested.
    pub(crate) fn receive(&mut self, amount: u64, now: i64) -> ProgramResult<()> {
        if self.counter == 0 && amount > 0 {
            self.harvested_at = self.harvested_at.max(now);
        }
        self.counter = add(self.counter, amount)?;
        Ok(())
    }

    /// Atoms that backed shares leave.
    pub(crate) fn release(&mut self, amount: u64) -> ProgramResult<()> {
        self.counter = sub(self.counter, amount, IndexError::InvariantBroken)?;
        Ok(())
    }

    /// A harvest moved something of this stream.
    pub(crate) fn note_harvest(&mut self, stream: u8) -> ProgramResult<()> {
        let harvests = self.harvests.get_mut(usize::from(stream));
        let harvests = harvests.ok_or(IndexError::InvariantBroken)?;
        *harvests = harvests.wrapping_add(1);
        Ok(())
    }

    /// How often a harvest moved something of this stream, wrapping.
    pub fn harvests(&self, stream: u8) -> ProgramResult<u16> {
        let harvests = self.harvests.get(usize::from(stream));
        harvests.copied().ok_or(IndexError::InvariantBroken)
    }

    pub(crate) fn hold(&mut self, amount: u64) -> ProgramResult<()> {
        self.pending = add(self.pending, amount)?;
        Ok(())
    }

    pub(crate) fn let_go(&mut self, amount: u64) -> ProgramResult<()> {
        self.pending = sub(self.pending, amount, IndexError::InvariantBroken)?;
        Ok(())
    }
}

/// First 8 bytes of a key as a number above zero: enough to tell it from others, since
/// nobody can search for a key with the same ones.
pub(crate) fn first_bytes(key: &Pubkey) -> u64 {
    let bytes = key.as_ref().first_chunk::<8>();
    bytes.map_or(1, |bytes| u64::from_le_bytes(*bytes).max(1))
}

const _: () = assert!(core::mem::size_of::<Constituent>() == 120);
