use {
    super::{Holder, PersonalToken},
    crate::error::{Outcome, TokenError},
    upside_math::{Atoms, Bps, Buyback, BuybackBasis, Shares, buyback, mean_time},
};

impl PersonalToken {
    /// The least that the owner pays for `shares` of a holder at unix second `now`, in
    /// quote atoms, by each measure. Errors: `MathDomain` for more than held.
    pub fn buyback(&self, holder: &Holder, shares: u64, now: i64) -> Outcome<Buyback> {
        // What nobody dated has not grown.
        let since = if holder.acquired_at == 0 {
            now
        } else {
            holder.acquired_at
        };
        let elapsed = now.saturating_sub(since).max(0);
        let basis = BuybackBasis {
            reserve: Atoms(self.quote().reserve),
            supply: Shares(self.supply),
            last_price: self.last_price,
            cost: Atoms(holder.cost),
            held: Shares(holder.shares),
            elapsed: u64::try_from(elapsed).map_err(|_| TokenError::Overflow)?,
            rate: Bps::new(self.terms.buyback_rate_bps)?,
        };
        Ok(buyback(Shares(shares), &basis)?)
    }
}

impl Holder {
    /// Dates a cost that is about to come in: paid at `since`, unix seconds. What the
    /// shares cost has grown from its average date on. MUST run before `receive`.
    pub(crate) fn date(&mut self, cost: u64, since: i64) -> Outcome<()> {
        self.acquired_at = mean_time(Atoms(self.cost), self.acquired_at, Atoms(cost), since)?;
        Ok(())
    }

    /// Gives up free shares for `paid` quote atoms and returns what they cost.
    pub(crate) fn sell(&mut self, shares: u64, paid: u64) -> Outcome<u64> {
        let cost = self.remove(shares)?;
        // As with costs: at the end of u64 they stay there, and shares still move.
        self.proceeds = self.proceeds.saturating_add(paid);
        self.sold_cost = self.sold_cost.saturating_add(cost);
        Ok(cost)
    }
}
