//! Sales, grants, products and passes.

use {
    crate::model::compare::{Found, evidence, of, same},
    crate::model::{Bid, Grant, GrantState, Model, Pass, Place, Product, Sale, StandingOrder},
    solana_account::Account,
    upside_sdk::{
        Pubkey,
        address::find_product,
        state::{self, Order, PassPrice, text},
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

fn sale(
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

fn bid(
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

fn order(
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

fn grant(
    found: &mut Found,
    model: &Model,
    (token, number): (Pubkey, u64),
    data: &state::Grant,
    mine: &Grant,
) {
    let terms = &mine.terms;
    let status = match mine.state {
        GrantState::Offered => 0,
        GrantState::Accepted => 1,
        GrantState::Revoked => 2,
    };
    found.field("token", data.token, token);
    found.field("number", data.number, number);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("revocable", data.revocable, u8::from(terms.revocable));
    found.field("status", data.status, status);
    found.field(
        "since",
        data.since.map(|since| since.unsigned()),
        mine.since,
    );
    same!(
        found, data, mine;
        beneficiary, shares, collected, expires_at, reference, accepted_at, backing,
    );
    let royalty = (data.royalty.epoch, data.royalty.bps);
    found.field("royalty", royalty, mine.royalty);
    found.field("room", (data.room, data.room_period), mine.room);
    same!(found, data, terms; start, cliff_seconds, duration_seconds);
}

fn product(
    found: &mut Found,
    model: &Model,
    (token, number): (Pubkey, u64),
    data: &state::Product,
    mine: &Product,
) {
    let terms = &mine.terms;
    let (kind, mint) = match terms.asks {
        PassPrice::Pay { mint, .. } => (0, mint),
        PassPrice::Hold { .. } => (1, Pubkey::default()),
        PassPrice::Burn { .. } => (2, Pubkey::default()),
    };
    let given = model.passes.keys();
    let passes = given.filter(|(whose, of, _)| *whose == token && *of == number);
    found.field("token", data.token, token);
    found.field("number", data.number, number);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("kind", data.kind, kind);
    found.field("status", data.status, u8::from(!mine.open));
    found.field("mint", data.mint, mint);
    found.field("price", data.price, mine.price());
    found.field("linked", data.linked, u8::from(terms.claim.is_some()));
    found.field("claim", data.claim, terms.claim.unwrap_or(0));
    found.field("passes", data.passes, passes.count() as u64);
    found.field("name", text::read(&data.name), terms.name.as_str());
    found.field("uri", text::read(&data.uri), terms.uri.as_str());
    same!(found, data, terms; tier, units, lifetime, max_passes, point_of_sale);
    same!(found, data, mine; sold, opened_at);
}

fn pass(
    found: &mut Found,
    model: &Model,
    (token, number, wallet): (Pubkey, u64, Pubkey),
    data: &state::Pass,
    mine: &Pass,
) {
    let tier = model.products[&(token, number)].terms.tier;
    let product = find_product(&token, number).0;
    found.field("token", data.token, token);
    found.field("product", data.product, product);
    found.field("wallet", data.wallet, wallet);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("tier", data.tier, tier);
    same!(found, data, mine; units, used, expires_at, bought_at, locked, epoch);
}
