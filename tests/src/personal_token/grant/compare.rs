//! Grants.

use {
    crate::model::compare::{Found, same},
    crate::model::{Grant, GrantState, Model},
    upside_sdk::{
        Pubkey,
        state::{self},
    },
};

pub(crate) fn grant(
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
    found.field("status", data.status.raw(), status);
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
