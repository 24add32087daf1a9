//! Baskets, memberships and rebalances of indexes.

use {
    crate::model::compare::{Found, pooled_index, same},
    crate::model::{
        Model,
        index::{self, VERSION, baskets, members, orders, price, rebalance, wraps},
    },
    upside_sdk::{
        Pubkey,
        index::{
            Basket, Membership, Offer, Order, Rebalance, Side, Subject, Wrapper, find_basket,
            find_membership, find_offer, find_rebalance, find_subject, find_tickets, find_wrapper,
        },
    },
};

pub(crate) fn basket(
    found: &mut Found,
    (index, wallet, nonce): (&Pubkey, &Pubkey, u64),
    data: &Basket,
    mine: &baskets::Basket,
) {
    let bump = find_basket(index, wallet, nonce).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("wallet", data.wallet, *wallet);
    found.field("rent_payer", data.rent_payer, *wallet);
    found.field("nonce", data.nonce, nonce);
    found.field("kind", data.kind, mine.kind as u8);
    found.field("brought", data.brought, u8::from(mine.brought));
    same!(found, data, mine; shares, deadline, entry_fee_bps, amounts, costs);
    for (place, note) in data.notes.iter().enumerate() {
        let chain = (note.slot, usize::from(note.stream), note.coin);
        let mine = mine.notes.get(place);
        let model = mine.map_or((0, 0, 0), |note| (note.slot, note.stream, note.coin));
        found.field(&format!("notes[{place}]"), chain, model);
        let chain = (note.atoms, note.harvests);
        let model = mine.map_or((0, 0), |note| (note.atoms, note.harvests));
        found.field(&format!("notes[{place}] due"), chain, model);
    }
}

pub(crate) fn membership(
    found: &mut Found,
    (index, token): (&Pubkey, &Pubkey),
    data: &Membership,
    mine: &members::Membership,
) {
    let bump = find_membership(index, token).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("token", data.token, *token);
    found.field("status", data.status, mine.status as u8);
    found.field("ending", data.ending, mine.ending as u8);
    let (successor, from) = mine.successor.unwrap_or_default();
    found.field("successor", data.successor, successor);
    found.field("successor_at", data.successor_at, from);
    let subject = mine.subject.map(|subject| find_subject(index, &subject).0);
    found.field("subject", data.subject, subject.unwrap_or_default());
    same!(
        found, data, mine;
        member, rent_payer, token_shares, index_shares, locked, joined_at, ends_at,
    );
    let checkpoints = data.checkpoints.map(|index| index.unsigned());
    found.field("checkpoints", checkpoints, mine.checkpoints);
    let owed = data.owed.map(|atoms| atoms.unsigned());
    found.field("owed", owed, mine.owed);
}

pub(crate) fn offer(
    found: &mut Found,
    (index, nonce): (&Pubkey, u64),
    data: &Offer,
    mine: &members::Offer,
) {
    let bump = find_offer(index, nonce).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("nonce", data.nonce, nonce);
    same!(
        found, data, mine;
        token, rent_payer, token_shares, index_shares, cap, offered_at, acceptable_from,
    );
}

/// What keeps a human from a second membership, and whose it is.
pub(crate) fn subject(
    found: &mut Found,
    model: &Model,
    (index, subject): (&Pubkey, &[u8; 32]),
    data: &Subject,
    mine: &index::PooledIndex,
) {
    let bump = find_subject(index, subject).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("rent_payer", data.rent_payer, model.payer);
    let mut people = mine.people.iter();
    let whose = people.find(|(_, mine)| mine.subject == Some(*subject));
    let whose = whose.map(|(token, _)| find_membership(index, token).0);
    found.field("membership", Some(data.membership), whose);
}

pub(crate) fn rebalance(
    found: &mut Found,
    index: &Pubkey,
    data: &Rebalance,
    mine: &rebalance::Rebalance,
) {
    let bump = find_rebalance(index).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("status", data.status, mine.status as u8);
    found.field("long_notice", data.long_notice, u8::from(mine.long_notice));
    found.field("by_majority", data.by_majority, u8::from(mine.by_majority));
    same!(found, data, mine; nonce, starts_at, ends_at, content);
    for (place, (order, mine)) in data.orders.iter().zip(&mine.orders).enumerate() {
        check_order(found, place, order, mine);
    }
}

fn check_order(found: &mut Found, place: usize, data: &Order, mine: &orders::Order) {
    let side = match mine.side {
        None => 0,
        Some(Side::Sell) => 1,
        Some(Side::Buy) => 2,
    };
    let name = |field| format!("orders[{place}].{field}");
    let same = (data.key, data.side) == (mine.key, side);
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

pub(crate) fn wrapper(
    found: &mut Found,
    model: &Model,
    (index, number): (&Pubkey, u64),
    data: &Wrapper,
    mine: &wraps::Wrapper,
) {
    let mint = find_tickets(index, number).0;
    let bump = find_wrapper(&mint).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("mint", data.mint, mint);
    found.field("number", data.number, number);
    found.field("active", data.active, u8::from(mine.active));
    found.field("kind", data.kind, mine.kind as u8);
    let (custody, flags) = pooled_index::custody(model, index, mine.kind, &mine.key);
    found.field("custody", data.custody, custody);
    found.field("flags", data.flags, flags);
    same!(
        found, data, mine;
        slot, decimals, key, tickets, atoms, wrapped_at, pots, before, rent_payer,
    );
}
