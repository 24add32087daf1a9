//! Policies under notice, easier terms, endings.

use {
    crate::cases::*,
    upside_sdk::state::Admission,
    upside_sdk::state::TransferPolicy,
    upside_sdk::state::{Policy, Relaxation},
};

/// Transfers with approval.
pub fn approved_policy() -> Policy {
    Policy {
        admission: Admission::Approved,
        transfer_policy: TransferPolicy::Approved,
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    }
}

pub(crate) fn propose_policy() -> Case {
    owner(|w| ix::propose_policy(&w.token(), approved_policy()))
}

pub(crate) fn announced() -> World {
    let mut w = World::new();
    let propose = ix::propose_policy(&w.token(), approved_policy());
    w.send(&propose, &[&person("founder")]).ok();
    w
}

pub(crate) fn apply_policy() -> Case {
    let mut w = announced();
    w.pass(8 * DAY);
    let apply = ix::apply_policy(&w.token, &key("carol"));
    by(w, apply, &["carol"])
}

pub(crate) fn cancel_policy() -> Case {
    let mut w = announced();
    let withdraw = ix::cancel_policy(&w.token());
    by(w, withdraw, &["founder"])
}

pub(crate) fn relax_terms() -> Case {
    owner(|w| {
        let relaxation = Relaxation {
            supply_cap: Some(5_000_000 * ONE),
            cash_out_tax_bps: Some(500),
            ..Relaxation::default()
        };
        ix::relax_terms(&w.token(), relaxation)
    })
}
