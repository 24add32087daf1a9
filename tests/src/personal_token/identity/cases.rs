//! Identity attestations.

use {
    crate::cases::*,
    upside_sdk::{address::find_identity, state::IdentityAttestation},
};

/// What ann signs.
pub fn identity_attestation(w: &World) -> IdentityAttestation {
    IdentityAttestation {
        owner: key("founder"),
        subject: [5; 32],
        document: [6; 32],
        expires_at: w.now() + 30 * DAY,
    }
}

pub(crate) fn attest_identity() -> Case {
    let w = World::new();
    let attest = ix::attest_identity(&w.token, &payer(&w), &key("ann"), identity_attestation(&w));
    by(w, attest, &["ann"])
}

/// A world in which ann attests the founder's identity.
pub fn attested() -> World {
    let Case {
        world: mut w,
        instruction,
        ..
    } = attest_identity();
    w.send(&instruction, &[&person("ann")]).ok();
    w
}

pub(crate) fn attest_again() -> Case {
    let mut w = attested();
    w.pass(DAY);
    let again = ix::attest_identity(&w.token, &payer(&w), &key("ann"), identity_attestation(&w));
    by(w, again, &["ann"])
}

pub(crate) fn revoke_identity() -> Case {
    let mut w = attested();
    let signed = w.get(&find_identity(&w.token, &key("ann")).0);
    by(w, ix::revoke_identity(&signed, &key("ann")), &["ann"])
}
