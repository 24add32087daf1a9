//! Trades: only those of an announcement that waited, at its values of that second, not
//! beyond its targets; what people print and burn since only helps the index.

use {
    super::PoolFacts,
    crate::invariant::{Findings, Rule},
    std::collections::BTreeMap,
    upside_sdk::index::{Order, Rebalance, RebalanceStatus, Side},
};

/// Atoms sold and bought of a slot.
pub(super) type Trades = BTreeMap<u8, (u64, u64)>;

/// Relative error of values that are computed in floating point.
const ERROR: f64 = 1e-9;

/// What was traded of each slot; `None` if another draft replaced the rebalance since.
pub(super) fn of(before: &PoolFacts, after: &PoolFacts) -> Option<Trades> {
    let (Some(was), Some(is)) = (&before.rebalance, &after.rebalance) else {
        return Some(Trades::new());
    };
    if was.status != RebalanceStatus::Sealed {
        return Some(Trades::new());
    }
    if was.nonce != is.nonce {
        return None;
    }
    let mut trades = Trades::new();
    for (slot, order) in was.traded() {
        let left = is.order(slot).map_or(0, |it| it.left);
        let traded = order.left.saturating_sub(left);
        if traded > 0 {
            trades.insert(
                slot,
                match order.side() {
                    Some(Side::Sell) => (traded, 0),
                    _ => (0, traded),
                },
            );
        }
    }
    Some(trades)
}

/// The value of an atom at a second, without rounding.
fn value(rebalance: &Rebalance, order: &Order, now: i64, supply: u64) -> f64 {
    let (low, high) = (order.low.unsigned() as f64, order.high.unsigned() as f64);
    let elapsed = (now - rebalance.starts_at) as f64;
    let part = elapsed / (rebalance.ends_at - rebalance.starts_at) as f64;
    let noted = order.supply as f64;
    let supply = if order.supply == 0 {
        noted
    } else {
        supply as f64
    };
    let ratio = if noted == 0.0 {
        1.0
    } else {
        noted / supply.max(1.0)
    };
    match order.side() {
        Some(Side::Sell) => high * (low / high).powf(part) * ratio.max(1.0),
        _ => low * (high / low).powf(part) * ratio.min(1.0),
    }
}

/// Checks what was traded. `one` if a single instruction traded it: then supplies were
/// those of now.
pub(super) fn check(
    before: &PoolFacts,
    after: &PoolFacts,
    trades: &Trades,
    one: bool,
    found: &mut Findings,
) {
    let Some(was) = before.rebalance.as_ref().filter(|_| !trades.is_empty()) else {
        return;
    };
    let now = after.now;
    let place = before.index.announcement(was.nonce);
    let waited = place.is_ok_and(|it| it.effective_at <= now && was.starts_at >= it.effective_at);
    found.require(waited && now <= was.ends_at, Rule::Terms, None, || {
        format!("{trades:?} traded of announcement {}, {place:?}", was.nonce)
    });
    let tightened = after.rebalance.as_ref().unwrap_or(was);
    let (mut gave, mut got) = (0.0, 0.0);
    for (slot, (sold, bought)) in trades {
        // In a longer transaction values may have been tightened after a trade.
        let order = if one { tightened } else { was };
        let Ok(order) = order.order(*slot) else {
            continue;
        };
        let supply = after.tokens.get(&order.key).map_or(0, |it| it.supply);
        let supply = if one { supply } else { order.supply };
        let each = value(was, order, now, supply);
        gave += *sold as f64 * each;
        got += *bought as f64 * each;
    }
    found.require(got >= gave * (1.0 - ERROR), Rule::Backing, None, || {
        format!("{trades:?} traded: a value of {gave} for {got}")
    });
    if one {
        targets(after, was, trades, found);
    }
}

/// No trade passes its target.
fn targets(after: &PoolFacts, was: &Rebalance, trades: &Trades, found: &mut Findings) {
    let supply = u128::from(after.effective(after.now));
    for (slot, (sold, bought)) in trades {
        let target = was.order(*slot).map_or(0, |it| it.target);
        let target = u128::from(target) * supply;
        let has = u128::from(after.index.constituents[usize::from(*slot)].counter) * 1_000_000_000;
        let holds = (*sold == 0 || has >= target) && (*bought == 0 || has <= target);
        found.require(holds, Rule::Backing, None, || {
            format!(
                "slot {slot}: {sold} sold and {bought} bought, beyond the target of {target}: {has}"
            )
        });
    }
}

/// What was sealed stays as it is, or becomes better for the index.
pub(super) fn sealed(before: &PoolFacts, after: &PoolFacts, found: &mut Findings) {
    let (Some(was), Some(is)) = (&before.rebalance, &after.rebalance) else {
        return;
    };
    let sealed = RebalanceStatus::Sealed;
    if was.status != sealed || is.status != sealed || was.nonce != is.nonce {
        return;
    }
    let clock = |it: &Rebalance| (it.starts_at, it.ends_at, it.long_notice, it.by_majority);
    found.require(clock(was) == clock(is), Rule::Terms, None, || {
        format!(
            "the clock of a rebalance {:?} to {:?}",
            clock(was),
            clock(is)
        )
    });
    for (slot, (was, is)) in (0u8..).zip(was.orders.iter().zip(&is.orders)) {
        let fixed = |it: &Order| (it.key, it.side, it.target, it.supply);
        let tighter = match was.side() {
            Some(Side::Sell) => is.low.unsigned() >= was.low.unsigned() && is.high == was.high,
            Some(Side::Buy) => is.high.unsigned() <= was.high.unsigned() && is.low == was.low,
            None => true,
        };
        let holds = fixed(was) == fixed(is) && tighter && is.left <= was.left;
        found.require(holds, Rule::Terms, None, || {
            format!("the order of slot {slot} {was:?} to {is:?}")
        });
    }
}
