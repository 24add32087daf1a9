//! A round sells: it is offered, shares are bought, and a contribution that waits in escrow is
//! taken back.

use {
    super::{Round, RoundStatus},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{Brought, Contribution, Parts, PersonalToken, add, sub},
    },
    upside_math::{Atoms, Placement, Purchase, Rounding, Shares, WHOLE_SHARE, buy, mul_div, room},
};

/// What a contribution that sells at once did to the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SellEffects {
    /// Where the payment goes.
    pub placement: Placement,
    /// What the endowment brings of the other assets.
    pub parts: Parts,
}

impl Round {
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
}

/// Refuses a purchase of fewer shares than the backer's minimum.
pub(crate) fn require_shares(bought: Shares, least: u64) -> ProgramResult<()> {
    require(bought.0 >= least, TokenError::Slippage)
}
