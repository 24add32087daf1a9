//! Rebalances and their orders.

use {
    crate::model::compare::{Found, same},
    crate::model::index::{VERSION, orders, price, rebalance},
    upside_sdk::{
        Pubkey,
        index::{Order, Rebalance, Side, find_rebalance},
    },
};

pub(crate) fn rebalance(
    found: &mut Found,
    index: &Pubkey,
    data: &Rebalance,
    mine: &rebalance::Rebalance,
) {
    let bump = find_rebalance(index).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("status", data.status.raw(), mine.status as u8);
    found.field("long_notice", data.long_notice, u8::from(mine.long_notice));
    found.field("by_majority", data.by_majority, u8::from(mine.by_majority));
    same!(found, data, mine; nonce, starts_at, ends_at, content);
    for (place, (order, mine)) in data.orders.iter().zip(&mine.orders).enumerate() {
        check_order(found, place, order, mine);
    }
}

pub(crate) fn check_order(found: &mut Found, place: usize, data: &Order, mine: &orders::Order) {
    let side = match mine.side {
        None => 0,
        Some(Side::Sell) => 1,
        Some(Side::Buy) => 2,
    };
    let name = |field| format!("orders[{place}].{field}");
    let same = (data.key, data.side.raw()) == (mine.key, side);
    found.field(&name("key and side"), same, true);
    let first: [u8; 8] = mine.known.as_ref()[..8].try_into().expect("eight bytes");
    let known = u64::from_le_bytes(first);
    let chain = [data.target, data.left, data.supply, data.known];
    let model = [mine.target, mine.left, mine.supply, known];
    found.field(&name("target, left, supply, known"), chain, model);
    let chain = [data.low.unsigned(), data.high.unsigned()];
    found.field(&name("low, high"), chain, [mine.low, mine.high]);
    let chain = [data.reference, data.year_reference, data.year_before];
    let model = [mine.reference, mine.year_reference, mine.year_before];
    found.field(&name("references"), chain, model);
    let chain = [data.traded_at, data.year_at];
    found.field(&name("times"), chain, [mine.traded_at, mine.year_at]);
    if mine.low > 0 {
        let (least, most) = price::decay(mine.high, mine.low);
        let decay = data.decay();
        let exact = (least..=most).contains(&decay);
        found.field(&name("decay within a step"), (exact, decay), (true, decay));
    } else {
        found.field(&name("decay"), data.decay, 0);
    }
}
