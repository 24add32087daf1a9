//! How locks are counted: against announcements, and for them.
//!
//! Parts are those of the shares that count now, or of those that did before this second,
//! whichever are more. So shares that appear or vanish for the length of a transaction
//! make nobody's part larger.

use {
    super::{AnnouncementPlace, Lock, PooledIndex, Vetoed, VoteMark, VoteSide, add, sub},
    crate::error::{IndexError, ProgramResult, require},
};

/// One part in how many cancels an announcement: the first time, when the same content
/// was vetoed once lately, and when it was more often.
pub const VETO_PARTS: [u64; 3] = [5, 3, 2];

/// What a vote did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Index share atoms of the lock that count now.
    pub weight: u64,
    /// All that count against it.
    pub against: u64,
    /// All that count for it.
    pub support: u64,
}

impl AnnouncementPlace {
    pub(crate) fn tally_mut(&mut self, side: VoteSide) -> &mut u64 {
        match side {
            VoteSide::Against => &mut self.against,
            VoteSide::For => &mut self.support,
        }
    }

    /// Seconds that a lock must be old to count.
    pub fn required_age(&self, side: VoteSide) -> u32 {
        match side {
            VoteSide::Against => self.notice.div_ceil(3),
            VoteSide::For => self.notice,
        }
    }
}

impl PooledIndex {
    /// Notes the shares of before this second, when they are seen first in it.
    pub(crate) fn settle_supply(&mut self, now: i64) -> ProgramResult<()> {
        if now > self.settled_at {
            self.settled = self.effective_supply()?;
            self.settled_at = now;
        }
        Ok(())
    }

    /// The shares that parts of holders are parts of. MUST follow `accrue`.
    pub fn counted_supply(&self) -> ProgramResult<u64> {
        Ok(self.effective_supply()?.max(self.settled))
    }

    /// Whether shares are more than half of all. MUST follow `accrue`.
    pub fn is_majority(&self, shares: u64) -> ProgramResult<bool> {
        Ok(shares > self.counted_supply()? / 2)
    }

    /// Whether locks that count hold a majority's yes to an announcement. MUST follow
    /// `accrue`. Errors: `NotAnnounced`.
    pub fn is_supported(&self, nonce: u64) -> ProgramResult<bool> {
        self.is_majority(self.announcement(nonce)?.support)
    }

    /// Index share atoms against it that cancel an announcement. MUST follow `accrue`.
    pub fn veto_needs(&self, place: &AnnouncementPlace) -> ProgramResult<u64> {
        let mut parts = VETO_PARTS.iter().skip(place.vetoes.into());
        let parts = parts.next().unwrap_or(&2);
        Ok(self.counted_supply()?.div_ceil(*parts).max(1))
    }

    /// Whether locks against it cancel an announcement. MUST follow `accrue`.
    pub fn is_vetoed(&self, place: &AnnouncementPlace) -> ProgramResult<bool> {
        Ok(place.against >= self.veto_needs(place)?)
    }

    /// Counts a lock on one side of an announcement with all of its shares, and nowhere on
    /// the other. Errors: `NotAnnounced`, `LockTooYoung`, `VoteUnchanged`.
    pub(crate) fn vote(
        &mut self,
        lock: &mut Lock,
        nonce: u64,
        side: VoteSide,
        now: i64,
    ) -> ProgramResult<Vote> {
        let required = self.announcement(nonce)?.required_age(side);
        lock.require_age(required, now)?;
        let mut places = self.announcements.iter_mut().zip(&mut lock.marks);
        let (place, mark) = places
            .find(|(place, _)| place.nonce == nonce)
            .ok_or(IndexError::NotAnnounced)?;
        if mark.nonce == nonce {
            let unchanged = mark.side == side && mark.weight == lock.shares;
            require(!unchanged, IndexError::VoteUnchanged)?;
            let tally = place.tally_mut(mark.side.get()?);
            *tally = sub(*tally, mark.weight, IndexError::InvariantBroken)?;
        }
        *mark = VoteMark {
            nonce,
            weight: lock.shares,
            side: side.into(),
            ..VoteMark::default()
        };
        let tally = place.tally_mut(side);
        *tally = add(*tally, lock.shares)?;
        Ok(Vote {
            weight: lock.shares,
            against: place.against,
            support: place.support,
        })
    }

    /// Cancels an announcement for good if locks against it hold enough, and remembers its
    /// content. MUST follow `accrue`. Returns whether it did. Errors: `NotAnnounced`.
    pub(crate) fn count_veto(&mut self, nonce: u64, now: i64) -> ProgramResult<bool> {
        let place = *self.announcement(nonce)?;
        let vetoed = self.is_vetoed(&place)?;
        if vetoed {
            self.end_announcement(nonce)?;
            self.remember(&place, now)?;
        }
        Ok(vetoed)
    }

    /// Remembers a vetoed content, in its own place or the oldest.
    fn remember(&mut self, place: &AnnouncementPlace, now: i64) -> ProgramResult<()> {
        let times = add(place.vetoes.into(), 1)?;
        let known = |known: &&mut Vetoed| known.content == place.content;
        let own = self.vetoed.iter_mut().find(known);
        let oldest = match own {
            Some(own) => own,
            None => {
                let all = self.vetoed.iter_mut();
                all.reduce(|a, b| if b.at < a.at { b } else { a })
                    .ok_or(IndexError::InvariantBroken)?
            }
        };
        *oldest = Vetoed {
            content: place.content,
            at: now,
            times,
        };
        Ok(())
    }
}
