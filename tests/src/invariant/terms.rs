//! I6: no term turns against holders without a poll that passed a notice ago.

use {
    super::{Facts, Findings, Rule, voice},
    upside_sdk::state::TokenTerms,
};

pub(super) fn check(before: &Facts, after: &Facts, found: &mut Findings) {
    let (was, is) = (&before.token, &after.token);
    // How many shares may be outside is the owner's to say.
    let mut promised = is.terms;
    promised.bearer_cap = was.terms.bearer_cap;
    let changed = was.terms != promised || was.exempt != is.exempt;
    if !changed {
        found.checks += 1;
        return;
    }
    found.require(
        is.terms_version > was.terms_version,
        Rule::Terms,
        None,
        || format!("terms changed, their version stayed {}", is.terms_version),
    );
    let worse = worse(&was.terms, &is.terms, is.exempt & !was.exempt != 0);
    let agreed = before.held_by_owner() || voice::passed(before, after);
    found.require(worse.is_empty() || agreed, Rule::Terms, None, || {
        format!("{} without a poll and its notice", worse.join(", "))
    });
}

/// What is worse for holders than before.
fn worse(was: &TokenTerms, is: &TokenTerms, exempted: bool) -> Vec<&'static str> {
    let changes = [
        ("the cap rose", is.supply_cap > was.supply_cap),
        // They fall with the cap.
        (
            "the first shares became more",
            is.launch_shares > was.launch_shares,
        ),
        ("the yearly room rose", is.room_bps > was.room_bps),
        ("the tax rose", is.cash_out_tax_bps > was.cash_out_tax_bps),
        ("the royalty rose", is.royalty_bps > was.royalty_bps),
        ("the floor rose", is.floor > was.floor),
        (
            "the threshold changed",
            is.poll_threshold_bps != was.poll_threshold_bps,
        ),
        ("losses may go deeper", is.loss_limit > was.loss_limit),
        (
            "the reserve part changed",
            is.reserve_bps != was.reserve_bps,
        ),
        ("the drip changed", is.drip_seconds != was.drip_seconds),
        (
            "the notice changed",
            is.notice_seconds != was.notice_seconds,
        ),
        (
            "the inactivity changed",
            is.inactivity_seconds != was.inactivity_seconds,
        ),
        ("an asset was exempted", exempted),
    ];
    changes
        .into_iter()
        .filter_map(|(name, happened)| happened.then_some(name))
        .collect()
}
