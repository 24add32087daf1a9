//! Baskets, memberships and auctions of indexes.

use {
    super::{Found, same},
    crate::model::index::{VERSION, auctions, baskets, members, price},
    upside_sdk::{
        Pubkey,
        index::{Auction, Basket, Membership, find_auction, find_basket, find_membership},
    },
};

pub(super) fn basket(
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
    same!(found, data, mine; shares, deadline, amounts);
}

pub(super) fn membership(
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
    found.field("member", data.member, mine.member.unwrap_or_default());
    same!(
        found, data, mine;
        rent_payer, token_shares, index_shares, token_supply, offered_at,
        acceptable_from, expires_at,
    );
    let checkpoints = data.checkpoints.map(|index| index.unsigned());
    found.field("checkpoints", checkpoints, mine.checkpoints);
    let owed = data.owed.map(|atoms| atoms.unsigned());
    found.field("owed", owed, mine.owed);
}

pub(super) fn auction(
    found: &mut Found,
    (index, number): (&Pubkey, u64),
    data: &Auction,
    mine: &auctions::Auction,
) {
    let bump = find_auction(index, number).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("number", data.number, number);
    found.field("sell_slot", data.sell_slot, mine.sell);
    found.field("buy_slot", data.buy_slot, mine.buy);
    found.field("sell_left", data.sell_left, mine.left);
    found.field("start_price", data.start_price.unsigned(), mine.start_price);
    found.field("end_price", data.end_price.unsigned(), mine.end_price);
    same!(found, data, mine; rent_payer, starts_at, ends_at);
    let (least, most) = price::decay(mine.start_price, mine.end_price);
    let decay = data.decay.unsigned();
    let exact = (least..=most).contains(&decay);
    found.field("decay within a step", (exact, decay), (true, decay));
}
