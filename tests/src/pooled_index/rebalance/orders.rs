//! What one slot is traded for, and how much of it may be sold.

use {
    crate::model::index::{price, *},
    num_bigint::BigUint,
    upside_sdk::index::{OrderInput, Side},
};

/// Seconds for which the most that a slot held counts after its last trade.
pub const PERIOD: i64 = 30 * DAY;
/// Seconds of a year.
pub const YEAR: i64 = 365 * DAY;

/// A slot in rebalances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// What stands in it.
    pub key: Pubkey,
    /// What is known below is of this: what stands in it, or is wrapped there.
    pub known: Pubkey,
    /// Which way it is traded now.
    pub side: Option<Side>,
    /// Atoms per whole index share that are aimed at.
    pub target: u64,
    /// Atoms still to trade.
    pub left: u64,
    /// Shares of the person that the values are for.
    pub supply: u64,
    /// Lowest value of an atom, in 2^-64.
    pub low: u128,
    /// Highest value of an atom.
    pub high: u128,
    /// The most per share in the period.
    pub reference: u64,
    /// When it was traded last; 0 for never.
    pub traded_at: i64,
    /// The most per share in the year.
    pub year_reference: u64,
    /// The most per share in the year before.
    pub year_before: u64,
    /// When the year began; 0 for never.
    pub year_at: i64,
}

/// A number between two that are known.
pub type Between = (u128, u128);

impl Order {
    /// A person's order names a supply, a mint's none; the high is at most twice the low.
    /// Errors: `InvalidOrder`.
    pub(crate) fn place(&mut self, args: &OrderInput, slot: &Slot, supply: u64) -> Check {
        let person = slot.kind == SlotKind::Personal;
        let band = args.low > 0 && args.low <= args.high && args.high - args.low <= args.low;
        let named = if person {
            args.supply > 0 && supply > 0
        } else {
            args.supply == 0
        };
        require(band && named, IndexError::InvalidOrder)?;
        let stands = slot.wraps.unwrap_or(slot.key);
        if self.known != stands {
            *self = Order {
                known: stands,
                ..Order::default()
            };
        }
        self.key = slot.key;
        self.side = Some(args.side);
        self.target = args.target;
        self.left = 0;
        self.supply = match args.side {
            Side::Sell => args.supply.max(supply),
            Side::Buy => args.supply.min(supply),
        };
        (self.low, self.high) = (args.low, args.high);
        Ok(())
    }

    /// Errors: `NotForTrade`, `OrderStale`.
    pub(crate) fn require(&self, side: Side, slot: &Slot) -> Check {
        require(self.side == Some(side), IndexError::NotForTrade)?;
        require(self.key == slot.key, IndexError::OrderStale)
    }

    /// Least and most that the chain may have as the value at which the index trades,
    /// with `supply` shares of the person in existence. Errors: `NotForTrade`,
    /// `MathDomain`, `Overflow`.
    pub fn value(&self, elapsed: u64, duration: u64, supply: u64) -> Check<Between> {
        match self.side.ok_or(IndexError::NotForTrade)? {
            Side::Sell => {
                let (least, most) = price::price(self.high, self.low, elapsed, duration);
                if supply >= self.supply {
                    return Ok((least, most));
                }
                require(supply > 0, IndexError::MathDomain)?;
                let burned = |value| scaled(value, self.supply, supply, true);
                Ok((burned(least)?, burned(most)?))
            }
            Side::Buy => {
                let left = duration - elapsed;
                let (least, most) = price::price(self.high, self.low, left, duration);
                // Rounded down by as much as the price may be too high.
                let below = |value: u128| {
                    if left == 0 || elapsed == 0 {
                        return value;
                    }
                    let value = value.saturating_sub(1);
                    (value - (value >> 48)).saturating_sub(1).max(self.low)
                };
                let (least, most) = (below(least), below(most));
                if supply <= self.supply {
                    return Ok((least, most));
                }
                let printed = |value| scaled(value, self.supply, supply, false);
                Ok((printed(least)?, printed(most)?))
            }
        }
    }

    /// The most that counts: in the period, and in the year and the one before.
    pub fn most(&self, held: u64, now: i64) -> (u64, u64) {
        let within = |since: i64, seconds| since != 0 && now < since + seconds;
        let mut period = held;
        if within(self.traded_at, PERIOD) {
            period = period.max(self.reference);
        }
        let mut year = held;
        if within(self.year_at, 2 * YEAR) {
            year = year.max(self.year_reference);
        }
        if within(self.year_at, YEAR) {
            year = year.max(self.year_before);
        }
        (period, year)
    }

    /// The least that may be left per share.
    pub(crate) fn floor(&self, held: u64, (long, majority): (bool, bool), now: i64) -> u64 {
        let (period, year) = self.most(held, now);
        let parts = |of: u64, part: u128| (u128::from(of) * part).div_ceil(4) as u64;
        let (quarters, half) = (parts(period, 3), parts(year, 2));
        match (majority, long) {
            (true, _) => 0,
            (_, true) => half,
            _ => half.max(quarters),
        }
    }

    /// It was traded, with `held` atoms per share.
    pub(crate) fn note(&mut self, held: u64, now: i64) {
        self.reference = self.most(held, now).0;
        self.traded_at = now;
        let age = now - self.year_at;
        if self.year_at == 0 || age >= YEAR {
            let known = self.year_at != 0 && age < 2 * YEAR;
            self.year_before = if known { self.year_reference } else { 0 };
            self.year_reference = 0;
            self.year_at = now;
        }
        self.year_reference = self.year_reference.max(held);
    }
}

/// `value * times / parts`, rounded up or down. Errors: `Overflow`.
fn scaled(value: u128, times: u64, parts: u64, up: bool) -> Check<u128> {
    let mut exact = BigUint::from(value) * times;
    if up {
        exact += parts - 1;
    }
    u128::try_from(exact / parts).map_err(|_| IndexError::Overflow)
}

/// What `take` atoms at one value cost in atoms at the other, rounded up. Errors:
/// `MathDomain` for nothing; `Overflow`.
pub fn cost(take: u64, sell: u128, buy: u128) -> Check<u64> {
    require(buy > 0, IndexError::MathDomain)?;
    let exact = (BigUint::from(sell) * take + (buy - 1)) / buy;
    u64::try_from(exact).map_err(|_| IndexError::Overflow)
}
