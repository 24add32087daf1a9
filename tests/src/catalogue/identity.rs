//! Who vouches for whom.

use {
    super::*,
    upside_sdk::{address::find_identity, state::Voucher},
};

/// What ann signs.
pub fn voucher(w: &World) -> Voucher {
    Voucher {
        owner: key("founder"),
        subject: [5; 32],
        document: [6; 32],
        expires_at: w.now() + 30 * DAY,
    }
}

pub(super) fn vouch_identity() -> Case {
    let w = World::new();
    let vouch = ix::vouch_identity(&w.token, &payer(&w), &key("ann"), voucher(&w));
    by(w, vouch, &["ann"])
}

/// A world in which ann vouches for the founder.
pub fn vouched() -> World {
    let Case {
        world: mut w,
        instruction,
        ..
    } = vouch_identity();
    w.send(&instruction, &[&person("ann")]).ok();
    w
}

pub(super) fn vouch_again() -> Case {
    let mut w = vouched();
    w.pass(DAY);
    let again = ix::vouch_identity(&w.token, &payer(&w), &key("ann"), voucher(&w));
    by(w, again, &["ann"])
}

pub(super) fn revoke_identity() -> Case {
    let mut w = vouched();
    let signed = w.get(&find_identity(&w.token, &key("ann")).0);
    by(w, ix::revoke_identity(&signed, &key("ann")), &["ann"])
}
