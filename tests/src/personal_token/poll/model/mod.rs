//! Polls: what may be asked, what shares weigh, and what passes.
//!
//! What shares weigh is told from a diary of every holder: each time that the shares
//! changed, and to what. The weight in a poll is the least that stands there from before
//! the second of the put on; tallies are sums over all holders.

mod answer;
mod apply;
mod change;
mod end;
mod put;

pub use change::{Numbers, about, auction, numbers};

pub(crate) use {
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError, address::find_associated, state::Change},
};

/// Seconds after a notice in which a poll lapses.
pub(crate) const LIFE: i64 = 30 * 86_400;

/// A question to the holders, or the record of one that was applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Poll {
    /// What it changes.
    pub change: Change,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// Its place among the open ones.
    pub place: usize,
    /// Who put it.
    pub put_by: Pubkey,
    /// Who owned the token then.
    pub owner: Pubkey,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
    /// Numbers that it replaces.
    pub before: Numbers,
    /// Whether it was against holders when it was put.
    pub against_holders: bool,
    /// Eligible share atoms when it was put.
    pub eligible: u64,
    /// All share atoms then.
    pub supply: u64,
    /// The threshold then.
    pub threshold: u16,
    /// The notice then.
    pub notice: u32,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// Since when it passes, unix seconds; 0 while it does not.
    pub passed_at: i64,
    /// When it was applied, unix seconds.
    pub applied_at: Option<i64>,
}

/// What a holder's shares weigh in a poll, and what they said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// The poll's number plus one.
    pub seq: u64,
    /// The least that was held since before the put.
    pub weight: u64,
    /// For or against; `None` for nothing.
    pub says: Option<bool>,
}

/// A holder's history.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diary {
    /// Polls that had been put when the account was opened.
    pub born: u64,
    /// Number plus one of the last poll that the wallet put.
    pub put: u64,
    /// When the shares changed, and to what.
    pub held: Vec<(i64, u64)>,
    /// Marks by place.
    pub marks: [Mark; 4],
}

impl Diary {
    /// The least that was held since before unix second `since`.
    pub fn least_since(&self, since: i64) -> u64 {
        let mut before = self.held.iter().filter(|(at, _)| *at < since);
        let before = before.next_back().map_or(0, |(_, held)| *held);
        let later = self.held.iter().filter(|(at, _)| *at >= since);
        later.fold(before, |least, (_, held)| least.min(*held))
    }

    /// The last second in which the shares changed; 0 for never.
    pub fn moved_at(&self) -> i64 {
        self.held.last().map_or(0, |(at, _)| *at)
    }
}

impl Model {
    pub(crate) fn poll(&self, token: &Pubkey, number: u64) -> Predicted<Poll> {
        let poll = self.polls.get(&(*token, number));
        poll.copied().ok_or(Reason::Missing.into())
    }

    /// A holder's diary.
    pub fn diary(&self, token: &Pubkey, wallet: &Pubkey) -> Diary {
        let known = self.diaries.get(&(*token, *wallet));
        known.cloned().unwrap_or_default()
    }

    /// The attester that a change is about, or the vault whose surplus it books.
    pub fn subject(&self, token: &Pubkey, change: &Change) -> Pubkey {
        let booked = change.surplus().and_then(|place| {
            let asset = self.tokens[token].assets.get(usize::from(place))?;
            let program = self.mints[&asset.mint].program;
            Some(find_associated(token, &asset.mint, &program).0)
        });
        booked.or(change.attester()).unwrap_or_default()
    }

    /// Share atoms of the owner's holder account.
    pub fn owner_shares(&self, token: &Pubkey) -> u64 {
        let owner = self.tokens[token].owner;
        self.holder(token, &owner).map_or(0, |own| own.shares)
    }

    /// Share atoms that polls count on.
    pub fn eligible(&self, token: &Pubkey) -> u64 {
        self.tokens[token].supply - self.owner_shares(token)
    }

    /// The number of the open poll at a place.
    pub fn open_at(&self, token: &Pubkey, place: usize) -> Option<u64> {
        self.tokens[token].open_polls[place]
    }

    pub(crate) fn is_open(&self, token: &Pubkey, number: u64) -> bool {
        self.tokens[token].open_polls.contains(&Some(number))
    }

    /// Share atoms for and against a poll.
    pub fn counted(&self, token: &Pubkey, number: u64) -> (u64, u64) {
        let (mut yes, mut no) = (0, 0);
        for ((of, _), diary) in &self.diaries {
            let marks = diary.marks.iter().filter(|mark| mark.seq == number + 1);
            for mark in marks.filter(|_| of == token) {
                match mark.says {
                    Some(true) => yes += mark.weight,
                    Some(false) => no += mark.weight,
                    None => {}
                }
            }
        }
        (yes, no)
    }

    /// Whether an escrow round is open.
    pub(crate) fn escrows(&self, token: &Pubkey) -> bool {
        let mut rounds = self.rounds.range((*token, 0)..=(*token, u64::MAX));
        rounds.any(|(_, round)| {
            round.escrows() && round.status == crate::model::round::RoundStatus::Open
        })
    }

    pub(crate) fn require_open(&self, token: &Pubkey, number: u64) -> Predicted<Poll> {
        let poll = self.poll(token, number)?;
        let open = self.is_open(token, number);
        require(open, TokenError::PollNotOpen)?;
        require(self.now <= poll.lapses_at, TokenError::PollLapsed)?;
        Ok(poll)
    }
}
