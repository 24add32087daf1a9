//! Claims.

use {
    super::{Found, padded, same},
    crate::model::claim::Claim,
    upside_sdk::{Pubkey, state},
};

pub(super) fn check(
    found: &mut Found,
    token: &Pubkey,
    number: u64,
    data: &state::Claim,
    mine: &Claim,
) {
    found.field("token", data.token, *token);
    found.field("number", data.number, number);
    found.field("kind", data.kind, mine.kind as u8);
    found.field("status", data.status, mine.status as u8);
    let [name, unit_label, uri] = &mine.texts;
    found.field("name", data.name, padded(name));
    found.field("unit_label", data.unit_label, padded(unit_label));
    found.field("uri", data.uri, padded(uri));
    let disputed = u8::from(mine.disputed_by != Pubkey::default());
    found.field("disputed", data.disputed, disputed);
    same!(
        found, data, mine;
        share_bps, transforms, rent_payer, mint, payer, document, units, exited, released,
        cost, received, total, declared_at, updated_at, ends_at, disputed_by, written_off,
        due, reported_period, attestations,
    );
}
