//! Standing orders: the coalition's own, and anybody's executed.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        Pubkey,
        address::{find_order, find_round},
        instruction as ix,
        state::{Account, Order, Round, RoundStatus, StandingOrder},
    },
    upside_tests::world::{DAY, ONE},
};

pub const MOVES: &[Move] = &[(4, set), (8, pay), (12, buy), (2, cancel)];

/// Whether a round sells at once, now.
fn sells(round: &Round, now: i64) -> bool {
    let open = round.status() == Ok(RoundStatus::Open) && now < round.ends_at();
    open && !round.escrows()
}

/// An order for the present owner, or for a round that is open or comes next.
pub fn some_order(scene: &mut Scene) -> Option<Order> {
    let rounds = scene.facts.rounds.values();
    let rounds = rounds.filter(|it| sells(it, scene.facts.now));
    let mut numbers: Vec<u64> = rounds.map(|it| it.number).collect();
    if scene.rng.percent(if numbers.is_empty() { 80 } else { 20 }) {
        let owner = scene.facts.token.owner;
        return Some(Order::PayOwner { owner });
    }
    if scene.rng.percent(20) {
        numbers = scene.facts.rounds.values().map(|it| it.number).collect();
    }
    if numbers.is_empty() {
        numbers.push(scene.facts.token.rounds);
    }
    let number = scene.rng.one(&numbers)?;
    let (round, supply) = (find_round(&scene.facts.key, number).0, scene.facts.supply());
    Some(Order::BuyInRound {
        round,
        max_price: scene
            .rng
            .one(&[1, 11 * ONE, u64::MAX, u64::MAX, u64::MAX])?,
        max_supply: if scene.rng.percent(60) {
            u64::MAX
        } else {
            chance::edge(
                &mut scene.rng,
                u64::MAX,
                &[supply, supply.saturating_mul(2)],
            )
        },
        terms_version: scene.facts.token.terms_version,
    })
}

fn set(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let order = some_order(scene)?;
    let ends_at = scene.world.now() + scene.rng.one(&[1, 365 * DAY, 365 * DAY])?;
    let (token, payer) = (scene.facts.key, scene.payer());
    call(
        format!("{who} orders {order:?}"),
        ix::set_order(&token, &payer, &key(who), order, ends_at),
        &[who],
    )
}

/// Somebody's order of a kind.
fn order(scene: &mut Scene, buys: u8) -> Option<(Pubkey, StandingOrder)> {
    let orders = scene.facts.orders.iter().filter(|(_, it)| it.buys == buys);
    let orders: Vec<_> = orders.map(|(wallet, data)| (*wallet, *data)).collect();
    scene.rng.one(&orders)
}

fn pay(scene: &mut Scene) -> Option<Call> {
    let (wallet, _) = order(scene, 0)?;
    call(
        "somebody's dividends are left to the owner as ordered",
        ix::pay_by_order(&scene.token(), &wallet),
        &[],
    )
}

fn buy(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    // Mostly one that can be executed.
    let strict = scene.rng.percent(80);
    let orders = scene.facts.orders.iter();
    let open = |it: &StandingOrder| {
        let round = scene.facts.rounds.get(&it.to);
        round.is_some_and(|it| sells(it, scene.facts.now))
    };
    let orders = orders.filter(|(_, it)| it.buys == 1 && (!strict || open(it)));
    let orders: Vec<_> = orders.map(|(wallet, data)| (*wallet, *data)).collect();
    let (wallet, order) = scene.rng.one(&orders)?;
    let data = *scene.facts.rounds.get(&order.to)?;
    let round = Account {
        key: order.to,
        data,
    };
    call(
        format!("{who} executes an order in round {}", data.number),
        ix::buy_by_order(&scene.token(), &round, &wallet, &key(who)),
        &[who],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let buys = scene.rng.below(2) as u8;
    let (wallet, data) = order(scene, buys)?;
    let order = Account {
        key: find_order(&scene.facts.key, &wallet).0,
        data,
    };
    call(
        format!("{who} cancels an order"),
        ix::cancel_order(&order, &key(who)),
        &[who],
    )
}
