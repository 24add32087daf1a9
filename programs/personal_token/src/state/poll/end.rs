//! Polls that end without effect.

use {
    super::{OWNER_PLACE, POLLS, Poll, PollEnd, PollSlot, WALLET_PLACES},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{PersonalToken, TokenStatus},
    },
    anchor_lang::prelude::*,
    upside_math::{Shares, may_put},
};

impl PersonalToken {
    /// Ends what is open against holders: an escrow round opens, and who pays into it must
    /// not find other terms at its close. Returns the numbers plus one of what it ended, by
    /// place; 0 for nothing.
    pub(crate) fn void_polls(&mut self) -> [u64; POLLS] {
        let mut voided = [0; POLLS];
        for (place, (number, slot)) in (0u8..).zip(voided.iter_mut().zip(self.polls)) {
            if slot.against_holders == 1 {
                *number = slot.seq;
                self.free_place(place);
            }
        }
        voided
    }

    /// Winds the token up: nothing that is open can pass any more.
    pub(crate) fn begin_wind_down(&mut self, now: i64) {
        self.status = TokenStatus::WindDown.into();
        self.wound_up_at = now;
        self.open_polls = 0;
        self.polls = [PollSlot::default(); POLLS];
    }
}

impl Poll {
    /// Who put it takes it back; of the owner's place the owner of now. What is not against
    /// holders only while nobody has answered: others may count on it. Errors:
    /// `PollNotOpen`, `NotPutter`, `PollAnswered`.
    pub(crate) fn cancel(
        &self,
        token: &mut PersonalToken,
        signer: &Pubkey,
    ) -> ProgramResult<PollEnd> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        let by = if self.place == OWNER_PLACE {
            &token.owner
        } else {
            &self.put_by
        };
        require(signer == by, TokenError::NotPutter)?;
        let silent = slot.in_favor == 0 && slot.against == 0;
        require(
            silent || slot.against_holders == 1,
            TokenError::PollAnswered,
        )?;
        token.free_place(self.place);
        Ok(PollEnd::Cancelled)
    }

    /// Anybody ends what is over: applied, void, lapsed, or put by a wallet that no longer
    /// holds 1 % of what was eligible then; `held` are its shares. Errors: `PollNotLapsed`.
    pub(crate) fn close(
        &self,
        token: &mut PersonalToken,
        held: Option<u64>,
        now: i64,
    ) -> ProgramResult<PollEnd> {
        let Some(slot) = self.slot(token) else {
            return Ok(PollEnd::Over);
        };
        let lapsed = now > self.lapses_at;
        let eligible = Shares(slot.eligible);
        let undercut = held.is_some_and(|held| !may_put(Shares(held), eligible));
        let undercut = undercut && WALLET_PLACES.contains(&self.place);
        require(lapsed || undercut, TokenError::PollNotLapsed)?;
        token.free_place(self.place);
        Ok(if lapsed {
            PollEnd::Lapsed
        } else {
            PollEnd::Undercut
        })
    }
}
