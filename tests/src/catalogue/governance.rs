//! Policies under notice, amendments, endings.

use {
    super::*,
    crate::vote::PERIOD,
    upside_sdk::state::{Change, Easing, Policy},
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

pub(super) fn propose_policy() -> Case {
    owner(|w| ix::propose_policy(&w.token(), approved_policy()))
}

fn announced() -> World {
    let mut w = World::new();
    let propose = ix::propose_policy(&w.token(), approved_policy());
    w.send(&propose, &[&person("founder")]).ok();
    w
}

pub(super) fn apply_policy() -> Case {
    let mut w = announced();
    w.pass(8 * DAY);
    let apply = ix::apply_policy(&w.token, &key("carol"));
    by(w, apply, &["carol"])
}

pub(super) fn withdraw_policy() -> Case {
    let mut w = announced();
    let withdraw = ix::withdraw_policy(&w.token());
    by(w, withdraw, &["founder"])
}

pub(super) fn ease_terms() -> Case {
    owner(|w| {
        let easing = Easing {
            cash_out_tax_bps: Some(500),
            ..Easing::default()
        };
        ix::ease_terms(&w.token(), easing)
    })
}

/// A world where bob has 60 and carol 40 shares that vote, and the founder 100.
pub fn with_voters() -> World {
    let mut w = World::new();
    w.issue("founder", 100 * ONE);
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w
}

pub(super) fn propose_amendment() -> Case {
    let mut w = with_voters();
    let (token, payer) = (w.token(), payer(&w));
    let change = Change::CashOutTax(2_000);
    let propose = ix::propose_amendment(&token, &payer, change, [6; 32], PERIOD);
    by(w, propose, &["founder"])
}

fn revenue_change() -> Change {
    Change::RevenueTerms {
        claim: 0,
        share_bps: 800,
        total: 500_000 * ONE,
        ends_at: crate::world::START + 1_000 * DAY,
    }
}

pub(super) fn propose_amendment_revenue() -> Case {
    let mut w = with_voters();
    w.declare(revenue_terms(w.quote));
    let (token, payer) = (w.token(), payer(&w));
    let propose = ix::propose_amendment(&token, &payer, revenue_change(), [6; 32], PERIOD);
    by(w, propose, &["founder"])
}

/// The same with an open amendment.
pub fn with_amendment(change: Change) -> World {
    let mut w = with_voters();
    w.propose(change).ok();
    w
}

pub(super) fn approve_amendment() -> Case {
    let mut w = with_amendment(Change::CashOutTax(2_000));
    let approve = ix::approve_amendment(&w.open_amendment(), &key("bob"));
    by(w, approve, &["bob"])
}

pub(super) fn retract_approval() -> Case {
    let mut w = with_amendment(Change::CashOutTax(2_000));
    w.approve("bob").ok();
    let retract = ix::retract_approval(&w.open_amendment(), &key("bob"));
    by(w, retract, &["bob"])
}

fn apply(mut w: World, by_whom: &'static str) -> Case {
    w.pass(8 * DAY);
    let (token, open) = (w.token(), w.open_amendment());
    let apply = ix::apply_amendment(&token, &open, &key(by_whom));
    by(w, apply, &[by_whom])
}

pub(super) fn apply_amendment() -> Case {
    let mut w = with_amendment(Change::CashOutTax(2_000));
    w.approve("bob").ok();
    w.approve("carol").ok();
    apply(w, "carol")
}

pub(super) fn apply_amendment_revenue() -> Case {
    let mut w = with_voters();
    w.declare(revenue_terms(w.quote));
    w.propose(revenue_change()).ok();
    w.approve("bob").ok();
    w.approve("carol").ok();
    apply(w, "carol")
}

pub(super) fn apply_amendment_alone() -> Case {
    let mut w = World::new();
    w.issue("founder", 100 * ONE);
    w.propose(Change::SupplyCap(200 * ONE)).ok();
    apply(w, "founder")
}

pub(super) fn withdraw_amendment() -> Case {
    let mut w = with_amendment(Change::Dissolve);
    let withdraw = ix::withdraw_amendment(&w.open_amendment(), &key("founder"));
    by(w, withdraw, &["founder"])
}

pub(super) fn expire_amendment() -> Case {
    let mut w = with_amendment(Change::Dissolve);
    w.pass(38 * DAY);
    let expire = ix::expire_amendment(&w.open_amendment(), &key("carol"));
    by(w, expire, &["carol"])
}

pub(super) fn heartbeat() -> Case {
    owner(|w| ix::heartbeat(&w.token()))
}

pub(super) fn set_executor() -> Case {
    owner(|w| ix::set_executor(&w.token(), &key("executor")))
}

pub(super) fn wind_up_by_executor() -> Case {
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

pub(super) fn close_holder() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    let close = ix::close_holder(&w.holder("bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(super) fn close_holder_anybody() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    w.wind_up();
    let close = ix::close_holder(&w.holder("bob"), &key("carol"));
    by(w, close, &["carol"])
}

pub(super) fn close_claim() -> Case {
    let mut w = with_paper();
    let off = ix::write_off_claim(&w.claim(0), &key("founder"), 1_000);
    w.send(&off, &[&person("founder")]).ok();
    let close = ix::close_claim(&w.claim(0), &key("founder"));
    by(w, close, &["founder"])
}
