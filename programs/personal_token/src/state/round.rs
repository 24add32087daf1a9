use {
    super::{Contribution, MAX_STREAMS, PersonalToken, VERSION, Wide, add, sub, terms::byte_enum},
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{
        Atoms, Bps, MAX_STAGES, Purchase, Rounding, Shares, Split, Stage, WHOLE_SHARE, buy,
        full_proceeds, last_price, mul_div, room, split,
    },
};

byte_enum! {
    /// Where a round stands.
    RoundStatus, InvalidRound,
    /// Contributions are taken between opening and closing time.
    Open = 0,
    /// Over with its minimum raise reached, or without one.
    Succeeded = 1,
    /// Over below its minimum raise: everybody is refunded.
    Failed = 2,
    /// Succeeded, and the proceeds went to reserve and owner.
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
    /// The stages in use come first; the others are zero.
    pub stages: [StageTerms; MAX_STAGES],
    /// Quote atoms; 0 for a round that sells at once.
    pub min_raise: u64,
    /// Quote atoms that one backer may put in; `u64::MAX` for no cap.
    pub backer_cap: u64,
    /// Smallest contribution in quote atoms; it must buy a share atom at every stage.
    pub min_contribution: u64,
    /// First second of the round, unix time.
    pub opens_at: i64,
    /// First second after the round, unix time.
    pub closes_at: i64,
    /// Part of the proceeds that goes to the reserve.
    pub reserve_bps: u16,
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
    /// A [`RoundStatus`].
    pub status: u8,
    /// 1 where contributions need approval.
    pub by_approval: u8,
    /// How many of the stages are in use.
    pub stage_count: u8,
    pub(crate) padding: u8,
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
    /// Share atoms sold, minted at the close and not yet claimed.
    pub unclaimed: u64,
    /// The streams' indexes at the close: unclaimed shares earn from there.
    pub checkpoints: [Wide; MAX_STREAMS],
    pub(crate) reserved: [u64; 3],
}

impl RoundTerms {
    /// Checks every term that the round will depend on. Errors: `InvalidRound`.
    pub fn validate(&self, now: i64) -> Outcome<usize> {
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
        let times_fit = self.opens_at < self.closes_at && self.closes_at > now;
        require(stages_fit && times_fit, TokenError::InvalidRound)?;

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
            && self.reserve_bps <= Bps::ONE.get();
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
    ) -> Outcome<()> {
        let count = terms.validate(now)?;
        self.version = VERSION;
        self.bump = bump;
        self.by_approval = u8::from(terms.by_approval);
        self.stage_count = u8::try_from(count).map_err(|_| TokenError::InvalidRound)?;
        self.reserve_bps = terms.reserve_bps;
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
    pub fn status(&self) -> Outcome<RoundStatus> {
        self.status.try_into()
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
    pub fn offered(&self) -> Outcome<u64> {
        self.stage_shares
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// Shares sold so far.
    pub fn sold(&self) -> Outcome<u64> {
        self.sold
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// What `payment` buys now. Errors: `RoundSoldOut`, `AmountTooSmall`.
    pub fn quote(&self, payment: u64) -> Outcome<Purchase> {
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
    pub fn require_open(&self, now: i64, payment: u64) -> Outcome<()> {
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
    pub(crate) fn contribute(&mut self, purchase: &Purchase) -> Outcome<()> {
        for (sold, bought) in self.sold.iter_mut().zip(purchase.by_stage) {
            *sold = add(*sold, bought)?;
        }
        self.raised = add(self.raised, purchase.charge.0)?;
        self.contributions = add(self.contributions, 1)?;
        self.invariant()
    }

    /// Takes a contribution back out before the close.
    pub(crate) fn leave(&mut self, contribution: &Contribution) -> Outcome<()> {
        for (sold, bought) in self.sold.iter_mut().zip(contribution.by_stage) {
            *sold = sub(*sold, bought, TokenError::InvariantBroken)?;
        }
        self.raised = sub(self.raised, contribution.paid, TokenError::InvariantBroken)?;
        self.invariant()
    }

    /// Whether the round may be closed: its time is over or all is sold; one that
    /// sells at once, by the owner at any time.
    pub fn is_over(&self, now: i64, closer_is_owner: bool) -> Outcome<bool> {
        let sold_out = self.sold()? == self.offered()?;
        Ok(now >= self.closes_at || sold_out || (closer_is_owner && !self.escrows()))
    }

    /// Closes the round and tells how many shares must be minted for it. MUST run
    /// after the token's streams were released.
    pub(crate) fn close(&mut self, token: &mut PersonalToken) -> Outcome<u64> {
        require(
            self.status()? == RoundStatus::Open,
            TokenError::RoundAlreadyClosed,
        )?;
        let (offered, sold) = (self.offered()?, self.sold()?);
        if !self.escrows() {
            let unsold = sub(offered, sold, TokenError::InvariantBroken)?;
            token.offered = sub(token.offered, unsold, TokenError::InvariantBroken)?;
            self.status = RoundStatus::Settled as u8;
            self.price(token)?;
            return Ok(0);
        }
        token.offered = sub(token.offered, offered, TokenError::InvariantBroken)?;
        if self.raised < self.min_raise {
            self.status = RoundStatus::Failed as u8;
            return Ok(0);
        }
        self.status = RoundStatus::Succeeded as u8;
        self.unclaimed = sold;
        self.checkpoints = token.checkpoints();
        token.supply = add(token.supply, sold)?;
        token.registered = add(token.registered, sold)?;
        self.price(token)?;
        token.invariant()?;
        Ok(sold)
    }

    /// Notes the price of a round that sold enough to say something: for display only.
    fn price(&self, token: &mut PersonalToken) -> Outcome<()> {
        let (raised, sold) = (Atoms(self.raised), Shares(self.sold()?));
        if let Some(price) = last_price(raised, sold, Shares(token.supply)) {
            token.last_price = price;
        }
        Ok(())
    }

    /// Takes a contribution's shares out of the unclaimed ones.
    pub(crate) fn claim(&mut self, contribution: &Contribution) -> Outcome<()> {
        let succeeded = matches!(
            self.status()?,
            RoundStatus::Succeeded | RoundStatus::Settled
        );
        require(succeeded && self.escrows(), TokenError::RoundNotSucceeded)?;
        self.unclaimed = sub(
            self.unclaimed,
            contribution.shares()?.0,
            TokenError::InvariantBroken,
        )?;
        Ok(())
    }

    /// Marks the proceeds as settled and splits them between reserve and owner.
    pub(crate) fn settle(&mut self) -> Outcome<Split> {
        match self.status()? {
            RoundStatus::Succeeded => {}
            RoundStatus::Settled => return Err(TokenError::RoundAlreadySettled),
            RoundStatus::Open | RoundStatus::Failed => return Err(TokenError::RoundNotSucceeded),
        }
        self.status = RoundStatus::Settled as u8;
        self.split(self.raised)
    }

    /// Parts of a payment for the reserve (rounded up) and the owner.
    pub fn split(&self, amount: u64) -> Outcome<Split> {
        Ok(split(Atoms(amount), Bps::new(self.reserve_bps)?)?)
    }

    fn invariant(&self) -> Outcome<()> {
        let fits = self
            .sold
            .iter()
            .zip(&self.stage_shares)
            .all(|(sold, offered)| sold <= offered);
        require(fits, TokenError::InvariantBroken)
    }
}

/// Refuses a purchase of fewer shares than the backer's minimum.
pub(crate) fn require_shares(bought: Shares, least: u64) -> Outcome<()> {
    require(bought.0 >= least, TokenError::Slippage)
}
