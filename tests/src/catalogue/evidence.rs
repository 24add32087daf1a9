//! Attesters, attestations, and what becomes of claims.

use {
    super::*,
    crate::terms::revenue_terms,
    upside_sdk::{
        address::find_attestation,
        state::{RevenueReport, Statement, Transformation},
    },
};

/// A world with equity on paper and an attester.
pub fn with_attester() -> World {
    let mut w = with_paper();
    let add = ix::add_attester(&w.token(), &payer(&w), &key("ann"));
    w.send(&add, &[&person("founder")]).ok();
    w
}

pub(super) fn add_attester() -> Case {
    let mut w = with_paper();
    let add = ix::add_attester(&w.token(), &payer(&w), &key("ann"));
    by(w, add, &["founder"])
}

pub(super) fn add_another_attester() -> Case {
    let mut w = with_attester();
    let add = ix::add_attester(&w.token(), &payer(&w), &key("abe"));
    by(w, add, &["founder"])
}

pub(super) fn announce_attester_removal() -> Case {
    let mut w = with_attester();
    let announce = ix::announce_attester_removal(&w.token(), &key("ann"));
    by(w, announce, &["founder"])
}

pub(super) fn remove_attester() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = announce_attester_removal();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(8 * DAY);
    let remove = ix::remove_attester(&w.token, &key("carol"), &key("ann"));
    by(w, remove, &["carol"])
}

pub(super) fn set_attester_threshold() -> Case {
    let mut w = with_attester();
    let set = ix::set_attester_threshold(&w.token(), 2);
    by(w, set, &["founder"])
}

pub(super) fn apply_attester_threshold() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = set_attester_threshold();
    w.send(&instruction, &[&person("founder")]).ok();
    let lower = ix::set_attester_threshold(&w.token(), 1);
    w.send(&lower, &[&person("founder")]).ok();
    w.pass(8 * DAY);
    let apply = ix::apply_attester_threshold(&w.token, &key("carol"));
    by(w, apply, &["carol"])
}

fn attest(w: &mut World) -> Instruction {
    let statement = Statement {
        value: 5_000 * ONE,
        document: [9; 32],
        expires_at: w.now() + 30 * DAY,
    };
    let claim = w.claim(0);
    ix::attest_claim(&claim, &payer(w), &key("ann"), statement)
}

pub(super) fn attest_claim() -> Case {
    let mut w = with_attester();
    let attest = attest(&mut w);
    by(w, attest, &["ann"])
}

fn attested() -> World {
    let mut w = with_attester();
    let attest = attest(&mut w);
    w.send(&attest, &[&person("ann")]).ok();
    w
}

pub(super) fn attest_claim_again() -> Case {
    let mut w = attested();
    w.pass(DAY);
    let again = attest(&mut w);
    by(w, again, &["ann"])
}

pub(super) fn revoke_attestation() -> Case {
    let mut w = attested();
    let claim = find_claim(&w.token, 0).0;
    let signed = w.get(&find_attestation(&claim, &key("ann")).0);
    by(w, ix::revoke_attestation(&signed), &["ann"])
}

pub(super) fn dispute_claim() -> Case {
    let mut w = attested();
    let dispute = ix::dispute_claim(&w.claim(0), &key("ann"), [4; 32]);
    by(w, dispute, &["ann"])
}

pub(super) fn resolve_dispute() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = dispute_claim();
    w.send(&instruction, &[&person("ann")]).ok();
    let resolve = ix::resolve_dispute(&w.claim(0), &key("ann"));
    by(w, resolve, &["ann"])
}

pub(super) fn transform_claim() -> Case {
    let mut w = with_paper();
    let into = Transformation {
        units: 10_000,
        name: "Analytical Engines Holding".into(),
        unit_label: "common".into(),
        uri: "https://ada.example/merger.pdf".into(),
        document: [10; 32],
    };
    let transform = ix::transform_claim(&w.claim(0), &key("founder"), into);
    by(w, transform, &["founder"])
}

pub(super) fn write_off_claim() -> Case {
    let mut w = with_paper();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), 400);
    by(w, off, &["founder"])
}

pub(super) fn write_off_revenue() -> Case {
    let mut w = World::new();
    let number = w.declare(revenue_terms(w.quote));
    let off = ix::write_off_claim(&w.claim(number), &key("founder"), 0);
    by(w, off, &["founder"])
}

pub(super) fn report_revenue() -> Case {
    let mut w = World::new();
    let number = w.declare(revenue_terms(w.quote));
    let report = RevenueReport {
        period: 202_701,
        gross: 1_000 * ONE,
        evidence: [5; 32],
    };
    let report = ix::report_revenue(&w.claim(number), &key("founder"), report);
    by(w, report, &["founder"])
}
