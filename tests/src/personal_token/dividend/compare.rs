//! Standing orders.

use {
    crate::model::compare::{Found, same},
    crate::model::{Model, StandingOrder},
    upside_sdk::{
        Pubkey,
        state::{self, Order},
    },
};

pub(crate) fn order(
    found: &mut Found,
    model: &Model,
    (token, wallet): (Pubkey, Pubkey),
    data: &state::StandingOrder,
    mine: &StandingOrder,
) {
    let (buys, to, bounds) = match mine.order {
        Order::PayOwner { owner } => (0, owner, [0; 3]),
        Order::BuyInRound {
            round,
            max_price,
            max_supply,
            terms_version,
        } => (1, round, [max_price, max_supply, terms_version]),
    };
    found.field("token", data.token, token);
    found.field("wallet", data.wallet, wallet);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("buys", data.buys, buys);
    found.field("to", data.to, to);
    let said = [data.max_price, data.max_supply, data.terms_version];
    found.field("bounds", said, bounds);
    same!(found, data, mine; ends_at);
}
