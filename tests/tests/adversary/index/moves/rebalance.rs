//! Rebalances: drafted, sealed, traded, tightened, ended.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::Scene,
    },
    upside_sdk::index::{
        BidArgs, OrderInput, Rebalance, RebalanceStatus, SealArgs, Side, instruction as ix,
    },
    upside_tests::world::{NEVER, ONE},
};

pub const MOVES: &[Move] = &[
    (5, open),
    (9, add),
    (8, seal),
    (24, bid),
    (6, bid_to_basket),
    (2, tighten),
    (2, end),
];

fn running(scene: &Scene, status: RebalanceStatus) -> Option<Rebalance> {
    scene.facts.rebalance.filter(|it| it.status == status)
}

pub fn open(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let made = ix::open_rebalance(&scene.index(), &scene.payer());
    call(format!("{curator} drafts a rebalance"), made, &[curator])
}

/// Orders of two slots or more, around what the limits allow, at values around one.
pub fn add(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    running(scene, RebalanceStatus::Drafting)?;
    let slots: Vec<u8> = scene.facts.slots().map(|(slot, _)| slot).collect();
    let mut orders = Vec::new();
    let first = scene.rng.below(slots.len() as u64) as usize;
    for (place, slot) in slots.iter().enumerate() {
        if place != first && scene.rng.percent(50) {
            continue;
        }
        let sells = (place == first) ^ scene.rng.percent(10);
        let held = scene.facts.index.held_per_share(*slot).ok()?;
        let target = if sells {
            let part =
                scene
                    .rng
                    .one(&[held.div_ceil(2), held * 3 / 4 + 1, held * 9 / 10 + 1, 0])?;
            chance::edge(&mut scene.rng, part, &[part])
        } else {
            held.saturating_mul(scene.rng.within(1, 20))
                .saturating_add(ONE)
        };
        let low: u128 = scene.rng.one(&[1 << 64, 1 << 54, (1 << 64) / 3 * 2])?;
        let high = low + scene.rng.one(&[0, low / 10, low])?;
        let it = scene.facts.index.constituents[usize::from(*slot)];
        let supply = scene.facts.tokens.get(&it.key).map_or(0, |it| it.supply);
        let supply = match scene.rng.below(8) {
            0 => supply / 2,
            1 => supply.saturating_mul(2),
            _ => supply,
        };
        orders.push(OrderInput {
            slot: *slot,
            side: if sells { Side::Sell } else { Side::Buy },
            target,
            low,
            high,
            supply,
        });
    }
    let what = orders
        .iter()
        .map(|it| format!("{:?} {} to {}", it.side, it.slot, it.target));
    let what: Vec<String> = what.collect();
    let made = ix::add_orders(&scene.index(), orders).ok()?;
    call(format!("{curator} orders {what:?}"), made, &[curator])
}

pub fn seal(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let draft = running(scene, RebalanceStatus::Drafting)?;
    let args = SealArgs {
        content: draft.hash(),
        duration: scene.rng.one(&[6 * 3_600, 86_400, 7 * 86_400])?,
        long_notice: scene.rng.percent(25),
        by_majority: scene.rng.percent(25),
    };
    let made = ix::seal_rebalance(&scene.index(), args);
    call(
        format!("{curator} seals a rebalance {args:?}"),
        made,
        &[curator],
    )
}

/// What somebody takes and what for.
fn bidding(scene: &mut Scene) -> Option<(&'static str, BidArgs)> {
    let who = scene.actor();
    let it = running(scene, RebalanceStatus::Sealed)?;
    let of = |side: Side| -> Vec<u8> {
        let traded = it.traded().filter(|(_, order)| order.side() == Some(side));
        traded.map(|(slot, _)| slot).collect()
    };
    let (sell, buy) = (
        scene.rng.one(&of(Side::Sell))?,
        scene.rng.one(&of(Side::Buy))?,
    );
    let order = it.order(sell).ok()?;
    let surplus = scene.facts.index.surplus(sell, order.target).ok()?;
    let most = order.left.min(surplus);
    let bought = it.order(buy).ok()?.left;
    let take = chance::edge(&mut scene.rng, most, &[most / 10, bought / 2, 1]);
    let args = BidArgs {
        nonce: it.nonce,
        sell,
        buy,
        take,
        most: u64::MAX,
        basket_number: 10 + scene.rng.below(2),
        deadline: NEVER,
    };
    Some((who, args))
}

fn bid(scene: &mut Scene) -> Option<Call> {
    let (who, args) = bidding(scene)?;
    let made = ix::bid(&scene.index(), &key(who), args).ok()?;
    let what = format!(
        "{who} takes {} of slot {} for slot {}",
        args.take, args.sell, args.buy
    );
    call(what, made, &[who])
}

fn bid_to_basket(scene: &mut Scene) -> Option<Call> {
    let (who, args) = bidding(scene)?;
    let made = ix::bid_to_basket(&scene.index(), &key(who), args).ok()?;
    let what = format!(
        "{who} takes {} of slot {} for slot {} into a basket",
        args.take, args.sell, args.buy
    );
    call(what, made, &[who])
}

fn tighten(scene: &mut Scene) -> Option<Call> {
    let by = scene.curator()?;
    let it = running(scene, RebalanceStatus::Sealed)?;
    let traded: Vec<u8> = it.traded().map(|(slot, _)| slot).collect();
    let slot = scene.rng.one(&traded)?;
    let order = it.order(slot).ok()?;
    let (low, high) = (order.low.unsigned(), order.high.unsigned());
    let value = scene
        .rng
        .one(&[low, high, low + (high - low) / 2, low / 2, high * 2])?;
    let made = ix::tighten_order(&scene.facts.key, &key(by), it.nonce, slot, value);
    call(format!("{by} tightens slot {slot} to {value}"), made, &[by])
}

fn end(scene: &mut Scene) -> Option<Call> {
    let it = running(scene, RebalanceStatus::Sealed)?;
    let by = scene.actor();
    let made = ix::end_rebalance(&scene.facts.key, &key(by), it.nonce);
    call(format!("{by} ends a rebalance"), made, &[by])
}
