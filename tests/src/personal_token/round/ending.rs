//! How rounds end: contributions leave, are refunded or claimed, proceeds are settled.

use {
    crate::model::{
        Checks, Model, Predicted,
        creation::{Part, Placed, place, without_quote},
        holder::earned,
        number::floor64,
        require,
        round::{Contribution, Round, RoundStatus, WHOLE},
    },
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// A backer takes the contribution back until the round is over.
    ///
    /// # Errors
    /// `Missing`, `NotHolder`, `WrongTokenAccount`, `RoundNotOpen`,
    /// `RoundDoesNotEscrow`, `RoundCooling`.
    pub fn leave_round(&mut self, (token, number): (&Pubkey, u64), backer: &Pubkey) -> Predicted {
        let (round, mine) = self.returned(token, number, backer)?;
        let open = round.status == RoundStatus::Open && self.now < round.ends_at();
        Checks::new()
            .require(open, TokenError::RoundNotOpen)
            .require(round.escrows(), TokenError::RoundDoesNotEscrow)
            .require(!round.cools(self.now), TokenError::RoundCooling)
            .end()?;
        let round = self.round_mut(token, number);
        round.sold_out_at = 0;
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
        self.round_mut(token, number).refunded += mine.paid;
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
        it.report();
        it.quote().escrow -= paid;
        let quote = it.quote().mint;
        self.pay(token, backer, &quote, paid)
    }

    /// The owner moves the end of a round, once.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `WoundUp`, `Paused`, `RoundNotOpen`, `RoundExtended`,
    /// `RoundCooling`, `InvalidRoundTime`.
    pub fn extend_round(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        closes_at: i64,
    ) -> Predicted {
        let (now, round) = (self.now, self.round(token, number)?);
        let it = self.token_mut(token)?;
        let open = round.status == RoundStatus::Open && now < round.ends_at();
        let more = closes_at.saturating_sub(round.terms.closes_at);
        Checks::new()
            .all(it.signed_by(signer, now))
            .all(it.require_running())
            .require(open, TokenError::RoundNotOpen)
            .require(!round.extended, TokenError::RoundExtended)
            .require(!round.cools(now), TokenError::RoundCooling)
            .require(
                (1..=90 * 86_400).contains(&more),
                TokenError::InvalidRoundTime,
            )
            .end()?;
        it.report();
        let round = self.round_mut(token, number);
        round.terms.closes_at = closes_at;
        round.extended = true;
        Ok(())
    }

    /// The owner ends a round that waits for its minimum; everybody is refunded.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `RoundAlreadyClosed`, `RoundDoesNotEscrow`.
    pub fn cancel_round(&mut self, (token, number): (&Pubkey, u64), signer: &Pubkey) -> Predicted {
        let (now, round) = (self.now, self.round(token, number)?);
        let it = self.token_mut(token)?;
        Checks::new()
            .all(it.signed_by(signer, now))
            .require(
                round.status == RoundStatus::Open,
                TokenError::RoundAlreadyClosed,
            )
            .require(round.escrows(), TokenError::RoundDoesNotEscrow)
            .end()?;
        it.report();
        self.unlock_parts((token, number), 1, 1)?;
        self.round_mut(token, number).status = RoundStatus::Failed;
        Ok(())
    }

    /// Anybody closes a round that is over; in a wind-down at any time.
    ///
    /// # Errors
    /// `RoundNotOver`, `RoundAlreadyClosed`; `IssueFirst`, `EndowmentShort` and `Overflow`
    /// until a week after its end.
    pub fn close_round(&mut self, (token, number): (&Pubkey, u64), closer: &Pubkey) -> Predicted {
        let round = self.round(token, number)?;
        let it = self.token(token)?;
        let (owner, wound_up) = (it.owner, it.wound_up);
        let over =
            self.now >= round.ends_at() || wound_up || (*closer == owner && !round.escrows());
        Checks::new()
            .require(over, TokenError::RoundNotOver)
            .require(
                round.status == RoundStatus::Open,
                TokenError::RoundAlreadyClosed,
            )
            .end()?;
        self.observe_supply(token)?;
        self.release(token)?;
        self.unlock_parts((token, number), 1, 1)?;
        if !round.escrows() {
            self.round_mut(token, number).status = RoundStatus::Settled;
            self.note_first(token, number, &round)?;
            self.note_price(token, &round)?;
        } else if wound_up || round.raised < round.terms.min_raise {
            self.round_mut(token, number).status = RoundStatus::Failed;
        } else {
            match self.covered(token, &round) {
                Ok((parts, placed)) => self.succeed((token, number), &parts, &placed)?,
                Err(short) if self.now < round.ends_at() + 7 * 86_400 => return Err(short),
                Err(_) => self.round_mut(token, number).status = RoundStatus::Failed,
            }
        }
        self.token_mut(token)?.report();
        Ok(())
    }

    /// What a round's shares bring, if raise and endowment cover it.
    fn covered(&self, token: &Pubkey, round: &Round) -> Predicted<(Vec<Part>, Placed)> {
        self.require_backed(token)?;
        let parts = self.parts(token, round.sold())?;
        let terms = &round.terms;
        let placed = place(
            round.raised,
            parts[0],
            terms.reserve_bps,
            terms.most_part_bps,
        )?;
        let quote = &self.token(token)?.assets[0];
        let helped = placed.helped <= quote.endowment - quote.locked;
        require(helped, TokenError::EndowmentShort)?;
        let parts = without_quote(parts);
        self.require_endowed(token, &parts)?;
        Ok((parts, placed))
    }

    /// What a round sold comes into existence, and waits for its backers; what it raised
    /// is divided, and the owner's part waits for the settlement.
    fn succeed(
        &mut self,
        (token, number): (&Pubkey, u64),
        parts: &[Part],
        placed: &Placed,
    ) -> Predicted {
        let mut round = self.round(token, number)?;
        let sold = round.sold();
        self.create_shares(token, sold, parts)?;
        self.book_placed(token, placed)?;
        self.report_brought(token, parts)?;
        let it = self.token_mut(token)?;
        it.quote().escrow -= round.raised - placed.to_owner;
        for (here, stream) in round.checkpoints.iter_mut().zip(&it.streams) {
            *here = stream.index;
        }
        round.royalty = it.royalty_mark();
        round.status = RoundStatus::Succeeded;
        round.uncollected = sold;
        round.to_owner = placed.to_owner;
        self.rounds.insert((*token, number), round);
        self.note_first(token, number, &round)?;
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
    pub fn collect_contribution(
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
        self.round_mut(token, number).uncollected -= mine.shares();
        self.contributions.remove(&(*token, number, *backer));
        let it = self.token_mut(token)?;
        it.report();
        let streams = it.streams.clone();
        let rate = it.lowest_of(&round.royalty);
        let holder = self.holder_mut(token, backer)?;
        holder.meet(rate, mine.shares());
        holder.take(mine.shares(), mine.paid)?;
        let since = round.checkpoints.iter().zip(streams);
        for (earning, (since, stream)) in holder.earnings.iter_mut().zip(since) {
            earning.owed += earned(mine.shares(), *since, stream.index)?;
        }
        Ok(())
    }

    /// Anybody pays the owner's part of a successful round's proceeds.
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
        let it = self.token_mut(token)?;
        it.report();
        it.quote().escrow -= round.to_owner;
        self.pay(token, &owner, &quote, round.to_owner)
    }
}
