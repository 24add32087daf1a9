//! Rounds.

use crate::cases::*;

pub(crate) fn contribute(terms: RoundTerms) -> Case {
    let mut w = World::new();
    w.open_round(terms);
    w.open_holder("bob");
    let contribute = w.contribute_ix(0, "bob", 5_000 * ONE);
    by(w, contribute, &["bob"])
}

/// A holder's contribution whose shares bring a part of each of so many assets in the
/// reserve, and of what so many of them stream.
pub(crate) fn contribute_backed(assets: usize, streams: usize) -> Case {
    let mut w = World::new();
    let founder = person("founder");
    let names = [
        "mint 1", "mint 2", "mint 3", "mint 4", "mint 5", "mint 6", "mint 7",
    ];
    let mut mints = vec![w.quote];
    for name in names.iter().take(assets - 1) {
        mints.push(w.list(name, mints.len() < streams));
    }
    w.issue("bob", 600_000 * ONE);
    w.issue("carol", 400_000 * ONE);
    for (place, mint) in mints.iter().enumerate() {
        let give = ix::deposit_reserve(&w.token(), &key("founder"), mint, Atoms(500 * ONE));
        w.send(&give.unwrap(), &[&founder]).ok();
        if place < streams {
            let claim = w.declare(revenue_terms(*mint));
            w.pay_more(claim, 1_000 * ONE);
        }
    }
    for deposit in w.endow_for(500_000 * ONE) {
        w.send(&deposit, &[&founder]).ok();
    }
    w.open_round(round_terms());
    w.pass(DAY);
    let contribute = w.contribute_ix(0, "bob", 5_000 * ONE);
    by(w, contribute, &["bob"])
}

pub(crate) fn contribute_approved() -> Case {
    let mut w = World::new();
    w.open_round(RoundTerms {
        by_approval: true,
        ..round_terms()
    });
    w.open_holder("bob");
    let args = ContributeArgs {
        max_payment: 500 * ONE,
        min_shares: 1,
        max_supply: u64::MAX,
        terms_version: 0,
        deadline: NEVER,
    };
    let (token, round) = (w.token(), w.round(0));
    let approver = key("registrar");
    let contribute = ix::contribute(&token, &round, &key("bob"), Some(&approver), args);
    by(w, contribute, &["bob", "registrar"])
}

pub(crate) fn contribute_again() -> Case {
    let mut w = escrowed();
    let again = w.contribute_ix(0, "bob", 500 * ONE);
    by(w, again, &["bob"])
}

/// A world in which bob put 12,000 and carol 3,000 into a round's escrow.
pub fn escrowed() -> World {
    let mut w = World::new();
    w.issue("founder", 800_000 * ONE);
    w.open_round(escrow_terms());
    w.contribute(0, "bob", 12_000 * ONE);
    w.contribute(0, "carol", 3_000 * ONE);
    w
}

pub(crate) fn leave_round() -> Case {
    let mut w = escrowed();
    let contribution = w.contribution(0, "bob");
    let leave = ix::leave_round(&w.token(), &contribution);
    by(w, leave, &["bob"])
}

pub(crate) fn extend_round() -> Case {
    let mut w = escrowed();
    let (token, round) = (w.token(), w.round(0));
    let extend = ix::extend_round(&token, &round.key, round.data.closes_at + 30 * DAY);
    by(w, extend, &["founder"])
}

pub(crate) fn cancel_round() -> Case {
    let mut w = escrowed();
    let round = find_round(&w.token, 0).0;
    let cancel = ix::cancel_round(&w.token(), &round);
    by(w, cancel, &["founder"])
}

pub(crate) fn close_ix(w: &mut World) -> Instruction {
    let round = find_round(&w.token, 0).0;
    ix::close_round(&w.token(), &round, &key("mallory"))
}

pub(crate) fn close(terms: RoundTerms) -> Case {
    let mut w = World::new();
    w.open_round(terms);
    w.contribute(0, "bob", 12_000 * ONE);
    w.pass(11 * DAY);
    let close = close_ix(&mut w);
    by(w, close, &["mallory"])
}

/// A world in which the round of `escrowed` is closed: with success.
pub fn succeeded() -> World {
    let mut w = escrowed();
    w.pass(11 * DAY);
    let close = close_ix(&mut w);
    w.send(&close, &[&person("mallory")]).ok();
    w
}

/// A world in which bob's round failed.
pub fn failed() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = close(RoundTerms {
        min_raise: 29_000 * ONE,
        ..escrow_terms()
    });
    world.send(&instruction, &[&person("mallory")]).ok();
    world
}

pub(crate) fn collect_contribution() -> Case {
    let mut w = succeeded();
    let contribution = w.contribution(0, "bob");
    let claim = ix::collect_contribution(&w.token, &contribution);
    by(w, claim, &[])
}

pub(crate) fn refund_contribution() -> Case {
    let mut w = failed();
    let contribution = w.contribution(0, "bob");
    let refund = ix::refund_contribution(&w.token(), &contribution);
    by(w, refund, &[])
}

pub(crate) fn settle_round() -> Case {
    let mut w = succeeded();
    let round = find_round(&w.token, 0).0;
    let settle = ix::settle_round(&w.token(), &round);
    by(w, settle, &[])
}
