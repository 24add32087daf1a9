//! Identity attestations.

use {
    crate::model::Model,
    crate::model::compare::{Found, same},
    upside_sdk::{
        Pubkey,
        state::{self, IdentityAttestation},
    },
};

pub(crate) fn identity(
    found: &mut Found,
    model: &Model,
    (token, attester): (Pubkey, Pubkey),
    data: &state::Identity,
    (mine, signed_at): &(IdentityAttestation, i64),
) {
    found.field("token", data.token, token);
    found.field("attester", data.attester, attester);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("signed_at", data.signed_at, *signed_at);
    same!(found, data, mine; owner, subject, document, expires_at);
}
