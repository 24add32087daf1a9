//! What is announced, waits out a notice and can be cancelled by holders. The index
//! keeps a place for each open announcement, so that a lock can be counted, and taken
//! back, without any further account.

use {
    super::{PooledIndex, add},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_support::Byte,
};

/// Most announcements that are open at a time.
pub const MAX_ANNOUNCEMENTS: usize = 6;
/// Vetoed contents that an index remembers.
pub const MAX_VETOED: usize = 8;
/// Seconds after its notice within which an announcement is applied, or lapses.
pub const EXPIRY: i64 = 14 * 86_400;
/// Seconds for which the same content again needs more votes against it.
pub const VETO_MEMORY: i64 = 180 * 86_400;

upside_support::byte_enum! {
    /// What was announced.
    AnnouncementKind, IndexError::InvariantBroken,
    /// Nothing: a free place.
    Free = 0,
    /// A list of actions.
    Actions = 1,
    /// A rebalance.
    Rebalance = 2,
    /// An offer of a membership.
    Offer = 3,
}

/// The place of an open announcement.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AnnouncementPlace {
    /// Its number in this index, from 1.
    pub nonce: u64,
    /// Index share atoms of locks against it.
    pub against: u64,
    /// Index share atoms of locks for it.
    pub support: u64,
    /// When its notice is over, unix seconds.
    pub effective_at: i64,
    /// Hash of what is announced, without noted supplies and counts.
    pub content: [u8; 32],
    /// Its notice in seconds.
    pub notice: u32,
    /// What is announced there; free if nothing is.
    pub kind: Byte<AnnouncementKind>,
    /// How often this content was vetoed within [`VETO_MEMORY`]: 0 needs a fifth of
    /// the supply to cancel it, 1 a third, more a half.
    pub vetoes: u8,
    pub(crate) padding: [u8; 2],
}

impl AnnouncementPlace {
    /// Whether something is announced here.
    pub fn is_open(&self) -> bool {
        self.kind != AnnouncementKind::Free
    }

    /// Last second in which it can be applied, unix time.
    pub fn expires_at(&self) -> i64 {
        self.effective_at.saturating_add(EXPIRY)
    }
}

/// A content that holders cancelled.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Vetoed {
    /// Hash of the content; zero for a free place.
    pub content: [u8; 32],
    /// When it was cancelled last, unix seconds.
    pub at: i64,
    /// How often it was, within [`VETO_MEMORY`] of each other.
    pub times: u64,
}

impl PooledIndex {
    /// Opens an announcement that takes effect after `notice` seconds; returns its
    /// number and when. Errors: `AnnouncementListFull`, `Overflow`.
    pub(crate) fn announce(
        &mut self,
        kind: AnnouncementKind,
        content: [u8; 32],
        notice: u32,
        now: i64,
    ) -> ProgramResult<(u64, i64)> {
        let effective_at = now
            .checked_add(i64::from(notice))
            .ok_or(IndexError::Overflow)?;
        let vetoes = self.vetoes(&content, now);
        let nonce = add(self.announcements_made, 1)?;
        let mut places = self.announcements.iter_mut();
        let free = places.find(|place| place.kind == AnnouncementKind::Free);
        *free.ok_or(IndexError::AnnouncementListFull)? = AnnouncementPlace {
            nonce,
            effective_at,
            content,
            notice,
            kind: kind.into(),
            vetoes,
            ..AnnouncementPlace::default()
        };
        self.announcements_made = nonce;
        Ok((nonce, effective_at))
    }

    fn vetoes(&self, content: &[u8; 32], now: i64) -> u8 {
        let mut known = self.vetoed.iter();
        let times = known
            .find(|known| known.content == *content && now.saturating_sub(known.at) < VETO_MEMORY)
            .map_or(0, |known| known.times.min(2));
        u8::try_from(times).unwrap_or(2)
    }

    /// An open announcement. Errors: `NotAnnounced`: it was cancelled, vetoed, applied
    /// or never made.
    pub fn announcement(&self, nonce: u64) -> ProgramResult<&AnnouncementPlace> {
        let free = AnnouncementKind::Free;
        let mut places = self.announcements.iter();
        let place = places.find(|place| place.kind != free && place.nonce == nonce);
        place.ok_or(IndexError::NotAnnounced)
    }

    /// An open announcement whose notice is over, and that locks do not cancel. MUST
    /// follow `accrue`. Errors: `NotAnnounced`, `NoticePending`, `Vetoed`.
    pub fn require_effective(&self, nonce: u64, now: i64) -> ProgramResult<&AnnouncementPlace> {
        let place = self.announcement(nonce)?;
        require(now >= place.effective_at, IndexError::NoticePending)?;
        require(!self.is_vetoed(place)?, IndexError::Vetoed)?;
        Ok(place)
    }

    /// Ends an announcement: it was applied, cancelled or has lapsed; its place is free
    /// again, and coins that it would have listed leave the list. Errors: `NotAnnounced`.
    pub(crate) fn end_announcement(&mut self, nonce: u64) -> ProgramResult<AnnouncementPlace> {
        let ended = *self.announcement(nonce)?;
        for place in &mut self.announcements {
            if place.nonce == nonce {
                *place = AnnouncementPlace::default();
            }
        }
        self.forget_listings(nonce)?;
        Ok(ended)
    }

    /// Ends all announcements: whoever made them no longer runs the index.
    pub(crate) fn end_announcements(&mut self) -> ProgramResult<()> {
        for nonce in self.announcements.map(|place| place.nonce) {
            if nonce != 0 {
                self.end_announcement(nonce)?;
            }
        }
        Ok(())
    }

    /// Whether somebody may still apply it: at most [`EXPIRY`] after its notice.
    /// Errors: `AnnouncementExpired`.
    pub fn require_unexpired(&self, place: &AnnouncementPlace, now: i64) -> ProgramResult<()> {
        require(now <= place.expires_at(), IndexError::AnnouncementExpired)
    }
}

const _: () = assert!(core::mem::size_of::<AnnouncementPlace>() == 72);
const _: () = assert!(core::mem::size_of::<Vetoed>() == 48);
