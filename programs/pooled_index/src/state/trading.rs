//! Trades of a rebalance: what a pair costs, how far it may go, and what it changes.

use {
    super::{Basket, Order, PooledIndex, Rebalance, Side, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    upside_math::{
        Rounding, buy_guarded, held_per_share, mul_div, pair_cost, price_at, sell_guarded,
        target_atoms, value_rising,
    },
};

/// Seconds after its last trade for which a slot's reference stays.
const PERIOD: i64 = 30 * 86_400;
/// Seconds of a year of which a slot's most is remembered.
const YEAR: i64 = 365 * 86_400;

/// A trade of a pair, with what the accounts of persons say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trade {
    /// Number of the announcement.
    pub nonce: u64,
    /// Slot that the index sells of.
    pub sell: u8,
    /// Slot that the index buys of.
    pub buy: u8,
    /// Atoms that the bidder takes.
    pub take: u64,
    /// Share atoms in existence of the person that is sold; 0 of a mint.
    pub sold_supply: u64,
    /// Share atoms in existence of the person that is bought; 0 of a mint.
    pub bought_supply: u64,
    /// What redeeming the person's shares would pay in what is bought.
    pub redeemable: u64,
}

/// The most atoms per share by which sales of a slot are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct References {
    /// In the present period.
    pub period: u64,
    /// In the present year and the one before.
    pub year: u64,
}

impl References {
    /// With `held` atoms per share in the slot at `now` (unix seconds).
    pub fn of(order: &Order, held: u64, now: i64) -> Self {
        let fresh = |since: i64, seconds: i64| since != 0 && now < since.saturating_add(seconds);
        let period = match fresh(order.traded_at, PERIOD) {
            true => order.reference.max(held),
            false => held,
        };
        let (mut year, two_years) = (held, YEAR.saturating_mul(2));
        if fresh(order.year_at, two_years) {
            year = year.max(order.year_reference);
        }
        if fresh(order.year_at, YEAR) {
            year = year.max(order.year_before);
        }
        References { period, year }
    }

    /// Lowest target of a sale with a notice of the terms: three quarters, and half a
    /// year's. Errors: `Overflow`.
    pub fn least_targets(&self) -> ProgramResult<(u64, u64)> {
        let quarters = mul_div(self.period, 3, 4, Rounding::Up)?;
        Ok((quarters, self.year.div_ceil(2)))
    }

    /// How far a slot may be sold, in atoms per share: three quarters of the period's most
    /// without a long notice, and half of the year's; a majority's yes allows everything.
    pub fn floor(&self, long_notice: bool, majority: bool) -> ProgramResult<u64> {
        let (quarters, half) = self.least_targets()?;
        Ok(match (majority, long_notice) {
            (true, _) => 0,
            (false, true) => half,
            (false, false) => quarters.max(half),
        })
    }
}

impl Order {
    /// Notes what a slot held per share, and that it was traded.
    pub fn note_trade(&mut self, held: u64, now: i64) {
        let most = References::of(self, held, now);
        let begun = |since: i64| since != 0 && now < since.saturating_add(YEAR);
        if !begun(self.year_at) {
            let before = self.year_at.saturating_add(YEAR.saturating_mul(2));
            let known = self.year_at != 0 && now < before;
            self.year_before = if known { self.year_reference } else { 0 };
            self.year_reference = 0;
            self.year_at = now;
        }
        self.year_reference = self.year_reference.max(held);
        self.reference = most.period;
        self.traded_at = now;
    }
}

impl PooledIndex {
    /// Atoms that a slot holds beyond `target` atoms per share.
    pub fn surplus(&self, slot: u8, target: u64) -> ProgramResult<u64> {
        let least = target_atoms(target, self.effective_supply()?, Rounding::Up)?;
        Ok(self.constituent(slot)?.counter.saturating_sub(least))
    }

    /// Atoms that a slot lacks to `target` atoms per share.
    pub fn deficit(&self, slot: u8, target: u64) -> ProgramResult<u64> {
        let most = target_atoms(target, self.effective_supply()?, Rounding::Down)?;
        Ok(most.saturating_sub(self.constituent(slot)?.counter))
    }

    /// Books atoms that a bidder bought and that stay in custody for its basket. MUST
    /// follow [`Rebalance::trade`].
    pub(crate) fn keep(&mut self, basket: &mut Basket, slot: u8, atoms: u64) -> ProgramResult<()> {
        self.constituent_mut(slot)?.hold(atoms)?;
        let kept = basket.amounts.get_mut(usize::from(slot));
        let kept = kept.ok_or(IndexError::NotAConstituent)?;
        *kept = add(*kept, atoms)?;
        Ok(())
    }

    /// Atoms that a slot holds per whole index share, rounded up.
    pub fn held_per_share(&self, slot: u8) -> ProgramResult<u64> {
        let counter = self.constituent(slot)?.counter;
        Ok(held_per_share(counter, self.effective_supply()?)?)
    }
}

/// What a trade left of both lots, in atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TradeEffects {
    /// Of the slot that was sold.
    pub sell_left: u64,
    /// Of the slot that was bought.
    pub buy_left: u64,
}

impl Rebalance {
    /// Seconds since the start, and from start to end. Errors: `NoticePending`,
    /// `RebalanceOver`.
    fn clock(&self, now: i64) -> ProgramResult<(u64, u64)> {
        require(now >= self.starts_at, IndexError::NoticePending)?;
        require(now <= self.ends_at, IndexError::RebalanceOver)?;
        let elapsed = now.abs_diff(self.starts_at);
        Ok((elapsed, self.ends_at.abs_diff(self.starts_at)))
    }

    /// Value of one atom that a slot is sold or bought at now, Q64.64, while `supply`
    /// share atoms of the person exist; 0 of a mint. Errors: `NotForTrade`,
    /// `NoticePending`, `RebalanceOver`.
    pub fn value(&self, slot: u8, supply: u64, now: i64) -> ProgramResult<u128> {
        let (elapsed, duration) = self.clock(now)?;
        let order = self.order(slot)?;
        let (low, high) = (order.low.unsigned(), order.high.unsigned());
        let decay = order.decay();
        match order.side().ok_or(IndexError::NotForTrade)? {
            Side::Sell => {
                let value = price_at(high, low, decay, elapsed, duration)?;
                Ok(sell_guarded(value, order.supply, supply)?)
            }
            Side::Buy => {
                let value = value_rising(low, high, decay, elapsed, duration)?;
                Ok(buy_guarded(value, order.supply, supply)?)
            }
        }
    }

    /// What a trade costs now, in atoms of the slot bought, rounded up, and never less
    /// than redeeming would pay. Refuses what the announcement does not allow. The
    /// index's `accrue` MUST have run. Errors: `NotActive`, `NotAnnounced`,
    /// `NoticePending`, `RebalanceOver`, `Vetoed`, `NotForTrade`, `OrderStale`,
    /// `ZeroAmount`, `LotShort`, `BeyondTarget`.
    pub fn cost(&self, index: &PooledIndex, trade: &Trade, now: i64) -> ProgramResult<u64> {
        self.require_announced(index, trade.nonce)?;
        self.clock(now)?;
        // Holders may have left since the last vote: then there are enough votes by now.
        let vetoed = index.is_vetoed(index.announcement(trade.nonce)?)?;
        require(!vetoed, IndexError::Vetoed)?;
        let (sold, bought) = (self.order(trade.sell)?, self.order(trade.buy)?);
        sold.require(Side::Sell, index.constituent(trade.sell)?)?;
        bought.require(Side::Buy, index.constituent(trade.buy)?)?;
        require(trade.take > 0, IndexError::ZeroAmount)?;

        let sell = self.value(trade.sell, trade.sold_supply, now)?;
        let buy = self.value(trade.buy, trade.bought_supply, now)?;
        let cost = pair_cost(trade.take, sell, buy)?.max(trade.redeemable);
        let within = trade.take <= sold.left && cost <= bought.left;
        require(within, IndexError::LotShort)?;
        // A slot that grew since the announcement is sold less far: a gift stops nothing.
        let most = References::of(sold, index.held_per_share(trade.sell)?, now);
        let majority = index.is_supported(trade.nonce)?;
        let floor = most.floor(self.long_notice == 1, majority)?;
        let surplus = index.surplus(trade.sell, sold.target.max(floor))?;
        let deficit = index.deficit(trade.buy, bought.target)?;
        let within = trade.take <= surplus && cost <= deficit;
        require(within, IndexError::BeyondTarget)?;
        Ok(cost)
    }

    /// Books a trade that [`Self::cost`] allowed.
    pub(crate) fn trade(
        &mut self,
        index: &mut PooledIndex,
        trade: &Trade,
        cost: u64,
        now: i64,
    ) -> ProgramResult<TradeEffects> {
        let held = index.held_per_share(trade.sell)?;
        let had = index.held_per_share(trade.buy)?;
        index.constituent_mut(trade.sell)?.release(trade.take)?;
        index.constituent_mut(trade.buy)?.receive(cost, now)?;
        let has = index.held_per_share(trade.buy)?;

        let sold = self.order_mut(trade.sell)?;
        sold.note_trade(held, now);
        sold.left = sub(sold.left, trade.take, IndexError::LotShort)?;
        let sold_left = sold.left;
        let bought = self.order_mut(trade.buy)?;
        bought.note_trade(had.max(has), now);
        bought.left = sub(bought.left, cost, IndexError::LotShort)?;
        Ok(TradeEffects {
            sell_left: sold_left,
            buy_left: bought.left,
        })
    }
}
