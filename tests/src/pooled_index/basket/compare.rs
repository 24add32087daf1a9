//! Baskets, memberships and rebalances of indexes.

use {
    crate::model::compare::{Found, same},
    crate::model::index::{VERSION, baskets},
    upside_sdk::{
        Pubkey,
        index::{Basket, find_basket},
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
    found.field("kind", data.kind.raw(), mine.kind as u8);
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
