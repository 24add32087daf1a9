use {
    super::{below::Below, report::*},
    crate::report::{Amount, Hash, Price},
    crate::{
        error::CoreError,
        index::{
            INDEX_SHARE_DECIMALS, Order, OrderSide, Pool, Rebalance, RebalanceStatus, References,
            Side, quote, rebalance,
        },
        state::Account,
    },
    upside_math::SHARE_DECIMALS,
};

/// What is drafted, announced or traded; `None` of what is over.
pub(super) fn report(pool: &Pool, below: &Below) -> Result<Option<RebalanceReport>, CoreError> {
    let Some(found) = below.rebalance()? else {
        return Ok(None);
    };
    of(pool, &found)
}

fn of(pool: &Pool, found: &Account<Rebalance>) -> Result<Option<RebalanceReport>, CoreError> {
    let (data, now) = (&found.data, pool.clock.unix_timestamp);
    let status = match data.status()? {
        RebalanceStatus::Ended => return Ok(None),
        RebalanceStatus::Drafting => RebalancePhase::Draft,
        RebalanceStatus::Sealed if !data.is_running(&pool.index.data, now)? => RebalancePhase::Over,
        RebalanceStatus::Sealed if now < data.starts_at => RebalancePhase::Announced,
        RebalanceStatus::Sealed => RebalancePhase::Open,
    };
    let place = pool.index.data.announcement(data.nonce).ok();
    let votes = |atoms: Option<u64>| Amount::new(atoms.unwrap_or(0), INDEX_SHARE_DECIMALS);
    let orders = data
        .traded()
        .map(|(slot, order)| order_report(pool, data, slot, order))
        .collect::<Result<_, _>>()?;
    Ok(Some(RebalanceReport {
        address: found.key,
        status,
        nonce: data.nonce,
        content: Hash(data.hash()),
        starts_at: data.starts_at,
        ends_at: data.ends_at,
        long_notice: data.long_notice == 1,
        by_majority: data.by_majority == 1,
        against: votes(place.map(|place| place.against)),
        support: votes(place.map(|place| place.support)),
        orders,
    }))
}

fn order_report(
    pool: &Pool,
    data: &Rebalance,
    slot: u8,
    order: &Order,
) -> Result<OrderReport, CoreError> {
    let (index, now) = (quote::accrued(pool)?, pool.clock.unix_timestamp);
    let decimals = rebalance::decimals(&index, slot)?;
    let amount = |atoms| Amount::new(atoms, decimals);
    let price = |value: u128| -> Result<Price, CoreError> {
        Ok(Price {
            atoms: rebalance::price_of(value, decimals)?,
            decimals: rebalance::PRICE_DECIMALS,
        })
    };
    let held = index.held_per_share(slot)?;
    let (side, least) = match order.side() {
        Some(Side::Sell) => {
            let (quarters, half) = References::of(order, held, now).least_targets()?;
            let least = if data.long_notice == 1 {
                half
            } else {
                quarters.max(half)
            };
            (OrderSide::Sell, least)
        }
        _ => (OrderSide::Buy, 0),
    };
    let supply = rebalance::supply_of(pool, slot)?;
    Ok(OrderReport {
        slot,
        side,
        target: amount(order.target),
        held: amount(held),
        least_target: amount(least),
        left: amount(order.left),
        low: price(order.low.unsigned())?,
        high: price(order.high.unsigned())?,
        price: data.value(slot, supply, now).ok().map(price).transpose()?,
        supply: (order.supply > 0).then(|| Amount::new(order.supply, SHARE_DECIMALS)),
    })
}
