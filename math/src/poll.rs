//! Polls: what an account's shares weigh in them, and what passes.
//!
//! In a poll a share weighs by the least that its account held since before the poll was
//! put. An account remembers one [`Mark`] for each poll that is open, made when its shares
//! first change after the put or when it first answers, and how its shares stood within
//! the last second in which they changed ([`Standing`]). So every step is of constant
//! cost, whatever the number of accounts.

use crate::{Bps, MathError, Shares};

/// What a poll has counted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ballots {
    /// Number of the poll among all of its token, from 1.
    pub seq: u64,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Shares that approve.
    pub in_favor: Shares,
    /// Shares that object.
    pub against: Shares,
}

/// What an account's shares weigh in one poll, and what they answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The poll's number; another one's mark counts nothing.
    pub seq: u64,
    /// What they weigh: the least that the account held since before the put.
    pub weight: Shares,
    /// The part of the weight that approves.
    pub in_favor: Shares,
    /// The part that objects.
    pub against: Shares,
}

/// What an account remembers of its shares for polls to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Number of the last poll that was put before the account was opened.
    pub born: u64,
    /// The last second in which the shares changed, unix time.
    pub moved_at: i64,
    /// The least that the account held since that second began.
    pub low: Shares,
}

/// What an account answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its shares approve.
    For,
    /// They object.
    Against,
    /// They say nothing any more.
    Withdraw,
}

/// How a poll against holders stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Enough shares approve, and few enough object.
    Passed,
    /// Too few shares approve.
    NotEnough,
    /// Enough shares approve, but a tenth objects.
    Objected,
}

impl Standing {
    /// Notes that shares changed from `before` to `after` at unix second `now`.
    pub fn note(&mut self, now: i64, before: Shares, after: Shares) {
        if self.moved_at != now {
            self.moved_at = now;
            self.low = before;
        }
        self.low = self.low.min(after);
    }

    /// The least that the account held since unix second `since` began, where `shares` is
    /// what it holds and nothing changed in a later second.
    pub fn least_since(&self, since: i64, shares: Shares) -> Shares {
        if self.moved_at == since {
            self.low.min(shares)
        } else {
            shares
        }
    }
}

impl Mark {
    /// Takes the poll's place, unless the mark is of this poll already: what the account
    /// weighs is what it holds before the first change after the put, and within the second
    /// of the put the least of it. An account that was opened later weighs nothing. MUST
    /// run before any change of `shares` and before an answer.
    pub fn touch(&mut self, ballots: &Ballots, standing: &Standing, shares: Shares) {
        if self.seq == ballots.seq {
            return;
        }
        let weight = if standing.born < ballots.seq {
            standing.least_since(ballots.put_at, shares)
        } else {
            Shares::ZERO
        };
        *self = Mark {
            seq: ballots.seq,
            weight,
            ..Mark::default()
        };
    }

    /// Cuts the weight down to the `shares` that are left after a change: first what did not
    /// answer, then what approves, then what objects. Returns whether the tally lost
    /// approving shares. Errors: `Underflow` if the tally is less than the mark's part.
    pub fn cut(&mut self, ballots: &mut Ballots, shares: Shares) -> Result<bool, MathError> {
        if self.seq != ballots.seq || shares >= self.weight {
            return Ok(false);
        }
        self.weight = shares;
        let against = self.against.min(shares);
        let in_favor = self.in_favor.min(shares.checked_sub(against)?);
        let lost = in_favor < self.in_favor;
        self.replace(ballots, in_favor, against)?;
        Ok(lost)
    }

    /// Answers with the whole weight, in place of what was answered before. MUST run after
    /// [`Self::touch`]. Errors: `Overflow`, `Underflow` as [`Self::cut`].
    pub fn answer(&mut self, ballots: &mut Ballots, answer: Answer) -> Result<(), MathError> {
        let (in_favor, against) = match answer {
            Answer::For => (self.weight, Shares::ZERO),
            Answer::Against => (Shares::ZERO, self.weight),
            Answer::Withdraw => (Shares::ZERO, Shares::ZERO),
        };
        self.replace(ballots, in_favor, against)
    }

    fn replace(
        &mut self,
        ballots: &mut Ballots,
        in_favor: Shares,
        against: Shares,
    ) -> Result<(), MathError> {
        let others = ballots.in_favor.checked_sub(self.in_favor)?;
        ballots.in_favor = others.checked_add(in_favor)?;
        let others = ballots.against.checked_sub(self.against)?;
        ballots.against = others.checked_add(against)?;
        self.in_favor = in_favor;
        self.against = against;
        Ok(())
    }
}

/// How a poll against holders stands: it passes if `in_favor` is at least `threshold` of
/// the larger of what was eligible when it was put and what is now, and `against` is less
/// than a tenth of it. Exactly; where nobody is eligible nothing passes.
pub fn passes_against_holders(
    in_favor: Shares,
    against: Shares,
    eligible: [Shares; 2],
    threshold: Bps,
) -> Verdict {
    let [then, now] = eligible;
    let eligible = then.max(now);
    if !reaches(in_favor, eligible, threshold.get()) {
        Verdict::NotEnough
    } else if u128::from(against.0).saturating_mul(10) < u128::from(eligible.0) {
        Verdict::Passed
    } else {
        Verdict::Objected
    }
}

/// Whether a poll for holders passes: `in_favor` is at least two thirds of what was eligible
/// when it was put, and `part` of the supply then. Exactly.
pub fn passes_for_holders(
    in_favor: Shares,
    eligible_then: Shares,
    supply_then: Shares,
    part: Bps,
) -> bool {
    // 64 and 2 bits each: neither product leaves 128 bits.
    let given = u128::from(in_favor.0).saturating_mul(3);
    let needed = u128::from(eligible_then.0).saturating_mul(2);
    given >= needed && !eligible_then.is_zero() && reaches(in_favor, supply_then, part.get())
}

/// Whether `part` is at least `bps` of `whole`, exactly; never of nothing.
fn reaches(part: Shares, whole: Shares, bps: u16) -> bool {
    let one = u128::from(Bps::ONE.get());
    // 64 and 14 bits each: neither product leaves 128 bits.
    let given = u128::from(part.0).saturating_mul(one);
    let needed = u128::from(bps).saturating_mul(u128::from(whole.0));
    !whole.is_zero() && given >= needed
}

/// Whether a wallet that held at least `shares` may put a poll: 1 % of `eligible`.
pub fn may_put(shares: Shares, eligible: Shares) -> bool {
    reaches(shares, eligible, 100)
}
