//! Sales, grants, products and passes.

use crate::personal_token::{
    dividend::compare::order,
    grant::compare::grant,
    pass::compare::{pass, product},
};
use {
    crate::model::compare::{Found, evidence, of, same},
    crate::model::{Bid, Model, Place, Sale},
    solana_account::Account,
    upside_sdk::{
        Pubkey,
        state::{self},
    },
};

pub(crate) fn check(found: &mut Found, model: &Model, place: Place, account: Option<&Account>) {
    match place {
        Place::Sale(token, seller, number) => {
            let key = (token, seller, number);
            let mine = model.sales.get(&key);
            of(found, account, mine, |found, data, mine| {
                sale(found, model, key, data, mine);
            });
        }
        Place::Bid(token, bidder, number) => {
            let key = (token, bidder, number);
            let mine = model.bids.get(&key);
            of(found, account, mine, |found, data, mine| {
                bid(found, model, key, data, mine);
            });
        }
        Place::Order(token, wallet) => {
            let mine = model.orders.get(&(token, wallet));
            of(found, account, mine, |found, data, mine| {
                order(found, model, (token, wallet), data, mine);
            });
        }
        Place::Grant(token, number) => {
            let key = (token, number);
            let mine = model.grants.get(&key);
            of(found, account, mine, |found, data, mine| {
                grant(found, model, key, data, mine);
            });
        }
        Place::Product(token, number) => {
            let key = (token, number);
            let mine = model.products.get(&key);
            of(found, account, mine, |found, data, mine| {
                product(found, model, key, data, mine);
            });
        }
        Place::Pass(token, number, wallet) => {
            let key = (token, number, wallet);
            let mine = model.passes.get(&key);
            of(found, account, mine, |found, data, mine| {
                pass(found, model, key, data, mine);
            });
        }
        _ => evidence::check(found, model, place, account),
    }
}

pub(crate) fn sale(
    found: &mut Found,
    model: &Model,
    (token, seller, number): (Pubkey, Pubkey, u64),
    data: &state::Sale,
    mine: &Sale,
) {
    found.field("token", data.token, token);
    found.field("seller", data.seller, seller);
    found.field("number", data.number, number);
    found.field("rent_payer", data.rent_payer, model.payer);
    same!(
        found, data, mine;
        buyer, shares, price, expires_at, sold,
    );
}

pub(crate) fn bid(
    found: &mut Found,
    model: &Model,
    (token, bidder, number): (Pubkey, Pubkey, u64),
    data: &state::Bid,
    mine: &Bid,
) {
    found.field("token", data.token, token);
    found.field("bidder", data.bidder, bidder);
    found.field("number", data.number, number);
    found.field("rent_payer", data.rent_payer, model.payer);
    same!(
        found, data, mine;
        seller, shares, price, expires_at, bought, escrow,
    );
}
