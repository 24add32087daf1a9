//! What holders lock, and what it counts; who would be curator.

use {
    crate::model::index::{notices::NOTICES, *},
    upside_sdk::index::{RecipientArgs, VoteSide},
};

/// What a lock counts in an announcement.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The announcement's number.
    pub nonce: u64,
    /// Index share atoms.
    pub weight: u64,
    /// For or against.
    pub side: VoteSide,
}

/// A wallet's locked index shares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// Index share atoms.
    pub shares: u64,
    /// Since when all of them are locked.
    pub since: i64,
    /// The candidate whom it backs, and the candidacy's number.
    pub backs: Option<(Pubkey, u64)>,
    /// With how many index share atoms.
    pub backing: u64,
    /// What it counts, by the place of the announcement; also of those that are over.
    pub marks: [Option<Mark>; NOTICES],
}

impl Lock {
    /// Errors: `LockTooYoung`.
    fn require_age(&self, seconds: u32, now: i64) -> Check {
        let old = now - self.since >= i64::from(seconds);
        require(old, IndexError::LockTooYoung)
    }
}

impl PooledIndex {
    /// Locks more; all of it is young again. Errors: `NotActive`, `ZeroAmount`.
    pub fn lock(&mut self, wallet: &Pubkey, shares: u64, now: i64) -> Check {
        self.require_active()?;
        require(shares > 0, IndexError::ZeroAmount)?;
        sum(self.locked(), shares)?;
        let lock = self.locks.entry(*wallet).or_default();
        lock.shares = sum(lock.shares, shares)?;
        lock.since = now;
        Ok(())
    }

    /// Takes some back: it counts with no more than what is left. Errors: `ZeroAmount`,
    /// `LockedLess`.
    pub fn unlock(&mut self, wallet: &Pubkey, shares: u64) -> Check<u64> {
        require(shares > 0, IndexError::ZeroAmount)?;
        let lock = self.locks.get_mut(wallet).expect("it is there");
        let left = lock.shares.checked_sub(shares);
        let left = left.ok_or(IndexError::LockedLess)?;
        lock.shares = left;
        lock.backing = lock.backing.min(left);
        for mark in lock.marks.iter_mut().flatten() {
            mark.weight = mark.weight.min(left);
        }
        if left == 0 {
            self.locks.remove(wallet);
        }
        Ok(left)
    }

    /// Index share atoms in all locks.
    pub fn locked(&self) -> u64 {
        self.locks.values().map(|lock| lock.shares).sum()
    }

    /// A lock counts on a side: against with a third of the notice of age, for with all of
    /// it. Errors: `NotAnnounced`, `LockTooYoung`, `VoteUnchanged`.
    pub fn vote(&mut self, wallet: &Pubkey, nonce: u64, side: VoteSide, now: i64) -> Check<u64> {
        let notice = self.notice(nonce)?.notice;
        let age = match side {
            VoteSide::Against => notice.div_ceil(3),
            VoteSide::For => notice,
        };
        let is_it =
            |open: &Option<notices::Notice>| open.as_ref().is_some_and(|it| it.nonce == nonce);
        let place = self.notices.iter().position(is_it).expect("it is open");
        let lock = self.locks.get_mut(wallet).expect("it is there");
        lock.require_age(age, now)?;
        let weight = lock.shares;
        let mark = Some(Mark {
            nonce,
            weight,
            side,
        });
        require(lock.marks[place] != mark, IndexError::VoteUnchanged)?;
        lock.marks[place] = mark;
        Ok(weight)
    }

    /// Index share atoms of locks that back a candidacy with this number.
    pub fn backers(&self, number: u64) -> u64 {
        let locks = self.locks.values();
        let backing = locks.filter(|lock| lock.backs.is_some_and(|(_, of)| of == number));
        backing.map(|lock| lock.backing).sum()
    }

    /// A lock that is a whole notice old backs a candidate. Errors: `NotActive`,
    /// `LockTooYoung`, `VoteUnchanged`.
    pub fn back(&mut self, wallet: &Pubkey, candidate: &Pubkey, now: i64) -> Check<u64> {
        self.require_active()?;
        let number = self.candidates[candidate];
        let age = self.terms.notice_seconds;
        let lock = self.locks.get_mut(wallet).expect("it is there");
        lock.require_age(age, now)?;
        let (backs, shares) = (Some((*candidate, number)), lock.shares);
        let unchanged = lock.backs == backs && lock.backing == shares;
        require(!unchanged, IndexError::VoteUnchanged)?;
        (lock.backs, lock.backing) = (backs, shares);
        Ok(shares)
    }

    /// A lock backs nobody. Errors: `VoteUnchanged`.
    pub fn back_nobody(&mut self, wallet: &Pubkey) -> Check {
        let lock = self.locks.get_mut(wallet).expect("it is there");
        require(lock.backs.is_some(), IndexError::VoteUnchanged)?;
        (lock.backs, lock.backing) = (None, 0);
        Ok(())
    }

    /// The candidate of a majority is curator: nothing is announced any more, nobody has
    /// a role, and the fees are theirs. Errors: `NotActive`, `NoMajority`.
    pub fn take_over(&mut self, candidate: &Pubkey) -> Check<u64> {
        self.require_active()?;
        let support = self.backers(self.candidates[candidate]);
        require(self.is_majority(support)?, IndexError::NoMajority)?;
        self.end_notices();
        self.curator = Some(*candidate);
        (self.pending_curator, self.launcher) = (None, None);
        (self.admissions, self.guardian) = (None, None);
        self.recipients = vec![RecipientArgs {
            key: *candidate,
            portion_bps: 10_000,
        }];
        self.candidates.remove(candidate);
        Ok(support)
    }
}
