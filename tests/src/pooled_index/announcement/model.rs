//! What is announced: it waits, holders may be against it, and it is over.

use {crate::model::index::*, upside_sdk::index::VoteSide};

/// Announcements that are open at a time.
pub const NOTICES: usize = 6;
/// Vetoed contents that are remembered.
pub const REMEMBERED_VETOES: usize = 8;
/// Seconds for which they are.
const VETO_MEMORY: i64 = 180 * DAY;
/// Seconds after the notice in which something may be applied.
pub const EXPIRY: i64 = 14 * DAY;
/// Kind of announced actions.
pub const ACTIONS: u8 = 1;
/// Kind of an announced rebalance.
pub const REBALANCE: u8 = 2;

/// An open announcement.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number, from 1.
    pub nonce: u64,
    /// What it is of.
    pub kind: u8,
    /// Seconds that it waits.
    pub notice: u32,
    /// When its notice is over.
    pub effective_at: i64,
    /// Hash of what is announced.
    pub content: [u8; 32],
    /// How often the same was vetoed lately, at most twice.
    pub vetoes: u8,
}

/// A content that holders cancelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vetoed {
    /// Its hash.
    pub content: [u8; 32],
    /// When it was cancelled last.
    pub at: i64,
    /// How often.
    pub times: u64,
}

impl PooledIndex {
    /// Announces something; returns its number and when it takes effect. Errors:
    /// `AnnouncementListFull`.
    pub(crate) fn announce(
        &mut self,
        kind: u8,
        content: [u8; 32],
        notice: u32,
        now: i64,
    ) -> Check<(u64, i64)> {
        let free = self.notices.iter().position(Option::is_none);
        let free = free.ok_or(IndexError::AnnouncementListFull)?;
        let same = self.vetoed.iter().find(|known| known.content == content);
        let lately = same.filter(|known| now - known.at < VETO_MEMORY);
        let effective_at = now + i64::from(notice);
        self.notices_made += 1;
        let nonce = self.notices_made;
        self.notices[free] = Some(Notice {
            nonce,
            kind,
            notice,
            effective_at,
            content,
            vetoes: lately.map_or(0, |known| known.times.min(2) as u8),
        });
        Ok((nonce, effective_at))
    }

    /// An open announcement. Errors: `NotAnnounced`.
    pub fn notice(&self, nonce: u64) -> Check<&Notice> {
        let mut open = self.notices.iter().flatten();
        let found = open.find(|notice| notice.nonce == nonce);
        found.ok_or(IndexError::NotAnnounced)
    }

    /// An open announcement that waited out its notice, and that nobody cancels. Errors:
    /// `NotAnnounced`, `NoticePending`, `Vetoed`.
    pub fn require_effective(&self, nonce: u64, now: i64) -> Check<&Notice> {
        let notice = self.notice(nonce)?;
        require(now >= notice.effective_at, IndexError::NoticePending)?;
        require(!self.is_vetoed(nonce)?, IndexError::Vetoed)?;
        Ok(notice)
    }

    /// Its place is free again; coins that it would have listed are none.
    pub(crate) fn end_notice(&mut self, nonce: u64) {
        for place in &mut self.notices {
            if place.as_ref().is_some_and(|notice| notice.nonce == nonce) {
                *place = None;
            }
        }
        for place in 0..CASH {
            let book = &self.books[place];
            if book.used == 1 && book.listing == nonce {
                self.unlist_book(place);
            }
        }
    }

    /// All of them fall.
    pub(crate) fn end_notices(&mut self) {
        for place in 0..NOTICES {
            if let Some(nonce) = self.notices[place].as_ref().map(|notice| notice.nonce) {
                self.end_notice(nonce);
            }
        }
    }

    /// Index share atoms of locks that count on a side.
    pub fn counted(&self, nonce: u64, side: VoteSide) -> u64 {
        let marks = self
            .locks
            .values()
            .flat_map(|lock| lock.marks.iter().flatten());
        let of_it = marks.filter(|mark| mark.nonce == nonce && mark.side == side);
        of_it.map(|mark| mark.weight).sum()
    }

    /// The shares that parts are parts of: those of now, or of the end of an earlier
    /// second.
    pub fn counted_supply(&self) -> Check<u64> {
        Ok(self.effective()?.max(self.settled))
    }

    /// Whether a majority is for it. Errors: `NotAnnounced`.
    pub fn is_supported(&self, nonce: u64) -> Check<bool> {
        self.notice(nonce)?;
        self.is_majority(self.counted(nonce, VoteSide::For))
    }

    /// Whether shares are more than half of all.
    pub fn is_majority(&self, shares: u64) -> Check<bool> {
        Ok(shares > self.counted_supply()? / 2)
    }

    /// What a veto needs: a fifth of all shares; of what was vetoed once lately a third,
    /// of what was more often a half. Errors: `NotAnnounced`.
    pub fn veto_needs(&self, nonce: u64) -> Check<u64> {
        let part = [5, 3, 2][usize::from(self.notice(nonce)?.vetoes)];
        Ok(self.counted_supply()?.div_ceil(part).max(1))
    }

    /// Whether locks against it are enough to cancel it. Errors: `NotAnnounced`.
    pub fn is_vetoed(&self, nonce: u64) -> Check<bool> {
        Ok(self.counted(nonce, VoteSide::Against) >= self.veto_needs(nonce)?)
    }

    /// Cancels it if they are, and remembers its content. Returns what was against it and
    /// what was needed, if so.
    pub(crate) fn count_veto(&mut self, nonce: u64, now: i64) -> Check<Option<(u64, u64)>> {
        if !self.is_vetoed(nonce)? {
            return Ok(None);
        }
        let (needed, notice) = (self.veto_needs(nonce)?, self.notice(nonce)?.clone());
        let against = self.counted(nonce, VoteSide::Against);
        self.end_notice(nonce);
        let same = |known: &Vetoed| known.content == notice.content;
        let own = self.vetoed.iter().position(same);
        let oldest = (0..REMEMBERED_VETOES).min_by_key(|place| self.vetoed[*place].at);
        let place = own.or(oldest).expect("there are places");
        self.vetoed[place] = Vetoed {
            content: notice.content,
            at: now,
            times: u64::from(notice.vetoes) + 1,
        };
        Ok(Some((against, needed)))
    }

    /// The same, and tells it. Returns whether it did.
    pub(crate) fn cancel_if_vetoed(&mut self, nonce: u64, now: i64) -> Check<bool> {
        let kind = u64::from(self.notice(nonce)?.kind);
        let Some((against, needed)) = self.count_veto(nonce, now)? else {
            return Ok(false);
        };
        report!(
            self,
            AnnouncementVetoed {
                nonce,
                against,
                needed,
                kind,
            }
        );
        Ok(true)
    }
}
