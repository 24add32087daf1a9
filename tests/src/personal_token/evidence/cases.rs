//! Attesters, attestations, and what becomes of claims.

use {
    crate::cases::{money::deposit_equity_ix, *},
    crate::terms::revenue_terms,
    upside_sdk::{
        address::find_attestation,
        state::{AuctionBuyArgs, AuctionTerms, RevenueReport, Transformation},
    },
};

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

fn attest(w: &mut World) -> Instruction {
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

fn attested() -> World {
    let mut w = with_attester();
    let attest = attest(&mut w);
    w.send(&attest, &[&person("ann")]).ok();
    w
}

pub(crate) fn attest_claim_again() -> Case {
    let mut w = attested();
    w.pass(DAY);
    let again = attest(&mut w);
    by(w, again, &["ann"])
}

pub(crate) fn revoke_attestation() -> Case {
    let mut w = attested();
    let claim = find_claim(&w.token, 0).0;
    let signed = w.get(&find_attestation(&claim, &key("ann")).0);
    by(w, ix::revoke_attestation(&signed, &key("ann")), &["ann"])
}

/// Anybody closes what was signed on a claim that is over.
pub(crate) fn revoke_attestation_of_an_old_claim() -> Case {
    let mut w = attested();
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
    let mut w = attested();
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

pub(crate) fn transform_claim() -> Case {
    let mut w = with_paper();
    let into = Transformation {
        units: 10_000,
        decimals: 2,
        value: 9_000 * ONE,
        name: "Analytical Engines Holding".into(),
        unit_label: "common".into(),
        uri: "https://ada.example/merger.pdf".into(),
        document: [10; 32],
    };
    let transform = ix::transform_claim(&w.claim(0), &key("founder"), into);
    by(w, transform, &["founder"])
}

pub(crate) fn write_off_claim() -> Case {
    let mut w = attested();
    w.pass(8 * DAY);
    let list = w.attesters();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), list.as_ref(), 400);
    by(w, off, &["founder"])
}

/// Equity that was attested a notice ago, and exits.
pub(crate) fn exit_attested() -> Case {
    let mut w = attested();
    w.pass(8 * DAY);
    let args = ExitArgs {
        units: 400,
        proceeds: 2_000 * ONE,
    };
    let exit = w.exit_ix(0, "carol", args);
    by(w, exit, &["founder", "carol"])
}

/// Tokenized equity in custody, attested, with others who hold shares.
pub fn with_attested_equity() -> World {
    let mut w = World::new();
    w.accept(&["ann"]);
    let mint = w.list("equity mint", false);
    w.declare(tokenized_terms());
    let deposit = deposit_equity_ix(&mut w, &mint);
    w.send(&deposit, &[&person("founder")]).ok();
    w.issue("bob", 100 * ONE);
    w.attest(0, "ann", 2_000 * ONE, 400 * ONE);
    w
}

fn auction_terms() -> AuctionTerms {
    AuctionTerms {
        units: 500 * ONE,
        start: 2_000 * ONE,
        end: 500 * ONE,
        seconds: 7 * 86_400,
    }
}

pub(crate) fn announce_auction() -> Case {
    let mut w = with_attested_equity();
    let (token, list) = (w.token(), w.attesters());
    let claim = find_claim(&w.token, 0).0;
    let announce = ix::announce_auction(&token, &claim, list.as_ref(), auction_terms());
    by(w, announce, &["founder"])
}

/// The same with an auction that has run for half of its time.
pub fn with_auction() -> World {
    let Case {
        world: mut w,
        instruction,
        ..
    } = announce_auction();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(7 * DAY + 7 * DAY / 2);
    w
}

pub(crate) fn cancel_auction() -> Case {
    let mut w = with_auction();
    let cancel = ix::cancel_auction(&w.claim(0), &key("founder"));
    by(w, cancel, &["founder"])
}

pub(crate) fn buy_at_auction() -> Case {
    let mut w = with_auction();
    let args = AuctionBuyArgs {
        auction: 1,
        units: 200 * ONE,
        max_payment: 500 * ONE,
        deadline: NEVER,
    };
    let (token, claim, list) = (w.token(), w.claim(0), w.attesters());
    let buyer = key("carol");
    let buy = ix::buy_at_auction(&token, &claim, &buyer, &TOKEN_PROGRAM, list.as_ref(), args);
    by(w, buy, &["carol"])
}

pub(crate) fn sync_claim() -> Case {
    let mut w = with_attested_equity();
    let claim = w.claim(0);
    w.give(&claim.key, &claim.data.mint, 1_007 * ONE);
    let sync = ix::sync_claim(&claim, &TOKEN_PROGRAM);
    by(w, sync, &[])
}

pub(crate) fn report_revenue() -> Case {
    let mut w = World::new();
    let number = w.declare(revenue_terms(w.quote));
    w.pass(31 * DAY);
    let report = RevenueReport {
        period: 202_701,
        gross: 1_000 * ONE,
        evidence: [5; 32],
    };
    let report = ix::report_revenue(&w.claim(number), &key("founder"), report);
    by(w, report, &["founder"])
}

pub(crate) fn correct_report() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = report_revenue();
    w.send(&instruction, &[&person("founder")]).ok();
    let report = RevenueReport {
        period: 202_701,
        gross: 1_200 * ONE,
        evidence: [6; 32],
    };
    let report = ix::report_revenue(&w.claim(0), &key("founder"), report);
    by(w, report, &["founder"])
}
