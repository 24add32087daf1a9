//! Rebalances: whose price, whose clock, how far.

use {
    super::{Attack, free, join_in, key, landed, refused},
    solana_program::instruction::Instruction,
    upside_sdk::index::{
        BidArgs, OrderInput, SealArgs, Side, SlotKind, find_rebalance, instruction as ix,
    },
    upside_tests::{
        pool::PoolWorld,
        world::{DAY, NEVER, ONE},
    },
};

/// An order at a value of one to two for each atom.
pub fn order(pool: &mut PoolWorld, slot: u8, side: Side, target: u64) -> OrderInput {
    let it = pool.index().data.constituents[usize::from(slot)];
    let person = it.kind == SlotKind::Personal;
    OrderInput {
        slot,
        side,
        target,
        low: 1 << 64,
        high: 2 << 64,
        supply: if person {
            let token = pool.world.get::<upside_sdk::state::PersonalToken>(&it.key);
            token.data.supply
        } else {
            0
        },
    }
}

fn announce(pool: &mut PoolWorld, orders: Vec<OrderInput>, args: SealArgs) -> u64 {
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    let add = ix::add_orders(&pool.index(), orders).unwrap();
    pool.send_all(&[open, add], &["curator"]).succeeded();
    let place = find_rebalance(&pool.index).0;
    let draft = pool.world.get::<upside_sdk::index::Rebalance>(&place).data;
    let args = SealArgs {
        content: draft.hash(),
        ..args
    };
    let seal = ix::seal_rebalance(&pool.index(), args);
    pool.send(&seal, &["curator"]).succeeded();
    let it = pool.world.get::<upside_sdk::index::Rebalance>(&place).data;
    let wait = it.starts_at - pool.world.now();
    pool.world.pass(wait);
    it.nonce
}

/// Announces these orders and lets the notice pass; returns the announcement's number.
pub fn sealed(pool: &mut PoolWorld, orders: Vec<OrderInput>, duration: u32) -> u64 {
    let args = SealArgs {
        content: [0; 32],
        duration,
        long_notice: false,
        by_majority: false,
    };
    announce(pool, orders, args)
}

/// The same beyond the limits; the majority, which is the curator's, supports it.
pub fn sealed_by_majority(pool: &mut PoolWorld, orders: Vec<OrderInput>, duration: u32) -> u64 {
    let args = SealArgs {
        content: [0; 32],
        duration,
        long_notice: true,
        by_majority: true,
    };
    super::holders::lock_all(pool, "curator");
    let notice = i64::from(pool.index().data.terms.notice_seconds);
    pool.world.pass(notice);
    let nonce = announce(pool, orders, args);
    super::holders::support(pool, "curator", nonce);
    nonce
}

/// A bid without bounds.
pub fn bid(
    pool: &mut PoolWorld,
    who: &str,
    nonce: u64,
    [sell, buy]: [u8; 2],
    take: u64,
) -> Instruction {
    let args = BidArgs {
        nonce,
        sell,
        buy,
        take,
        most: u64::MAX,
        basket_number: 0,
        deadline: NEVER,
    };
    ix::bid(&pool.index(), &key(who), args).unwrap()
}

/// A world with cash for sale against p0, which everybody of these may bid for.
fn trading() -> (PoolWorld, u64) {
    let mut pool = free(2);
    for who in ["mallory", "sam"] {
        join_in(&mut pool, who);
        for person in ["p0", "p1"] {
            pool.issue(person, who, 50_000 * ONE);
        }
    }
    let orders = vec![
        order(&mut pool, 2, Side::Sell, 4 * ONE),
        order(&mut pool, 0, Side::Buy, 10 * ONE),
        order(&mut pool, 1, Side::Buy, 10 * ONE),
    ];
    let nonce = sealed(&mut pool, orders, 86_400);
    (pool, nonce)
}

/// M1. A pause stops no bids, so that it hides no clock.
#[test]
fn a_pause_stops_no_bids() {
    let (mut pool, nonce) = trading();
    let mut attack = Attack::by(&["curator"], "pause the competition away");
    let pause = ix::pause(&pool.index(), &key("curator"));
    landed(attack.send(&mut pool, "pause", &[pause]));
    pool.world.pass(DAY / 2);
    let made = bid(&mut pool, "bob", nonce, [2, 0], 100 * ONE);
    pool.send(&made, &["bob"]).succeeded();
}

/// Whoever bids pays what the clock says, however it is cut up and whatever else is in the
/// transaction.
#[test]
fn bids_in_parts_pay_no_less() {
    let mut attack = Attack::by(&["mallory", "sam"], "bid in parts, with borrowed shares");
    for parts in [1, 2, 5] {
        let (mut pool, nonce) = trading();
        pool.world.pass(DAY / 3);
        let had = pool.index().data.constituents[0].counter;
        let made: Vec<Instruction> = (0..parts)
            .map(|_| bid(&mut pool, "mallory", nonce, [2, 0], 100 * ONE / parts))
            .collect();
        landed(attack.send(&mut pool, &format!("in {parts} parts"), &made));
        let got = pool.index().data.constituents[0].counter - had;
        // A third of the way: high^(2/3) for low^(2/3) of one another.
        assert!(got >= 125 * ONE, "{got}");
    }
}

/// What is redeemed or contributed around a bid moves neither its lot nor its limits.
#[test]
fn entries_and_exits_around_a_bid_gain_nothing() {
    let (mut pool, nonce) = trading();
    pool.world.pass(DAY);
    let mut attack = Attack::by(&["mallory"], "stretch a lot by coming in for a moment");
    let contribute = pool.contribute_ix("mallory", 500 * upside_tests::pool::INDEX_ONE);
    let left = {
        let place = find_rebalance(&pool.index).0;
        let it = pool.world.get::<upside_sdk::index::Rebalance>(&place).data;
        it.order(2).unwrap().left
    };
    let more = bid(&mut pool, "mallory", nonce, [2, 0], left + 1);
    let got = attack.send(
        &mut pool,
        "come in and take more than the lot",
        &[contribute, more],
    );
    refused(got, "LotShort");
}

/// Nobody trades before the notice is over, after the end, or what was stopped.
#[test]
fn nothing_is_traded_outside_its_time() {
    let (mut pool, nonce) = trading();
    let mut attack = Attack::by(&["curator", "mallory"], "trade outside the time announced");
    let made = bid(&mut pool, "mallory", nonce, [2, 0], ONE);
    let mut late = pool.fork();
    late.world.pass(DAY + 1);
    refused(
        attack.send(&mut late, "after the end", std::slice::from_ref(&made)),
        "RebalanceOver",
    );
    let end = ix::end_rebalance(&pool.index, &key("curator"), nonce);
    let got = attack.send(&mut pool, "stopped in front of it", &[end, made.clone()]);
    assert!(got.is_some());
    // Another draft in the same transaction.
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    let got = attack.send(&mut pool, "another draft in front of it", &[open]);
    refused(got, "RebalanceRunning");
}
