//! Policies under notice, easier terms, endings.

use {
    crate::cases::*,
    upside_sdk::state::{Policy, Relaxation},
};

/// Transfers with approval.
pub fn approved_policy() -> Policy {
    Policy {
        admission: 1,
        transfer_policy: 1,
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    }
}

pub(crate) fn propose_policy() -> Case {
    owner(|w| ix::propose_policy(&w.token(), approved_policy()))
}

fn announced() -> World {
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

pub(crate) fn heartbeat() -> Case {
    owner(|w| ix::heartbeat(&w.token()))
}

pub(crate) fn set_executor() -> Case {
    owner(|w| ix::set_executor(&w.token(), &key("executor")))
}

pub(crate) fn wind_up_by_executor() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = set_executor();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(366 * DAY);
    let up = ix::wind_up_by_executor(&w.token, &key("executor"));
    by(w, up, &["executor"])
}

pub(crate) fn close_holder() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    let close = ix::close_holder(&w.holder("bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(crate) fn close_holder_anybody() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    w.wind_up();
    let close = ix::close_holder(&w.holder("bob"), &key("carol"));
    by(w, close, &["carol"])
}

pub(crate) fn close_claim() -> Case {
    let mut w = with_paper();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), None, 1_000);
    w.send(&off, &[&person("founder")]).ok();
    let close = ix::close_claim(&w.claim(0), &key("founder"));
    by(w, close, &["founder"])
}
