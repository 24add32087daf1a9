//! How rounds end: contributions leave, are refunded or claimed, proceeds are settled.

use {
    super::{
        Checks, Model, Predicted,
        holder::earned,
        number::{BPS, ceil64, floor64},
        require,
        round::{Contribution, Round, RoundStatus, WHOLE},
    },
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// A backer takes the contribution back while the round is open.
    ///
    /// # Errors
    /// `Missing`, `NotHolder`, `WrongTokenAccount`, `RoundNotOpen`,
    /// `RoundDoesNotEscrow`.
    pub fn leave_round(&mut self, (token, number): (&Pubkey, u64), backer: &Pubkey) -> Predicted {
        let (round, mine) = self.returned(token, number, backer)?;
        let open = round.status == RoundStatus::Open && self.now < round.terms.closes_at;
        Checks::new()
            .require(open, TokenError::RoundNotOpen)
            .require(round.escrows(), TokenError::RoundDoesNotEscrow)
            .end()?;
        let round = self.round_mut(token, number);
        for (sold, mine) in round.sold.iter_mut().zip(mine.by_stage) {
            *sold -= mine;
        }
        round.raised -= mine.paid;
        self.give_back(token, number, backer, mine.paid)
    }

    /// Anybody pays a contribution to a failed round back.
    ///
    /// # Errors
    /// `Missing`, `WrongTokenAccount`, `RoundNotFailed`.
    pub fn refund_contribution(
        &mut self,
        (token, number): (&Pubkey, u64),
        backer: &Pubkey,
    ) -> Predicted {
        let (round, mine) = self.returned(token, number, backer)?;
        require(
            round.status == RoundStatus::Failed,
            TokenError::RoundNotFailed,
        )?;
        self.give_back(token, number, backer, mine.paid)
    }

    fn returned(
        &self,
        token: &Pubkey,
        number: u64,
        backer: &Pubkey,
    ) -> Predicted<(Round, Contribution)> {
        let quote = self.token(token)?.assets[0].mint;
        let found = (
            self.round(token, number)?,
            self.contribution(token, number, backer)?,
        );
        self.require_account(backer, &quote)?;
        Ok(found)
    }

    fn give_back(&mut self, token: &Pubkey, number: u64, backer: &Pubkey, paid: u64) -> Predicted {
        self.contributions.remove(&(*token, number, *backer));
        let it = self.token_mut(token)?;
        it.tell();
        it.quote().escrow -= paid;
        let quote = it.quote().mint;
        self.pay(token, backer, &quote, paid)
    }

    /// Anybody closes a round that is over.
    ///
    /// # Errors
    /// `RoundNotOver`, `RoundAlreadyClosed`.
    pub fn close_round(&mut self, (token, number): (&Pubkey, u64), closer: &Pubkey) -> Predicted {
        let round = self.round(token, number)?;
        let owner = self.token(token)?.owner;
        let over = self.now >= round.terms.closes_at
            || round.sold() == round.offered()
            || (*closer == owner && !round.escrows());
        Checks::new()
            .require(over, TokenError::RoundNotOver)
            .require(
                round.status == RoundStatus::Open,
                TokenError::RoundAlreadyClosed,
            )
            .end()?;
        self.release(token)?;
        if !round.escrows() {
            self.round_mut(token, number).status = RoundStatus::Settled;
            self.note_first(token, number, &round)?;
            self.note_price(token, &round)?;
        } else if round.raised < round.terms.min_raise {
            self.round_mut(token, number).status = RoundStatus::Failed;
        } else {
            self.succeed(token, number)?;
        }
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// What a round sold comes into existence, and waits for its backers.
    fn succeed(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let it = self.token(token)?;
        let mut checkpoints = [0; 4];
        for (here, stream) in checkpoints.iter_mut().zip(&it.streams) {
            *here = stream.index;
        }
        let mint = it.mint;
        let round = self.round_mut(token, number);
        round.status = RoundStatus::Succeeded;
        round.checkpoints = checkpoints;
        let sold = round.sold();
        round.unclaimed = sold;
        let round = round.clone();
        self.note_first(token, number, &round)?;
        self.token_mut(token)?.supply += sold;
        self.mint_to(token, &mint, sold);
        self.note_price(token, &round)
    }

    /// Everybody saw what the owner said before the first round that sold.
    fn note_first(&mut self, token: &Pubkey, number: u64, round: &Round) -> Predicted {
        if round.alone && round.sold() > 0 {
            self.token_mut(token)?.first_round = number + 1;
        }
        Ok(())
    }

    /// What a settled round's shares cost on average, if it sold a hundredth of all.
    fn note_price(&mut self, token: &Pubkey, round: &Round) -> Predicted {
        let (it, sold) = (self.token_mut(token)?, round.sold());
        if sold > 0
            && u128::from(sold) * 100 >= u128::from(it.supply)
            && let Some(price) = floor64(round.raised, WHOLE, sold)
        {
            it.last_price = price;
        }
        Ok(())
    }

    /// Anybody registers the shares of a contribution to a round that succeeded, with
    /// what they earned since.
    ///
    /// # Errors
    /// `Missing`, `RoundNotSucceeded`.
    pub fn claim_contribution(
        &mut self,
        (token, number): (&Pubkey, u64),
        backer: &Pubkey,
    ) -> Predicted {
        let (round, mine) = (
            self.round(token, number)?,
            self.contribution(token, number, backer)?,
        );
        self.holder(token, backer)?;
        let done = matches!(round.status, RoundStatus::Succeeded | RoundStatus::Settled);
        require(done && round.escrows(), TokenError::RoundNotSucceeded)?;
        self.touch(token, backer)?;
        self.round_mut(token, number).unclaimed -= mine.shares();
        self.contributions.remove(&(*token, number, *backer));
        let it = self.token_mut(token)?;
        it.tell();
        let streams = it.streams.clone();
        let holder = self.holder_mut(token, backer)?;
        holder.take(mine.shares(), mine.paid)?;
        let since = round.checkpoints.iter().zip(streams);
        for (earning, (since, stream)) in holder.earnings.iter_mut().zip(since) {
            earning.owed += earned(mine.shares(), *since, stream.index)?;
        }
        Ok(())
    }

    /// Anybody sends a successful round's proceeds to reserve and owner.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `RoundAlreadySettled`, `RoundNotSucceeded`.
    pub fn settle_round(&mut self, (token, number): (&Pubkey, u64)) -> Predicted {
        let round = self.round(token, number)?;
        let it = self.token(token)?;
        let (quote, owner) = (it.assets[0].mint, it.owner);
        self.require_account(&owner, &quote)?;
        match round.status {
            RoundStatus::Succeeded => {}
            RoundStatus::Settled => return Err(TokenError::RoundAlreadySettled.into()),
            _ => return Err(TokenError::RoundNotSucceeded.into()),
        }
        self.round_mut(token, number).status = RoundStatus::Settled;
        let part = u64::from(round.terms.reserve_bps);
        let to_reserve = ceil64(round.raised, part, BPS).expect("a part");
        let it = self.token_mut(token)?;
        it.tell();
        it.quote().escrow -= round.raised;
        it.quote().reserve += to_reserve;
        self.pay(token, &owner, &quote, round.raised - to_reserve)
    }
}
