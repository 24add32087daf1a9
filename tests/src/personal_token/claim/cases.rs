//! Claims: revenue, tokens in custody, exits, and what becomes of them.

use crate::cases::*;
use crate::personal_token::evidence::cases::with_attested_claim;
use {
    crate::terms::revenue_terms,
    upside_sdk::state::{RevenueReport, Transformation},
};

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
    let mut w = with_attested_claim();
    w.pass(8 * DAY);
    let list = w.attesters();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), list.as_ref(), 400);
    by(w, off, &["founder"])
}

/// Equity that was attested a notice ago, and exits.
pub(crate) fn exit_attested() -> Case {
    let mut w = with_attested_claim();
    w.pass(8 * DAY);
    let args = ExitArgs {
        units: 400,
        received: 2_000 * ONE,
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

pub(crate) fn deposit_equity_ix(w: &mut World, mint: &Pubkey) -> Instruction {
    let claim = find_claim(&w.token, 0).0;
    ix::deposit_equity(
        &w.token(),
        &claim,
        mint,
        &TOKEN_PROGRAM,
        1_000 * ONE,
        Atoms(500 * ONE),
    )
}

pub(crate) fn deposit_equity() -> Case {
    owner(|w| {
        let mint = w.list("equity mint", false);
        w.declare(tokenized_terms());
        deposit_equity_ix(w, &mint)
    })
}

/// A world with 1,000 units of tokenized equity in custody that cost 500.
pub fn with_equity() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = deposit_equity();
    world.send(&instruction, &[&person("founder")]).ok();
    world.issue("bob", 100 * ONE);
    world
}

pub(crate) fn release_equity() -> Case {
    let mut w = with_equity();
    let claim = w.claim(0);
    let release = ix::release_equity(&w.token(), &claim, 300 * ONE).unwrap();
    by(w, release, &["founder"])
}

/// A world with equity on paper and two voting holders.
pub fn with_paper() -> World {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    w.declare(equity_terms());
    w
}

pub(crate) fn exit_claim() -> Case {
    let mut w = with_paper();
    let args = ExitArgs {
        units: 400,
        received: 2_000 * ONE,
    };
    let exit = w.exit_ix(0, "carol", args);
    by(w, exit, &["founder", "carol"])
}

pub(crate) fn pay_revenue() -> Case {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    let claim = w.pay_revenue(10 * ONE);
    let (token, claim) = (w.token(), w.claim(claim));
    let pay = ix::pay_revenue(&token, &claim, &key("carol"), Atoms(100 * ONE)).unwrap();
    by(w, pay, &["carol"])
}

pub(crate) fn close_claim() -> Case {
    let mut w = with_paper();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), None, 1_000);
    w.send(&off, &[&person("founder")]).ok();
    let close = ix::close_claim(&w.claim(0), &key("founder"));
    by(w, close, &["founder"])
}
