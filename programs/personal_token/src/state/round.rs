use {
    super::{
        Brought, Contribution, MAX_ASSETS, MAX_STREAMS, Parts, PersonalToken, PodU128, RoyaltyMark,
        TokenStatus, VERSION, add, sub,
    },
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{
        Atoms, Bps, MAX_STAGES, Placement, Purchase, Rounding, Shares, Stage, WHOLE_SHARE, buy,
        full_proceeds, last_price, mul_div, room,
    },
    upside_support::Byte,
};

/// Longest life of a round, from its opening or from now, in seconds: a year.
pub const MAX_ROUND: i64 = 365 * 86_400;
/// Farthest opening from now, in seconds: a year.
pub const MAX_OPENING: i64 = 365 * 86_400;
/// Longest extension of a round, in seconds.
pub const MAX_EXTENSION: i64 = 90 * 86_400;
/// Seconds before the end of a round that escrows in which nobody leaves and nothing is
/// extended; and how long it must be sold out without a break to be over before.
pub const COOLING: i64 = 86_400;
/// Seconds after the end of a round in which it waits to be covered before anybody may
/// fail it.
pub const COVER_TIME: i64 = 7 * 86_400;

upside_support::byte_enum! {
    /// Where a round stands.
    RoundStatus, TokenError::InvalidRound,
    /// Contributions are taken between opening and closing time.
    Open = 0,
    /// Over with its minimum raise reached, or without one.
    Succeeded = 1,
    /// Over below its minimum raise, not covered, cancelled by the owner, or caught by a
    /// wind-down: everybody is refunded.
    Failed = 2,
    /// Succeeded, and the owner's part of the proceeds is paid.
    Settled = 3,
}

/// A price stage as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTerms {
    /// Share atoms for sale at this price.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
}

/// A round's terms as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoundTerms {
    /// The stages in use come first, each dearer than the one before; the others are zero.
    pub stages: [StageTerms; MAX_STAGES],
    /// Quote atoms; 0 for a round that sells at once.
    pub min_raise: u64,
    /// Quote atoms that one backer may put in; `u64::MAX` for no cap.
    pub backer_cap: u64,
    /// Smallest contribution in quote atoms; it must buy a share atom at every stage.
    pub min_contribution: u64,
    /// First second of the round, unix time: at most a year ahead.
    pub opens_at: i64,
    /// First second after the round, unix time: at most a year after its opening.
    pub closes_at: i64,
    /// Part of the proceeds that goes to the reserve.
    pub reserve_bps: u16,
    /// Most of a payment that may go into what new shares must bring: 1 to 10,000.
    pub most_part_bps: u16,
    /// Whether each contribution needs the owner's or registrar's signature.
    pub by_approval: bool,
}

/// An offering of new shares.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Where the round stands.
    pub status: Byte<RoundStatus>,
    /// 1 where contributions need approval.
    pub by_approval: u8,
    /// How many of the stages are in use.
    pub stage_count: u8,
    /// 1 once its end was moved.
    pub extended: u8,
    /// Part of the proceeds that goes to the reserve.
    pub reserve_bps: u16,
    /// The round's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Share atoms for sale, by stage.
    pub stage_shares: [u64; MAX_STAGES],
    /// Quote atoms per whole share, by stage.
    pub stage_prices: [u64; MAX_STAGES],
    /// Share atoms sold, by stage.
    pub sold: [u64; MAX_STAGES],
    /// Quote atoms that contributions in force have paid.
    pub raised: u64,
    /// Quote atoms below which the round fails; 0 for a round that sells at once.
    pub min_raise: u64,
    /// Quote atoms that one backer may put in; `u64::MAX` for no cap.
    pub backer_cap: u64,
    /// Smallest contribution in quote atoms.
    pub min_contribution: u64,
    /// First second of the round, unix time.
    pub opens_at: i64,
    /// First second after the round, unix time.
    pub closes_at: i64,
    /// Contributions ever made.
    pub contributions: u64,
    /// Share atoms sold, minted at the close and not yet collected.
    pub uncollected: u64,
    /// The streams' indexes at the close: uncollected shares earn from there.
    pub checkpoints: [PodU128; MAX_STREAMS],
    /// Atoms of each asset that the round locks in the endowment.
    pub locked: [u64; MAX_ASSETS],
    /// When it was sold out, unix seconds; 0 while it is not.
    pub sold_out_at: i64,
    /// Quote atoms of the raise that are the owner's, booked at the close.
    pub to_owner: u64,
    /// Most of a payment that may go into what new shares must bring.
    pub most_part_bps: u16,
    /// 1 if nobody but the owner held shares, or was buying any, when it opened.
    pub alone: u8,
    pub(crate) padding: [u8; 5],
    /// Quote atoms that were refunded after it failed.
    pub refunded: u64,
    /// The royalty at the close.
    pub royalty: RoyaltyMark,
    pub(crate) reserved: [u64; 2],
}

/// What the close of a round did to the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CloseEffects {
    /// Share atoms to mint: those of a round that escrowed and succeeded.
    pub minted: u64,
    /// Where its raise goes, and what the quote endowment adds.
    pub placement: Placement,
    /// What the endowment brings of the other assets.
    pub parts: Parts,
}

/// What a contribution that sells at once did to the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SellEffects {
    /// Where the payment goes.
    pub placement: Placement,
    /// What the endowment brings of the other assets.
    pub parts: Parts,
}

impl RoundTerms {
    /// Checks every term that the round will depend on. Errors: `InvalidRound`,
    /// `InvalidRoundTime`, `FallingStages`.
    pub fn validate(&self, now: i64) -> ProgramResult<usize> {
        let count = self
            .stages
            .iter()
            .position(|stage| stage.shares == 0)
            .unwrap_or(MAX_STAGES);
        let (used, rest) = self
            .stages
            .split_at_checked(count)
            .ok_or(TokenError::InvalidRound)?;
        let stages_fit = rest.iter().all(|stage| *stage == StageTerms::default());
        require(stages_fit, TokenError::InvalidRound)?;
        let from = self.opens_at.max(now);
        let soon = from <= now.saturating_add(MAX_OPENING);
        let ends = self.closes_at > from && self.closes_at <= from.saturating_add(MAX_ROUND);
        require(soon && ends, TokenError::InvalidRoundTime)?;
        let rising = used
            .windows(2)
            .all(|pair| matches!(pair, [before, after] if before.price < after.price));
        require(rising, TokenError::FallingStages)?;

        let mut stages = [Stage {
            shares: 0,
            price: 0,
        }; MAX_STAGES];
        let mut dearest = 0;
        for (stage, terms) in stages.iter_mut().zip(used) {
            *stage = Stage {
                shares: terms.shares,
                price: terms.price,
            };
            dearest = dearest.max(terms.price);
        }
        let stages = stages.get(..count).ok_or(TokenError::InvalidRound)?;
        let most = full_proceeds(stages).map_err(|_| TokenError::InvalidRound)?;
        let least = mul_div(self.min_contribution, WHOLE_SHARE, dearest, Rounding::Down)
            .map_err(|_| TokenError::InvalidRound)?;
        let money_fits = self.min_raise <= most.0
            && least > 0
            && self.min_contribution <= most.0
            && self.backer_cap >= self.min_contribution
            && self.reserve_bps <= Bps::ONE.get()
            && (1..=Bps::ONE.get()).contains(&self.most_part_bps);
        require(money_fits, TokenError::InvalidRound)?;
        Ok(count)
    }
}

impl Round {
    /// Fills a new account from terms that `validate` accepted.
    pub fn open(
        &mut self,
        terms: &RoundTerms,
        now: i64,
        number: u64,
        token: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) -> ProgramResult<()> {
        let count = terms.validate(now)?;
        self.version = VERSION;
        self.bump = bump;
        self.by_approval = u8::from(terms.by_approval);
        self.stage_count = u8::try_from(count).map_err(|_| TokenError::InvalidRound)?;
        self.reserve_bps = terms.reserve_bps;
        self.most_part_bps = terms.most_part_bps;
        self.number = number;
        self.token = *token;
        self.rent_payer = *rent_payer;
        self.stage_shares = terms.stages.map(|stage| stage.shares);
        self.stage_prices = terms.stages.map(|stage| stage.price);
        self.min_raise = terms.min_raise;
        self.backer_cap = terms.backer_cap;
        self.min_contribution = terms.min_contribution;
        self.opens_at = terms.opens_at;
        self.closes_at = terms.closes_at;
        Ok(())
    }

    /// Where the round stands.
    pub fn status(&self) -> ProgramResult<RoundStatus> {
        self.status.get()
    }

    /// Whether contributions wait in escrow for a minimum raise.
    pub fn escrows(&self) -> bool {
        self.min_raise > 0
    }

    /// Whether one backer's contributions are bounded.
    pub fn caps_backers(&self) -> bool {
        self.backer_cap != u64::MAX
    }

    fn stages(&self) -> [Stage; MAX_STAGES] {
        let mut stages = [Stage {
            shares: 0,
            price: 0,
        }; MAX_STAGES];
        let terms = self.stage_shares.iter().zip(&self.stage_prices);
        for (stage, (shares, price)) in stages.iter_mut().zip(terms) {
            *stage = Stage {
                shares: *shares,
                price: *price,
            };
        }
        stages
    }

    /// Shares that all stages together offer.
    pub fn offered(&self) -> ProgramResult<u64> {
        self.stage_shares
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// Shares sold so far.
    pub fn sold(&self) -> ProgramResult<u64> {
        self.sold
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// What `payment` buys now. Errors: `RoundSoldOut`, `AmountTooSmall`.
    pub fn quote(&self, payment: u64) -> ProgramResult<Purchase> {
        let stages = self.stages();
        let used = stages
            .get(..usize::from(self.stage_count))
            .ok_or(TokenError::InvariantBroken)?;
        let purchase = buy(used, &self.sold, Atoms(payment))?;
        if purchase.shares.is_zero() {
            let left = room(used, &self.sold)?;
            return Err(if left.is_zero() {
                TokenError::RoundSoldOut
            } else {
                TokenError::AmountTooSmall
            });
        }
        Ok(purchase)
    }

    /// Refuses a contribution that the round's rules do not allow now.
    pub fn require_open(&self, now: i64, payment: u64) -> ProgramResult<()> {
        let in_time = self.opens_at <= now && now < self.closes_at;
        require(
            self.status()? == RoundStatus::Open && in_time,
            TokenError::RoundNotOpen,
        )?;
        require(payment > 0, TokenError::ZeroAmount)?;
        require(
            payment >= self.min_contribution,
            TokenError::ContributionTooSmall,
        )
    }

    /// Books a purchase.
    pub(crate) fn contribute(&mut self, purchase: &Purchase, now: i64) -> ProgramResult<()> {
        for (sold, bought) in self.sold.iter_mut().zip(purchase.by_stage) {
            *sold = add(*sold, bought)?;
        }
        self.raised = add(self.raised, purchase.charge.0)?;
        self.contributions = add(self.contributions, 1)?;
        if self.sold()? == self.offered()? {
            self.sold_out_at = now;
        }
        self.invariant()
    }

    /// First second at which the round is over, unix time: its closing time, or a day
    /// after it was sold out without a break; one that sells at once, when it is sold out.
    pub fn ends_at(&self) -> i64 {
        match (self.sold_out_at, self.escrows()) {
            (0, _) => self.closes_at,
            (sold_out, true) => self.closes_at.min(sold_out.saturating_add(COOLING)),
            (sold_out, false) => self.closes_at.min(sold_out),
        }
    }

    /// First second in which nobody leaves any more and nothing is extended, unix time:
    /// a day before the closing time.
    pub fn cools_at(&self) -> i64 {
        self.closes_at.saturating_sub(COOLING)
    }

    /// Keeps room for the round's shares, and locks what they must bring of the other
    /// assets than the quote mint. Refuses a round whose lowest price could not pay for
    /// its parts now. MUST run after the token's streams were released. Errors:
    /// `RoundEscrowing`, `RoundsOpen`, `IssueFirst`, `EndowmentShort`,
    /// `PaymentBelowBacking`, and those of room.
    pub(crate) fn offer(
        &mut self,
        token: &mut PersonalToken,
        exempt: u8,
        now: i64,
    ) -> ProgramResult<()> {
        token.require_no_escrow()?;
        token.require_backed()?;
        if self.escrows() {
            require(token.open_rounds == 0, TokenError::RoundsOpen)?;
        }
        let ([first, ..], [price, ..]) = (self.stage_shares, self.stage_prices);
        let lowest = mul_div(first, price, WHOLE_SHARE, Rounding::Down)?;
        let parts = token.parts(first, exempt)?;
        let placement = token.place(lowest, &parts, self.reserve_bps, self.most_part_bps)?;
        let covers = placement.from_endowment.is_zero();
        require(covers, TokenError::PaymentBelowBacking)?;

        let offered = self.offered()?;
        token.offer(offered, now)?;
        let parts = token.parts(offered, exempt)?;
        self.locked = token.lock_parts(&parts, Brought::ByPayment)?;
        token.rounds = add(token.rounds, 1)?;
        token.open_rounds = add(token.open_rounds, 1)?;
        if self.escrows() {
            token.escrow_round = add(self.number, 1)?;
        }
        Ok(())
    }

    /// Sells shares at once: their parts come from the payment and the endowment. Returns
    /// what it did. `mint_supply` MUST be observed and streams released before.
    /// Errors: `IssueFirst`, `PaymentBelowBacking`, `EndowmentShort`.
    pub(crate) fn sell(
        &mut self,
        token: &mut PersonalToken,
        purchase: &Purchase,
        exempt: u8,
        now: i64,
    ) -> ProgramResult<SellEffects> {
        let (shares, paid) = (purchase.shares.0, purchase.charge.0);
        token.require_backed()?;
        let parts = token.parts(shares, exempt)?;
        let placement = token.place(paid, &parts, self.reserve_bps, self.most_part_bps)?;
        let covers = placement.from_endowment.is_zero();
        require(covers, TokenError::PaymentBelowBacking)?;

        let left = sub(self.offered()?, self.sold()?, TokenError::InvariantBroken)?;
        token.unlock_parts(&mut self.locked, shares, left)?;
        self.contribute(purchase, now)?;
        token.end_offer(shares)?;
        token.create_shares(shares, &parts, Brought::ByPayment, now)?;
        token.book_placement(&placement)?;
        Ok(SellEffects {
            placement,
            parts: parts.without_quote(),
        })
    }

    /// Takes a contribution back out before the end: nobody opens a round again that is over.
    /// Errors: `RoundNotOpen`, `RoundDoesNotEscrow`, `RoundCooling`.
    pub(crate) fn leave(&mut self, contribution: &Contribution, now: i64) -> ProgramResult<()> {
        let open = self.status()? == RoundStatus::Open && now < self.ends_at();
        require(open, TokenError::RoundNotOpen)?;
        require(self.escrows(), TokenError::RoundDoesNotEscrow)?;
        require(now < self.cools_at(), TokenError::RoundCooling)?;
        for (sold, bought) in self.sold.iter_mut().zip(contribution.by_stage) {
            *sold = sub(*sold, bought, TokenError::InvariantBroken)?;
        }
        self.sold_out_at = 0;
        self.raised = sub(self.raised, contribution.paid, TokenError::InvariantBroken)?;
        self.invariant()
    }

    /// Moves the end, once, by at most 90 days and not on the last day. Errors:
    /// `RoundNotOpen`, `RoundExtended`, `RoundCooling`, `InvalidRoundTime`.
    pub(crate) fn extend(&mut self, closes_at: i64, now: i64) -> ProgramResult<()> {
        let open = self.status()? == RoundStatus::Open && now < self.ends_at();
        require(open, TokenError::RoundNotOpen)?;
        require(self.extended == 0, TokenError::RoundExtended)?;
        require(now < self.cools_at(), TokenError::RoundCooling)?;
        let latest = self.closes_at.saturating_add(MAX_EXTENSION);
        let fits = self.closes_at < closes_at && closes_at <= latest;
        require(fits, TokenError::InvalidRoundTime)?;
        self.closes_at = closes_at;
        self.extended = 1;
        Ok(())
    }

    /// Ends a round that escrows without success: everybody is refunded. Errors:
    /// `RoundAlreadyClosed`, `RoundDoesNotEscrow`.
    pub(crate) fn cancel(&mut self, token: &mut PersonalToken) -> ProgramResult<()> {
        let open = self.status()? == RoundStatus::Open;
        require(open, TokenError::RoundAlreadyClosed)?;
        require(self.escrows(), TokenError::RoundDoesNotEscrow)?;
        self.end(token)?;
        self.status = RoundStatus::Failed.into();
        Ok(())
    }

    /// Whether the round may be closed: its time is over, it was sold out, or nothing new
    /// begins any more; one that sells at once, by the owner at any time.
    pub fn is_over(
        &self,
        token: &PersonalToken,
        closer_is_owner: bool,
        now: i64,
    ) -> ProgramResult<bool> {
        let wound_up = token.status()? == TokenStatus::WindDown;
        Ok(now >= self.ends_at() || wound_up || (closer_is_owner && !self.escrows()))
    }

    /// Gives back room and locked parts of what was not sold.
    fn end(&mut self, token: &mut PersonalToken) -> ProgramResult<()> {
        let left = if self.escrows() {
            token.escrow_round = 0;
            self.offered()?
        } else {
            sub(self.offered()?, self.sold()?, TokenError::InvariantBroken)?
        };
        token.end_offer(left)?;
        token.unlock_parts(&mut self.locked, 1, 1)?;
        token.open_rounds = sub(token.open_rounds, 1, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Closes the round. One that escrows and reached its minimum raise creates its
    /// shares, and its raise goes to reserve, stream and owner at once; the owner's part
    /// waits for [`Self::settle`]. MUST run after streams were released and the mint's
    /// supply was observed. Errors: `RoundAlreadyClosed`; `EndowmentShort`, `IssueFirst` or,
    /// where the part leaves 64 bits, `Overflow` if what the shares must bring is not
    /// covered, until a week after the end.
    pub(crate) fn close(
        &mut self,
        token: &mut PersonalToken,
        exempt: u8,
        now: i64,
    ) -> ProgramResult<CloseEffects> {
        let open = self.status()? == RoundStatus::Open;
        require(open, TokenError::RoundAlreadyClosed)?;
        self.end(token)?;
        if !self.escrows() {
            token.note_first_round(self, self.sold()?)?;
            self.status = RoundStatus::Settled.into();
            self.price(token)?;
            return Ok(CloseEffects::default());
        }
        let wound_up = token.status()? == TokenStatus::WindDown;
        if wound_up || self.raised < self.min_raise {
            self.status = RoundStatus::Failed.into();
            return Ok(CloseEffects::default());
        }
        // No error may hold the backers' money longer: that few shares are left of a
        // taxed supply, so that the part leaves 64 bits, is up to whoever holds them.
        match self.cover(token, exempt) {
            Ok((parts, placement)) => self.create(token, parts, placement, now),
            Err(_) if now >= self.ends_at().saturating_add(COVER_TIME) => {
                self.status = RoundStatus::Failed.into();
                Ok(CloseEffects::default())
            }
            Err(short) => Err(short),
        }
    }

    /// What the shares of a round that escrowed must bring, if it is there. Changes
    /// nothing. Errors: `IssueFirst`, `EndowmentShort`, `Overflow`.
    fn cover(&self, token: &PersonalToken, exempt: u8) -> ProgramResult<(Parts, Placement)> {
        token.require_backed()?;
        let parts = token.parts(self.sold()?, exempt)?;
        let placement = token.place(self.raised, &parts, self.reserve_bps, self.most_part_bps)?;
        let helped = placement.from_endowment.0 <= token.quote().unlocked()?;
        let covered = helped && token.short(&parts, 1)?.is_none();
        require(covered, TokenError::EndowmentShort)?;
        Ok((parts, placement))
    }

    /// Creates what a round that escrowed sold and [`Self::cover`] found covered.
    fn create(
        &mut self,
        token: &mut PersonalToken,
        parts: Parts,
        placement: Placement,
        now: i64,
    ) -> ProgramResult<CloseEffects> {
        let sold = self.sold()?;
        token.create_shares(sold, &parts, Brought::ByPayment, now)?;
        token.book_placement(&placement)?;
        // What the endowment adds was in the vault already: the owner's part stays in escrow.
        self.to_owner = placement.to_owner.0;
        let kept = sub(self.raised, self.to_owner, TokenError::InvariantBroken)?;
        token.free_escrow(kept)?;
        self.status = RoundStatus::Succeeded.into();
        token.note_first_round(self, sold)?;
        self.uncollected = sold;
        self.checkpoints = token.checkpoints();
        self.royalty = token.royalty_mark();
        self.price(token)?;
        token.invariant()?;
        Ok(CloseEffects {
            minted: sold,
            placement,
            parts: parts.without_quote(),
        })
    }

    /// Notes the price of a round that sold enough to say something: for display only.
    fn price(&self, token: &mut PersonalToken) -> ProgramResult<()> {
        let (raised, sold) = (Atoms(self.raised), Shares(self.sold()?));
        if let Some(price) = last_price(raised, sold, Shares(token.supply)) {
            token.last_price = price;
        }
        Ok(())
    }

    /// Takes a contribution's shares out of the uncollected ones.
    pub(crate) fn claim(&mut self, contribution: &Contribution) -> ProgramResult<()> {
        let succeeded = matches!(
            self.status()?,
            RoundStatus::Succeeded | RoundStatus::Settled
        );
        require(succeeded && self.escrows(), TokenError::RoundNotSucceeded)?;
        self.uncollected = sub(
            self.uncollected,
            contribution.shares()?.0,
            TokenError::InvariantBroken,
        )?;
        Ok(())
    }

    /// Marks the owner's part of the raise as paid and returns it, in quote atoms. Errors:
    /// `RoundAlreadySettled`, `RoundNotSucceeded`.
    pub(crate) fn settle(&mut self) -> ProgramResult<u64> {
        match self.status()? {
            RoundStatus::Succeeded => {}
            RoundStatus::Settled => return Err(TokenError::RoundAlreadySettled),
            RoundStatus::Open | RoundStatus::Failed => return Err(TokenError::RoundNotSucceeded),
        }
        self.status = RoundStatus::Settled.into();
        Ok(self.to_owner)
    }

    /// Books a refund of a round that failed. Errors: `RoundNotFailed`.
    pub(crate) fn refund(&mut self, contribution: &Contribution) -> ProgramResult<()> {
        let failed = self.status()? == RoundStatus::Failed;
        require(failed, TokenError::RoundNotFailed)?;
        self.refunded = add(self.refunded, contribution.paid)?;
        Ok(())
    }

    /// Refuses while somebody has something to get from the round. Contributions to one
    /// that sold at once are over with it. Errors: `NotOver`.
    pub(crate) fn require_over(&self) -> ProgramResult<()> {
        let over = match self.status()? {
            RoundStatus::Open | RoundStatus::Succeeded => false,
            RoundStatus::Failed => self.refunded == self.raised,
            RoundStatus::Settled => self.uncollected == 0,
        };
        require(over, TokenError::NotOver)
    }

    fn invariant(&self) -> ProgramResult<()> {
        let fits = self
            .sold
            .iter()
            .zip(&self.stage_shares)
            .all(|(sold, offered)| sold <= offered);
        require(fits, TokenError::InvariantBroken)
    }
}

/// Refuses a purchase of fewer shares than the backer's minimum.
pub(crate) fn require_shares(bought: Shares, least: u64) -> ProgramResult<()> {
    require(bought.0 >= least, TokenError::Slippage)
}
