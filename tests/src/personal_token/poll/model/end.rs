//! Polls that end without effect.

use {
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// Who put a poll takes it back; of the owner's place the owner.
    ///
    /// # Errors
    /// `Missing`, `PollNotOpen`, `NotPutter`, `PollAnswered`.
    pub fn cancel_poll(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let poll = self.poll(token, number)?;
        let owner = self.token(token)?.owner;
        if owner == *by {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        let open = self.is_open(token, number);
        require(open, TokenError::PollNotOpen)?;
        let putter = if poll.place == 1 { owner } else { poll.put_by };
        require(putter == *by, TokenError::NotPutter)?;
        let silent = self.counted(token, number) == (0, 0);
        require(silent || poll.against_holders, TokenError::PollAnswered)?;
        self.drop_poll(token, number)
    }

    /// Anybody closes a poll that is over, or whose putter holds too little.
    ///
    /// # Errors
    /// `Missing`, `PollNotLapsed`.
    pub fn close_poll(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let poll = self.poll(token, number)?;
        if self.token(token)?.owner == *by {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        if self.is_open(token, number) {
            let held = self.holder(token, &poll.put_by).map_or(0, |own| own.shares);
            let (held, all) = (u128::from(held), u128::from(poll.eligible));
            let undercut = poll.place >= 2 && (all == 0 || held * 100 < all);
            let over = now > poll.lapses_at || undercut;
            require(over, TokenError::PollNotLapsed)?;
        }
        self.drop_poll(token, number)
    }

    fn drop_poll(&mut self, token: &Pubkey, number: u64) -> Predicted {
        self.polls.remove(&(*token, number));
        let it = self.token_mut(token)?;
        for open in &mut it.open_polls {
            if *open == Some(number) {
                *open = None;
            }
        }
        it.report();
        Ok(())
    }

    /// An escrow round ends what is open against holders.
    pub(crate) fn void_polls(&mut self, token: &Pubkey) -> Predicted {
        let polls = &self.polls;
        let it = self.tokens.get_mut(token).ok_or(Reason::Missing)?;
        let mut voided = false;
        for open in &mut it.open_polls {
            if open.is_some_and(|number| polls[&(*token, number)].against_holders) {
                *open = None;
                voided = true;
            }
        }
        if voided {
            it.report();
        }
        Ok(())
    }
}
