//! Claims.

use {
    crate::model::claim::Claim,
    crate::model::compare::{Found, padded, same},
    upside_sdk::{Pubkey, state},
};

pub(crate) fn check(
    found: &mut Found,
    token: &Pubkey,
    number: u64,
    data: &state::Claim,
    mine: &Claim,
) {
    found.field("token", data.token, *token);
    found.field("number", data.number, number);
    found.field("kind", data.kind.raw(), mine.kind as u8);
    found.field("status", data.status.raw(), mine.status as u8);
    let [name, unit_label, uri] = &mine.texts;
    found.field("name", data.name, padded(name));
    found.field("unit_label", data.unit_label, padded(unit_label));
    found.field("uri", data.uri, padded(uri));
    let disputes = mine
        .disputes
        .iter()
        .fold(0, |bits, seat| bits | 1u8 << seat);
    found.field("disputes", data.disputes, disputes);
    let disputed = u8::from(mine.disputed_by_holders);
    found.field("disputed_by_holders", data.disputed_by_holders, disputed);
    found.field("terms", data.terms, mine.terms(token, number));
    found.field("reported_gross", data.reported_gross, mine.gross[0]);
    found.field("corrected_gross", data.corrected_gross, mine.gross[1]);
    let (auction, own) = (&data.auction, &mine.auction);
    same!(found, auction, own; number, units, sold, start, end, noted, starts_at, ends_at, poll);
    same!(
        found, data, mine;
        share_bps, transforms, rent_payer, mint, payer, document, units, exited, released,
        cost, received, total, declared_at, updated_at, ends_at, written_off, found, published,
        said_at, value, decimals, due, due_last, reported_period, corrections,
        estate, estate_from, estate_collected,
    );
}
