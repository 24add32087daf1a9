//! What shares weigh in polls, and their answers.

use {
    super::{Answer, POLLS, Poll, PollMark, PollSlot, is_set},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
    upside_math::{self as math, Ballots, Bps, Shares, Standing, Verdict, passes_against_holders},
};

impl From<Answer> for math::Answer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::For => math::Answer::For,
            Answer::Against => math::Answer::Against,
            Answer::Withdraw => math::Answer::Withdraw,
        }
    }
}

impl PollSlot {
    fn ballots(&self) -> Ballots {
        Ballots {
            seq: self.seq,
            put_at: self.put_at,
            in_favor: Shares(self.in_favor),
            against: Shares(self.against),
        }
    }

    fn set(&mut self, ballots: Ballots) {
        self.in_favor = ballots.in_favor.0;
        self.against = ballots.against.0;
    }

    /// How a poll against holders stands, where `eligible` is what is eligible now and
    /// `threshold` what the terms ask now.
    pub(super) fn verdict(&self, eligible: u64, threshold_bps: u16) -> ProgramResult<Verdict> {
        Ok(passes_against_holders(
            Shares(self.in_favor),
            Shares(self.against),
            [Shares(self.eligible), Shares(eligible)],
            Bps::new(self.threshold_bps.max(threshold_bps))?,
        ))
    }
}

impl PollMark {
    fn plain(&self) -> math::Mark {
        math::Mark {
            seq: self.seq,
            weight: Shares(self.weight),
            in_favor: Shares(self.in_favor),
            against: Shares(self.against),
        }
    }

    fn set(&mut self, plain: math::Mark) {
        *self = PollMark {
            seq: plain.seq,
            weight: plain.weight.0,
            in_favor: plain.in_favor.0,
            against: plain.against.0,
        };
    }
}

impl Holder {
    /// How its shares stand for polls to come.
    pub fn standing(&self) -> Standing {
        Standing {
            born: self.born,
            moved_at: self.moved_at,
            low: Shares(self.low),
        }
    }

    /// Notes a change of shares at unix second `now`.
    fn note(&mut self, now: i64, before: u64) {
        let mut standing = self.standing();
        standing.note(now, Shares(before), Shares(self.shares));
        self.moved_at = standing.moved_at;
        self.low = standing.low.0;
    }

    /// What the shares weigh in the poll of a slot at `place`.
    pub fn weight(&self, slot: &PollSlot, place: usize) -> u64 {
        let mut mark = self
            .marks
            .get(place)
            .map_or_else(math::Mark::default, PollMark::plain);
        mark.touch(&slot.ballots(), &self.standing(), Shares(self.shares));
        mark.weight.0
    }

    /// Marks what the shares weigh in open polls, where it is not marked. `shares` are
    /// those before any change of now.
    fn touch(&mut self, slots: &[PollSlot; POLLS], open: u8, shares: u64) {
        let (standing, shares) = (self.standing(), Shares(shares));
        for (place, (mark, slot)) in self.marks.iter_mut().zip(slots).enumerate() {
            if is_set(open, place) && mark.seq != slot.seq {
                let mut plain = mark.plain();
                plain.touch(&slot.ballots(), &standing, shares);
                mark.set(plain);
            }
        }
    }
}

impl PersonalToken {
    /// Keeps what a holder's shares weigh in open polls after they changed from `before`:
    /// never more than what is left. Where nothing changed, nothing is noted.
    pub(in crate::state) fn after_change(
        &mut self,
        holder: &mut Holder,
        before: u64,
    ) -> ProgramResult<()> {
        if holder.shares == before {
            return Ok(());
        }
        if self.open_polls != 0 {
            holder.touch(&self.polls, self.open_polls, before);
            if holder.shares < before {
                self.cut(holder, holder.shares)?;
            }
        }
        holder.note(self.changed_at, before);
        if holder.wallet == self.owner {
            self.owner_shares = holder.shares;
        }
        Ok(())
    }

    /// Cuts a holder's weights in all open polls down to `shares`.
    #[inline(never)]
    fn cut(&mut self, holder: &mut Holder, shares: u64) -> ProgramResult<()> {
        let (eligible, threshold) = (self.eligible()?, self.terms.poll_threshold_bps);
        let places = self.polls.iter_mut().zip(&mut holder.marks).enumerate();
        for (place, (slot, mark)) in places {
            if !is_set(self.open_polls, place) {
                continue;
            }
            let (mut ballots, mut plain) = (slot.ballots(), mark.plain());
            let lost = plain.cut(&mut ballots, Shares(shares))?;
            mark.set(plain);
            slot.set(ballots);
            // Below the threshold the notice begins anew.
            if lost && slot.verdict(eligible, threshold)? != Verdict::Passed {
                slot.passed_at = 0;
            }
        }
        Ok(())
    }

    /// A wallet that owns the token from now on weighs nothing in what is open: its shares,
    /// none without a holder account, are the owner's.
    pub(crate) fn silence(&mut self, holder: Option<&mut Holder>) -> ProgramResult<()> {
        self.owner_shares = match holder {
            None => 0,
            Some(holder) => {
                holder.touch(&self.polls, self.open_polls, holder.shares);
                self.cut(holder, 0)?;
                holder.shares
            }
        };
        Ok(())
    }
}

impl Poll {
    /// A holder answers with the weight of their shares. Errors: `PollNotOpen`,
    /// `PollLapsed`, `OwnerCannotVote`, `SharesTooNew`, `NotAnswered`.
    pub fn answer(
        &self,
        token: &mut PersonalToken,
        holder: &mut Holder,
        answer: Answer,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_open(token, now)?;
        let owns = holder.wallet == token.owner || holder.wallet == self.owner;
        require(!owns, TokenError::OwnerCannotVote)?;
        holder.touch(&token.polls, token.open_polls, holder.shares);
        let slot = token.slot_mut(self.place)?;
        let mark = holder.marks.get_mut(usize::from(self.place));
        let mark = mark.ok_or(TokenError::InvariantBroken)?;
        if answer == Answer::Withdraw {
            let answered = mark.in_favor > 0 || mark.against > 0;
            require(answered, TokenError::NotAnswered)?;
        } else {
            require(mark.weight > 0, TokenError::SharesTooNew)?;
        }
        let (mut ballots, mut plain) = (slot.ballots(), mark.plain());
        plain.answer(&mut ballots, answer.into())?;
        mark.set(plain);
        slot.set(ballots);
        let passed = self.require_passed(token).is_ok();
        let slot = token.slot_mut(self.place)?;
        if !passed {
            slot.passed_at = 0;
        } else if slot.passed_at == 0 && slot.against_holders == 1 {
            slot.passed_at = now;
        }
        token.invariant()
    }
}
