//! Rebalances: what a trade costs now, how much can be traded, and prices in whole units.
//!
//! Orders have the value of one atom, Q64.64, in a unit that only has to be the same for
//! all of them. What is printed here counts in billionths: a price of `1.0` for one whole
//! unit of a slot is [`value_of`] `(1_000_000_000, decimals)`.

use {
    super::{
        BidArgs, IndexError, OrderInput, OrderSide, Pool, PooledIndex, Rebalance, Side, SlotKind,
        Trade,
        quote::{self, accrued},
    },
    crate::error::CoreError,
    pooled_index::instructions::{is_settled, redeemable},
    upside_math::SHARE_DECIMALS,
};

/// Digits behind the point of a price.
pub const PRICE_DECIMALS: u8 = 9;

/// What a trade costs now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidQuote {
    /// Number of the announcement.
    pub nonce: u64,
    /// Slot that the index sells of.
    pub sell: u8,
    /// Slot that the index buys of.
    pub buy: u8,
    /// Atoms that the bidder takes.
    pub take: u64,
    /// Atoms that the bidder gives.
    pub cost: u64,
}

impl BidQuote {
    /// Its arguments, with `most` atoms to give.
    pub fn args(&self, most: u64, deadline: i64) -> BidArgs {
        BidArgs {
            nonce: self.nonce,
            sell: self.sell,
            buy: self.buy,
            take: self.take,
            most,
            basket_number: 0,
            deadline,
        }
    }
}

/// Decimals of what stands in a slot.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn decimals(index: &PooledIndex, slot: u8) -> Result<u8, CoreError> {
    let constituent = index.constituent(slot)?;
    Ok(match constituent.kind()? {
        SlotKind::Personal => SHARE_DECIMALS,
        SlotKind::Free | SlotKind::Mint => constituent.decimals,
    })
}

/// Value of one atom, Q64.64, for the price of one whole unit in billionths, rounded down.
///
/// # Errors
/// `Math` for more decimals than a number has.
pub fn value_of(price: u64, decimals: u8) -> Result<u128, CoreError> {
    let one = one(decimals)?;
    Ok((u128::from(price) << 64) / one)
}

/// Price of one whole unit in billionths, rounded to the nearest, for the value of one
/// atom.
///
/// # Errors
/// `Math` where it leaves 64 bits.
pub fn price_of(value: u128, decimals: u8) -> Result<u64, CoreError> {
    let one = one(decimals)?;
    let (whole, part) = (value >> 64, value & u128::from(u64::MAX));
    let whole = whole
        .checked_mul(one)
        .ok_or(upside_math::MathError::Overflow)?;
    // Both below 2^64 but for mints of more than 19 decimals, of which no digit counts.
    let part = part.saturating_mul(one).saturating_add(1 << 63) >> 64;
    let price = whole.checked_add(part);
    let price = price.and_then(|price| u64::try_from(price).ok());
    Ok(price.ok_or(upside_math::MathError::Overflow)?)
}

fn one(decimals: u8) -> Result<u128, CoreError> {
    let one = 10u128.checked_pow(u32::from(decimals));
    Ok(one.ok_or(upside_math::MathError::Overflow)?)
}

/// Share atoms of the person in a slot; 0 of a mint.
///
/// # Errors
/// `NotFound` where the pool has no such person; `IndexRefused(NotAConstituent)`.
pub fn supply_of(pool: &Pool, slot: u8) -> Result<u64, CoreError> {
    match pool.index.data.constituent(slot)?.kind()? {
        SlotKind::Personal => Ok(pool.person(slot)?.token.data.supply),
        SlotKind::Free | SlotKind::Mint => Ok(0),
    }
}

/// What taking `take` atoms costs now, by the program's own rule.
///
/// # Errors
/// `IndexRefused` with what the program would answer; `NotFound`.
///
/// # Example
/// ```no_run
/// # fn example(pool: &upside_core::index::Pool, rebalance: &upside_core::index::Rebalance)
/// # -> Result<(), upside_core::error::CoreError> {
/// let quote = upside_core::index::rebalance::bid(pool, rebalance, 2, 0, 1_000_000)?;
/// println!("{} atoms for {}", quote.take, quote.cost);
/// # Ok(())
/// # }
/// ```
pub fn bid(
    pool: &Pool,
    rebalance: &Rebalance,
    sell: u8,
    buy: u8,
    take: u64,
) -> Result<BidQuote, CoreError> {
    let index = accrued(pool)?;
    let trade = trade(pool, rebalance, sell, buy, take)?;
    let cost = rebalance.cost(&index, &trade, pool.clock.unix_timestamp)?;
    Ok(BidQuote {
        nonce: rebalance.nonce,
        sell,
        buy,
        take,
        cost,
    })
}

/// The most that can be traded of a pair now, for at most `most` atoms of what is bought;
/// found by bisection.
///
/// # Errors
/// `IndexRefused` with what the program answers to the smallest trade; `NotFound`.
pub fn largest(
    pool: &Pool,
    rebalance: &Rebalance,
    sell: u8,
    buy: u8,
    most: u64,
) -> Result<BidQuote, CoreError> {
    let index = accrued(pool)?;
    let now = pool.clock.unix_timestamp;
    let affordable = |take: u64| {
        let cost = trade(pool, rebalance, sell, buy, take)
            .and_then(|trade| Ok(rebalance.cost(&index, &trade, now)?));
        cost.is_ok_and(|cost| cost <= most)
    };
    match quote::most(affordable) {
        Some(take) => bid(pool, rebalance, sell, buy, take),
        None => {
            bid(pool, rebalance, sell, buy, 1)?;
            Err(IndexError::Slippage.into())
        }
    }
}

fn trade(
    pool: &Pool,
    rebalance: &Rebalance,
    sell: u8,
    buy: u8,
    take: u64,
) -> Result<Trade, CoreError> {
    let constituents = &pool.index.data;
    let mut trade = Trade {
        nonce: rebalance.nonce,
        sell,
        buy,
        take,
        sold_supply: supply_of(pool, sell)?,
        bought_supply: supply_of(pool, buy)?,
        redeemable: 0,
    };
    if trade.bought_supply > 0 {
        let person = pool.person(buy)?;
        let settled = is_settled(&person.token.data, &person.custody.data)?;
        if !settled {
            return Err(IndexError::PersonUnsettled.into());
        }
    }
    if trade.sold_supply > 0 {
        let asset = constituents.constituent(buy)?.key;
        trade.redeemable = redeemable(&pool.person(sell)?.token.data, take, &asset)?;
    }
    Ok(trade)
}

/// The hash of a draft of these orders, as its seal names it.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn content(index: &PooledIndex, orders: &[OrderInput]) -> Result<[u8; 32], CoreError> {
    let mut draft: Box<Rebalance> = Box::new(bytemuck::Zeroable::zeroed());
    for args in orders {
        let key = index.constituent(args.slot)?.key;
        let mut places = draft.orders.iter_mut().skip(usize::from(args.slot));
        if let Some(place) = places.next() {
            place.key = key;
            place.side = OrderSide::from(args.side).into();
            place.target = args.target;
            place.low = args.low.into();
            place.high = args.high.into();
        }
    }
    Ok(draft.hash())
}

/// The slots that are sold and those that are bought.
pub fn sides(rebalance: &Rebalance) -> (Vec<u8>, Vec<u8>) {
    let slots = |side| {
        let of_side = rebalance
            .traded()
            .filter(move |(_, order)| order.side() == Some(side));
        of_side.map(|(slot, _)| slot).collect()
    };
    (slots(Side::Sell), slots(Side::Buy))
}
