//! Polls: how they are put, answered, applied and ended, and what shares weigh in them.

mod answer;
mod apply;
mod end;
mod put;

pub(crate) use put::Question;

use {
    super::{Change, Figures, PersonalToken, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_support::Byte,
};

/// Places of a token's open polls.
pub const POLLS: usize = 4;
/// The place that only dissolutions take.
pub const DISSOLUTION_PLACE: u8 = 0;
/// The place that only the owner takes.
pub const OWNER_PLACE: u8 = 1;
/// The places of other wallets: each has one of them at most.
pub const WALLET_PLACES: core::ops::Range<u8> = 2..4;
/// Seconds, beside a notice, after which a poll lapses.
pub const POLL_LIFE: i64 = 30 * 86_400;

upside_support::byte_enum! {
    /// Where a poll's account stands. What is open by its account may have become void.
    PollStatus, TokenError::InvariantBroken,
    /// Holders answer it.
    Open = 0,
    /// It changed the token.
    Applied = 1,
}

/// What a holder answers in a poll.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The shares approve.
    For,
    /// They object.
    Against,
    /// They say nothing any more.
    Withdraw,
}

/// Why a poll ended without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollEnd {
    /// Who put it cancelled it.
    Cancelled = 0,
    /// Its time was over.
    Lapsed = 1,
    /// An escrow round opened, the token was wound up, or it was applied before.
    Over = 2,
    /// Who put it no longer holds 1 %.
    Undercut = 3,
}

/// An open poll's counters, kept in the token, so that changes of shares reach them.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PollSlot {
    /// The poll's number plus one; 0 where none was ever put here.
    pub seq: u64,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Share atoms that approve.
    pub in_favor: u64,
    /// Share atoms that object.
    pub against: u64,
    /// Share atoms that were eligible when it was put.
    pub eligible: u64,
    /// Against holders: since when it passes, unix seconds; 0 while it does not. From then
    /// on its notice runs.
    pub passed_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// The threshold when it was put, in basis points.
    pub threshold_bps: u16,
    /// 1 for a change against holders.
    pub against_holders: u8,
    pub(crate) padding: [u8; 5],
}

/// What a holder's shares weigh in the poll at a place.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PollMark {
    /// The poll's number plus one; another one's mark counts nothing.
    pub seq: u64,
    /// The least that was held since before the poll was put, in share atoms.
    pub weight: u64,
    /// The part of it that approves.
    pub in_favor: u64,
    /// The part of it that objects.
    pub against: u64,
}

/// A question to the holders.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// What it changes: the place in [`Change`].
    pub kind: u8,
    /// Where the poll stands.
    pub status: Byte<PollStatus>,
    /// Its place among the token's open polls.
    pub place: u8,
    pub(crate) padding: [u8; 3],
    /// The poll's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who put it.
    pub put_by: Pubkey,
    /// Who owned the token then: those shares weigh nothing.
    pub owner: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// The attester that it is about, or the vault whose surplus it books; else zero.
    pub subject: Pubkey,
    /// Number of the claim, or place of the asset, that it is about; else 0.
    pub claim: u64,
    /// Numbers before: when it was put; once applied those that it replaced.
    pub before: Figures,
    /// Numbers after.
    pub after: Figures,
    /// Share atoms in existence when it was put.
    pub supply: u64,
    /// Seconds of notice when it was put.
    pub notice_seconds: u32,
    pub(crate) notice_padding: [u8; 4],
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// When it was applied, unix seconds; 0 before.
    pub applied_at: i64,
    pub(crate) reserved: [u64; 6],
}

/// Whether `bits` have one at `place`.
pub(super) fn is_set(bits: u8, place: usize) -> bool {
    u32::try_from(place).is_ok_and(|place| bits.checked_shr(place).unwrap_or(0) & 1 == 1)
}

impl PersonalToken {
    /// Share atoms that polls count on: all but the owner's registered ones.
    pub fn eligible(&self) -> ProgramResult<u64> {
        sub(self.supply, self.owner_shares, TokenError::InvariantBroken)
    }

    /// Whether a poll is open at a place.
    pub fn is_poll_open(&self, place: u8) -> bool {
        is_set(self.open_polls, place.into())
    }

    /// Whether a poll against holders has passed and waits for its notice, or to be applied.
    pub fn has_passed_poll(&self) -> bool {
        let mut places = self.polls.iter().enumerate();
        places.any(|(place, slot)| {
            is_set(self.open_polls, place) && slot.against_holders == 1 && slot.passed_at != 0
        })
    }

    /// The counters of the open poll with this number, and their place.
    pub fn slot_of(&self, number: u64) -> Option<(u8, &PollSlot)> {
        let places = (0u8..).zip(&self.polls);
        let mut open = places.filter(|(place, _)| self.is_poll_open(*place));
        open.find(|(_, slot)| slot.seq.checked_sub(1) == Some(number))
    }

    fn slot(&self, place: u8) -> ProgramResult<&PollSlot> {
        let slot = self.polls.get(usize::from(place));
        slot.ok_or(TokenError::InvariantBroken)
    }

    fn slot_mut(&mut self, place: u8) -> ProgramResult<&mut PollSlot> {
        let slot = self.polls.get_mut(usize::from(place));
        slot.ok_or(TokenError::InvariantBroken)
    }

    fn free_place(&mut self, place: u8) {
        self.open_polls &= !1u8.checked_shl(place.into()).unwrap_or(0);
        if let Some(slot) = self.polls.get_mut(usize::from(place)) {
            *slot = PollSlot::default();
        }
    }
}

impl Poll {
    /// Where it stands.
    pub fn status(&self) -> ProgramResult<PollStatus> {
        self.status.get()
    }

    /// What it changes.
    pub fn change(&self) -> ProgramResult<Change> {
        Change::of(self.kind, &self.after, self.claim, self.subject)
    }

    /// Whether it is against holders, while it is open. Errors: `PollNotOpen`.
    pub fn is_against_holders(&self, token: &PersonalToken) -> ProgramResult<bool> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        Ok(slot.against_holders == 1)
    }

    /// Its counters, if it is open.
    pub fn slot<'a>(&self, token: &'a PersonalToken) -> Option<&'a PollSlot> {
        token.slot_of(self.number).map(|(_, slot)| slot)
    }

    /// Errors: `PollNotOpen`, `PollLapsed`.
    fn require_open(&self, token: &PersonalToken, now: i64) -> ProgramResult<()> {
        require(self.slot(token).is_some(), TokenError::PollNotOpen)?;
        require(now <= self.lapses_at, TokenError::PollLapsed)
    }
}

const _: () = assert!(core::mem::size_of::<PollSlot>() == 64);
const _: () = assert!(core::mem::size_of::<PollMark>() == 32);
const _: () = assert!(core::mem::size_of::<Poll>() == 16 + 192 + 8 + 64 + 8 + 8 + 24 + 48);
