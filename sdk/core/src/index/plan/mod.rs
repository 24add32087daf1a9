//! From target percentages to a rebalance: what each constituent is worth, what moves, and
//! between which prices.
//!
//! [`market`] reads what is asked and paid for people's shares now. [`draw_up`] is pure: it
//! prices every slot, turns percentages into counts per index share, keeps to the limits of
//! turnover by spreading what is too much over several rebalances, and says what is not
//! reached and why. [`announce`] drafts and seals the first of them.
//!
//! Bands are on the holders' side. What is sold begins at what is asked elsewhere and
//! never falls below half of that, nor below what redeeming pays; what is bought begins at
//! what is paid elsewhere and never rises above twice that. Where the two are further
//! apart, nothing trades until the curator names a price: what a person asks for new shares
//! of themselves is shown, and not trusted.

mod book;
mod error;
mod price;
mod series;
mod target;

pub use {
    book::{Book, Depth, Level, Market, Venue, round_levels},
    error::PlanError,
    price::{Price, Quoted, Source},
};

use {
    super::{OrderInput, Pool, PooledIndex, Rebalance, Side, quote},
    crate::error::CoreError,
    anchor_lang::prelude::Pubkey,
    std::collections::{BTreeMap, BTreeSet},
};

/// Price of one whole unit of the currency that a plan counts in, in billionths.
pub const UNIT_PRICE: u64 = 1_000_000_000;
/// Most rebalances that a plan looks ahead.
pub const MOST_REBALANCES: usize = 13;

/// How soon it may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// After the notice of the terms: at most a quarter of a slot in 30 days.
    #[default]
    Notice,
    /// After 30 days: at most half of a slot in a year.
    LongNotice,
    /// All at once; what is beyond the limits is traded only with a majority's yes.
    Majority,
}

/// What the curator wants.
#[derive(Clone, Debug)]
pub struct PlanRequest {
    /// The mint that prices and values count in.
    pub unit: Pubkey,
    /// Part of the value that a slot shall be, in basis points.
    pub targets: BTreeMap<u8, u16>,
    /// The slot that takes the difference, while slots without a target stay as they are.
    /// `None`: slots without a target share what the targets leave, as they do now.
    pub rest: Option<u8>,
    /// Prices of one whole unit in billionths of a whole unit of the currency, by personal
    /// token or mint. They replace what is seen; a mint has no other price.
    pub prices: BTreeMap<Pubkey, u64>,
    /// By how much bands go beyond the prices, in basis points.
    pub band_bps: u16,
    /// Trades of a smaller part of the value are left out, in basis points.
    pub least_trade_bps: u16,
    /// For how long each rebalance trades, in seconds.
    pub duration: u32,
    /// How soon it may go.
    pub pace: Pace,
}

impl PlanRequest {
    /// A request without targets: a band of 5 %, no trade below half a percent, a day.
    pub fn new(unit: Pubkey) -> Self {
        PlanRequest {
            unit,
            targets: BTreeMap::new(),
            rest: None,
            prices: BTreeMap::new(),
            band_bps: 500,
            least_trade_bps: 50,
            duration: 86_400,
            pace: Pace::Notice,
        }
    }

    /// Price of one whole unit of a mint in billionths; `None` if nobody named one.
    pub fn price_of(&self, mint: &Pubkey) -> Option<u64> {
        if *mint == self.unit {
            return Some(UNIT_PRICE);
        }
        self.prices.get(mint).copied()
    }
}

/// What is not as wanted, or needs a look before it is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// It has no price: it stays as it is, and percentages count without it.
    Unpriced,
    /// The trade is too small to be made.
    TooSmall,
    /// More than one rebalance is needed: a quarter of a slot in 30 days.
    Spread,
    /// No more can be sold without a majority's yes: half of a slot in a year.
    YearlyLimit,
    /// The other side of the trades does not suffice.
    NoCounterpart,
    /// What is asked is more than twice what is paid: the band ends before they meet.
    FarApart,
    /// Nobody asks for it now: who would sell to the index is not known.
    NothingAsked,
    /// Nobody pays for it now, and its reserve does not: who would buy is not known.
    NothingPaid,
    /// So much is not on offer, or not bid for, at these prices.
    Thin {
        /// Share atoms that are.
        depth: u64,
    },
    /// A policy, a mark or a cap is about to change: it is not bought meanwhile.
    Unsettled,
    /// It was noted as stuck: what is bought is delivered once it moves.
    Stuck,
    /// Its reserve holds assets without a price, which count as nothing here.
    ReserveUnpriced,
}

/// A slot: what it is now, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotPlan {
    /// The slot.
    pub slot: u8,
    /// Decimals of its atoms.
    pub decimals: u8,
    /// What it is worth; `None` if nothing says so.
    pub price: Option<Price>,
    /// Atoms that the index holds.
    pub atoms: u64,
    /// Value of them, in billionths of the currency.
    pub value: u128,
    /// Value that it shall have.
    pub target: u128,
    /// Value that it has after the last rebalance of the plan.
    pub reached: u128,
    /// What to look at.
    pub notes: BTreeSet<Note>,
}

/// What is traded of one slot in one rebalance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TradePlan {
    /// The order. Those of later rebalances are for the prices of now.
    pub order: OrderInput,
    /// Atoms per whole index share before it.
    pub held: u64,
    /// Atoms that are traded.
    pub lot: u64,
    /// What they are worth, in billionths of the currency.
    pub value: u128,
    /// Lowest price of the band, of one whole unit in billionths.
    pub low: u64,
    /// Highest price of the band.
    pub high: u64,
}

impl TradePlan {
    /// Whether the index sells.
    pub fn sells(&self) -> bool {
        self.order.side == Side::Sell
    }
}

/// One rebalance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebalancePlan {
    /// When it can be sealed at the earliest, unix seconds.
    pub seal_at: i64,
    /// First second in which it is traded if it is sealed then.
    pub starts_at: i64,
    /// Last second in which it is traded.
    pub ends_at: i64,
    /// What is traded, by slot.
    pub trades: Vec<TradePlan>,
}

impl RebalancePlan {
    /// Its orders.
    pub fn orders(&self) -> Vec<OrderInput> {
        self.trades.iter().map(|trade| trade.order).collect()
    }
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The mint that it counts in.
    pub unit: Pubkey,
    /// Value of all slots with a price, in billionths of the currency.
    pub value: u128,
    /// Index share atoms that it is the value of.
    pub supply: u64,
    /// The occupied slots.
    pub slots: Vec<SlotPlan>,
    /// The rebalances, in order; none if nothing has to move.
    pub rebalances: Vec<RebalancePlan>,
    /// How soon they may go.
    pub pace: Pace,
    /// For how long each trades, in seconds.
    pub duration: u32,
}

impl Drawn {
    /// Part of the value that `value` is, in basis points, rounded to the nearest.
    pub fn bps(&self, value: u128) -> u16 {
        let Some(twice) = self.value.checked_mul(2).filter(|twice| *twice > 0) else {
            return 0;
        };
        let scaled = value.saturating_mul(20_000).saturating_add(self.value);
        u16::try_from(scaled / twice).unwrap_or(u16::MAX)
    }
}

/// Plans rebalances to the targets at the pool's time and the market's prices. `rebalance`
/// remembers what was traded lately.
///
/// # Errors
/// [`PlanError`], which says what to give.
pub fn draw_up(
    pool: &Pool,
    rebalance: Option<&Rebalance>,
    market: &Market,
    request: &PlanRequest,
) -> Result<Drawn, PlanError> {
    let index = quote::accrued(pool)?;
    index.require_active().map_err(CoreError::from)?;
    request.check(pool)?;
    // People are priced for what is traded of them, which takes a first look at prices.
    let first = draw(pool, &index, rebalance, market, request, &BTreeMap::new())?;
    let mut depths = BTreeMap::new();
    for trade in first.rebalances.iter().flat_map(|one| &one.trades) {
        let depth = depths.entry(trade.order.slot).or_insert(0u64);
        *depth = depth.saturating_add(trade.lot);
    }
    let mut drawn = draw(pool, &index, rebalance, market, request, &depths)?;
    price::look(&mut drawn, pool)?;
    Ok(drawn)
}

fn draw(
    pool: &Pool,
    index: &PooledIndex,
    rebalance: Option<&Rebalance>,
    market: &Market,
    request: &PlanRequest,
    depths: &price::Depths,
) -> Result<Drawn, PlanError> {
    let mut slots = price::slots(pool, market, request, depths)?;
    let value = target::set(&mut slots, request)?;
    let mut drawn = Drawn {
        unit: request.unit,
        value,
        supply: index.effective_supply().map_err(CoreError::from)?,
        slots,
        rebalances: Vec::new(),
        pace: request.pace,
        duration: request.duration,
    };
    series::fill(&mut drawn, index, pool, rebalance, request)?;
    Ok(drawn)
}
