//! Attesters, attestations, and what becomes of claims.

use {crate::cases::*, upside_sdk::address::find_attestation};

/// A world with equity on paper, an attester and two holders.
pub fn with_attester() -> World {
    let mut w = World::new();
    w.accept(&["ann"]);
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    w.declare(equity_terms());
    w
}

pub(crate) fn add_attesters() -> Case {
    let w = World::new();
    let keys = [key("ann"), key("abe")];
    let add = ix::add_attesters(&w.token, &key("founder"), &payer(&w), &keys);
    by(w, add, &["founder"])
}

pub(crate) fn add_another_attester() -> Case {
    let mut w = World::new();
    w.issue("founder", ONE);
    w.accept(&["ann"]);
    let add = ix::add_attesters(&w.token, &key("founder"), &payer(&w), &[key("abe")]);
    by(w, add, &["founder"])
}

pub(crate) fn remove_attester() -> Case {
    let mut w = World::new();
    w.accept(&["ann"]);
    let remove = ix::remove_attester(&w.token, &key("founder"), &key("ann"));
    by(w, remove, &["founder"])
}

pub(crate) fn set_attester_threshold() -> Case {
    let w = with_attester();
    let set = ix::set_attester_threshold(&w.token, &key("founder"), 2);
    by(w, set, &["founder"])
}

pub(crate) fn name_successor() -> Case {
    let w = with_attester();
    let name = ix::name_successor(&w.token, &key("ann"), &key("abe"));
    by(w, name, &["ann"])
}

pub(crate) fn take_seat() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = name_successor();
    w.send(&instruction, &[&person("ann")]).ok();
    w.pass(8 * DAY);
    let take = ix::take_seat(&w.token, &key("ann"), &key("abe"));
    by(w, take, &["abe"])
}

pub(crate) fn attest(w: &mut World) -> Instruction {
    let claim = w.claim(0);
    let until = w.now() + 30 * DAY;
    let statement = ix::statement(&claim, Atoms(5_000 * ONE), Atoms(900 * ONE), until).unwrap();
    ix::attest_claim(&claim, &payer(w), &key("ann"), statement)
}

pub(crate) fn attest_claim() -> Case {
    let mut w = with_attester();
    let attest = attest(&mut w);
    by(w, attest, &["ann"])
}

pub(crate) fn with_attested_claim() -> World {
    let mut w = with_attester();
    let attest = attest(&mut w);
    w.send(&attest, &[&person("ann")]).ok();
    w
}

pub(crate) fn attest_claim_again() -> Case {
    let mut w = with_attested_claim();
    w.pass(DAY);
    let again = attest(&mut w);
    by(w, again, &["ann"])
}

pub(crate) fn revoke_attestation() -> Case {
    let mut w = with_attested_claim();
    let claim = find_claim(&w.token, 0).0;
    let signed = w.get(&find_attestation(&claim, &key("ann")).0);
    by(w, ix::revoke_attestation(&signed, &key("ann")), &["ann"])
}

/// Anybody closes what was signed on a claim that is over.
pub(crate) fn revoke_attestation_of_an_old_claim() -> Case {
    let mut w = with_attested_claim();
    let list = w.attesters();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), list.as_ref(), 1_000);
    w.send(&off, &[&person("founder")]).ok();
    let claim = find_claim(&w.token, 0).0;
    let signed = w.get(&find_attestation(&claim, &key("ann")).0);
    by(
        w,
        ix::revoke_attestation(&signed, &key("carol")),
        &["carol"],
    )
}

pub(crate) fn dispute_claim() -> Case {
    let mut w = with_attested_claim();
    let dispute = ix::dispute_claim(&w.claim(0), &key("ann"), [4; 32]);
    by(w, dispute, &["ann"])
}

pub(crate) fn resolve_dispute() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = dispute_claim();
    w.send(&instruction, &[&person("ann")]).ok();
    let resolve = ix::resolve_dispute(&w.claim(0), &key("ann"));
    by(w, resolve, &["ann"])
}
