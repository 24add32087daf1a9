//! Products and passes.

use {
    crate::model::compare::{Found, same},
    crate::model::{Model, Pass, Product},
    upside_sdk::{
        Pubkey,
        address::find_product,
        state::{self, PassPrice, text},
    },
};

pub(crate) fn product(
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
    found.field("kind", data.kind.raw(), kind);
    found.field("status", data.status.raw(), u8::from(!mine.open));
    found.field("mint", data.mint, mint);
    found.field("price", data.price, mine.price());
    found.field(
        "linked",
        data.linked,
        u8::from(terms.claim_number.is_some()),
    );
    found.field("claim", data.claim, terms.claim_number.unwrap_or(0));
    found.field("passes", data.passes, passes.count() as u64);
    found.field("name", text::read(&data.name), terms.name.as_str());
    found.field("uri", text::read(&data.uri), terms.uri.as_str());
    same!(found, data, terms; tier, units, lifetime, max_passes, point_of_sale);
    same!(found, data, mine; sold, opened_at);
}

pub(crate) fn pass(
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
