//! Rebalances: drafts, announcements, trades.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    upside_sdk::index::{BidArgs, OrderInput, RebalanceStatus, SealArgs, Side},
};

pub const STEPS: &[Weighted] = &[
    (6, rebalance),
    (2, open),
    (3, add),
    (3, seal),
    (3, tighten),
    (12, bid),
    (3, end),
];

/// A draft, its orders, its announcement and its start: time for a bid.
fn rebalance(run: &mut Run) -> Option<Step> {
    for make in [open, add, seal] {
        let step = make(run)?;
        if !run.send(step) {
            return None;
        }
    }
    bid(run)
}

fn open(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let now = run.model.now;
    let it = rules_of(run, &index);
    let running = it.rebalance.as_ref();
    if running.is_some_and(|known| it.is_running(known, now)) && !run.rng.percent(5) {
        return None;
    }
    let name = curator(run, &mut index);
    let open = ix::open_rebalance(&index, &run.pool.payer());
    let (who, what) = (index.data.curator, format!("{name} opens a rebalance"));
    Some(Step::new(what, open, &[&name], move |model| {
        model.open_rebalance(&index.key, &who)
    }))
}

/// An index with a rebalance that stands like this, mostly.
fn with(run: &mut Run, status: RebalanceStatus) -> Option<Account<PooledIndex>> {
    let other = run.rng.percent(4);
    let all = run.model.indexes.iter().filter(|(_, index)| {
        let found = index.rebalance.as_ref();
        found.is_some_and(|found| other || found.status == status)
    });
    let keys: Vec<Pubkey> = all.map(|(key, _)| *key).collect();
    let key = run.rng.one(&keys)?;
    Some(run.pool.world.get(&key))
}

/// An order of a slot: mostly one that can be sealed.
fn order(run: &mut Run, it: &rules::PooledIndex, slot: u8, sell: bool) -> Option<OrderInput> {
    let constituent = it.slot(slot).ok()?.clone();
    let held = it.held_per_share(slot).ok()?;
    let target = if sell {
        let known = it.rebalance.as_ref()?.order(slot).ok()?.clone();
        let later = run.model.now + i64::from(it.terms.notice_seconds);
        let (period, year) = known.most(held, later);
        let least = (u128::from(period) * 3)
            .div_ceil(4)
            .max(u128::from(year).div_ceil(2));
        let least = u64::try_from(least).ok()?;
        if run.rng.percent(85) {
            least.saturating_add(run.rng.below(held.saturating_sub(least) / 2 + 1))
        } else {
            run.rng.below(held + 1)
        }
    } else {
        held.saturating_add(run.rng.amount(held / 2 + 1_000_000))
    };
    let supply = match constituent.kind {
        SlotKind::Personal => run.model.token(&constituent.key).ok()?.supply,
        SlotKind::Free | SlotKind::Mint => 0,
    };
    let supply = match run.rng.below(20) {
        0 => 0,
        1 => supply + 1,
        2 => supply.saturating_sub(run.rng.below(1_000_000)),
        _ => supply,
    };
    let low = u128::from(run.rng.within(1, 1 << 12)) << 54;
    let high =
        low + low * u128::from(run.rng.below(101)) / 100 + u128::from(run.rng.percent(2)) * low;
    Some(OrderInput {
        slot,
        side: if sell { Side::Sell } else { Side::Buy },
        target,
        low,
        high,
        supply,
    })
}

fn add(run: &mut Run) -> Option<Step> {
    let mut index = with(run, RebalanceStatus::Drafting)?;
    let it = run.model.accrued(&index.key);
    let slots: Vec<u8> = it.used().map(|(slot, _)| slot).collect();
    let mut orders = Vec::new();
    for (place, slot) in slots.iter().enumerate() {
        // One of each side at least.
        let sell = (place + run.rng.below(2) as usize).is_multiple_of(2);
        if run.rng.percent(75) {
            orders.extend(order(run, &it, *slot, sell));
        }
    }
    orders.truncate(8);
    match run.rng.below(30) {
        0 => orders.clear(),
        1 => {
            let first = orders.first().copied()?;
            orders = vec![first; 17];
        }
        _ => {}
    }
    let name = curator(run, &mut index);
    let add = ix::add_orders(&index, orders.clone()).ok()?;
    let (who, what) = (index.data.curator, format!("{name} adds {orders:?}"));
    Some(Step::new(what, add, &[&name], move |model| {
        model.add_orders(&index.key, &who, &orders)
    }))
}

fn seal(run: &mut Run) -> Option<Step> {
    let mut index = with(run, RebalanceStatus::Drafting)?;
    let mut content = rules_of(run, &index).rebalance.as_ref()?.hash();
    if run.rng.percent(3) {
        content[0] ^= 1;
    }
    let args = SealArgs {
        content,
        duration: if run.rng.percent(4) {
            run.rng.below(21_600) as u32
        } else {
            run.rng.within(21_600, 604_800) as u32
        },
        long_notice: run.rng.percent(15),
        by_majority: run.rng.percent(15),
    };
    let name = curator(run, &mut index);
    let seal = ix::seal_rebalance(&index, args);
    let (who, what) = (
        index.data.curator,
        format!("{name} seals for {}", args.duration),
    );
    Some(Step::new(what, seal, &[&name], move |model| {
        model.seal_rebalance(&index.key, &who, &args)
    }))
}

fn tighten(run: &mut Run) -> Option<Step> {
    let mut index = with(run, RebalanceStatus::Sealed)?;
    let known = rules_of(run, &index).rebalance.clone()?;
    let traded: Vec<_> = known
        .traded()
        .map(|(slot, order)| (slot, order.clone()))
        .collect();
    let (slot, order) = run.rng.one(&traded)?;
    let part = (order.high - order.low) / 16 * u128::from(run.rng.below(17));
    let value = match run.rng.below(12) {
        0 => order.low.wrapping_sub(1),
        1 => order.high + 1,
        _ => order.low + part,
    };
    let nonce = known.nonce + u64::from(run.rng.percent(3));
    let name = curator(run, &mut index);
    let (key, who) = (index.key, index.data.curator);
    let call = ix::tighten_order(&key, &who, nonce, slot, value);
    let what = format!("{name} tightens slot {slot} to {value}");
    Some(Step::new(what, call, &[&name], move |model| {
        model.tighten_order(&key, &who, nonce, slot, value)
    }))
}

fn bid(run: &mut Run) -> Option<Step> {
    let index = with(run, RebalanceStatus::Sealed)?;
    let known = rules_of(run, &index).rebalance.clone()?;
    if run.rng.percent(90) {
        run.pass_until(known.starts_at);
    }
    let it = run.model.accrued(&index.key);
    let (name, now) = (actor(run), run.model.now);
    let slots = |side| -> Vec<u8> {
        let of_side = known.traded().filter(|(_, order)| order.side == Some(side));
        of_side.map(|(slot, _)| slot).collect()
    };
    let (sold, bought) = (slots(Side::Sell), slots(Side::Buy));
    let (sell, mut buy) = (run.rng.one(&sold)?, run.rng.one(&bought)?);
    if run.rng.percent(3) {
        buy = sell;
    }
    let order = known.order(sell).ok()?;
    let mut take = order.left.min(it.surplus(sell, order.target).ok()?);
    let mut args = BidArgs {
        nonce: known.nonce + u64::from(run.rng.percent(2)),
        sell,
        buy,
        take: take.max(1),
        most: u64::MAX,
        basket_number: run.rng.below(1 << 40),
        deadline: deadline(run),
    };
    // Mostly as much as the slot that is bought has room for.
    if run.rng.percent(85) {
        let trade = run.model.trade_of(&it, &args).ok()?;
        if let Ok((_, cost)) = it.trade_cost(&trade, now) {
            let order = known.order(buy).ok()?;
            let room = order.left.min(it.deficit(buy, order.target).ok()?);
            if cost > room {
                let fits = u128::from(args.take) * u128::from(room) / u128::from(cost);
                take = u64::try_from(fits).ok()?.saturating_sub(1);
            }
        }
    }
    args.take = run.rng.rash(take);
    let trade = run.model.trade_of(&it, &args);
    let cost = trade.ok().and_then(|trade| it.trade_cost(&trade, now).ok());
    // Where the price is not known to the atom, nothing can be predicted.
    match cost {
        Some((least, most)) if least != most => return None,
        Some((cost, _)) if run.rng.percent(15) => {
            args.most = cost.saturating_sub(u64::from(run.rng.percent(30)));
        }
        _ => {}
    }
    let (wallet, keep) = (run.key(&name), run.rng.percent(25));
    let bid = if keep {
        ix::bid_to_basket(&index, &wallet, args).ok()?
    } else {
        ix::bid(&index, &wallet, args).ok()?
    };
    let what = format!("{name} bids {args:?}, kept {keep}");
    Some(Step::new(what, bid, &[&name], move |model| {
        model.trade_pair(&index.key, &wallet, &args, keep)
    }))
}

fn end(run: &mut Run) -> Option<Step> {
    let index = with(run, RebalanceStatus::Sealed)?;
    let known = rules_of(run, &index).rebalance.clone()?;
    if run.rng.percent(40) {
        run.pass_until(known.ends_at + 1);
    }
    let name = actor(run);
    let (key, who) = (index.key, run.key(&name));
    let nonce = known.nonce + u64::from(run.rng.percent(3));
    let end = ix::end_rebalance(&key, &who, nonce);
    let what = format!("{name} ends rebalance {nonce}");
    Some(Step::new(what, end, &[&name], move |model| {
        model.end_rebalance(&key, &who, nonce)
    }))
}
