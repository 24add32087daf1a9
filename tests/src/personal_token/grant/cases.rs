//! Grants.

use {
    crate::cases::*,
    upside_sdk::{
        address::find_grant,
        state::{Account, Grant, GrantOffer, GrantTerms},
    },
};

/// 100 shares to bob over 100 days, nothing in the first 10, revocable.
pub fn grant_terms(w: &World) -> GrantTerms {
    GrantTerms {
        shares: 100 * ONE,
        start: w.now(),
        cliff_seconds: 10 * 86_400,
        duration_seconds: 100 * 86_400,
        revocable: true,
    }
}

/// The offer of such a grant to bob, for ten days.
pub fn grant_offer(w: &World, change: impl FnOnce(&mut GrantTerms)) -> GrantOffer {
    let mut terms = grant_terms(w);
    change(&mut terms);
    GrantOffer {
        beneficiary: key("bob"),
        terms,
        expires_at: w.now() + 10 * DAY,
        reference: 7,
    }
}

/// The call that offers it.
pub fn offer_to_bob_ix(w: &mut World, offer: GrantOffer) -> Instruction {
    let token = w.token();
    ix::offer_grant(&token, &payer(w), token.data.grants, offer)
}

/// Offers a grant to bob.
pub fn offer_to_bob(w: &mut World, change: impl FnOnce(&mut GrantTerms)) -> Account<Grant> {
    let offer = grant_offer(w, change);
    let number = w.token().data.grants;
    let make = offer_to_bob_ix(w, offer);
    w.send(&make, &[&person("founder")]).ok();
    w.get(&find_grant(&w.token, number).0)
}

/// Offers a grant to bob, who accepts it.
pub fn grant_to_bob(w: &mut World, change: impl FnOnce(&mut GrantTerms)) -> Account<Grant> {
    let grant = offer_to_bob(w, change);
    let accept = ix::accept_grant(&w.token(), &grant);
    w.send(&accept, &[&person("bob")]).ok();
    w.get(&grant.key)
}

/// A world with a grant to bob, who has a holder account, 30 days ago.
pub fn with_grant() -> (World, Account<Grant>) {
    let mut w = World::new();
    w.open_holder("bob");
    let grant = grant_to_bob(&mut w, |_| {});
    w.pass(30 * DAY);
    (w, grant)
}

pub(crate) fn offer_grant() -> Case {
    let mut w = World::new();
    let offer = grant_offer(&w, |_| {});
    let offer = offer_to_bob_ix(&mut w, offer);
    by(w, offer, &["founder"])
}

pub(crate) fn accept_grant() -> Case {
    let mut w = World::new();
    let grant = offer_to_bob(&mut w, |_| {});
    let accept = ix::accept_grant(&w.token(), &grant);
    by(w, accept, &["bob"])
}

pub(crate) fn cancel_grant() -> Case {
    let mut w = World::new();
    let grant = offer_to_bob(&mut w, |_| {});
    by(w, ix::cancel_grant(&grant, &key("founder")), &["founder"])
}

pub(crate) fn lapsed_grant() -> Case {
    let mut w = World::new();
    let grant = offer_to_bob(&mut w, |_| {});
    w.pass(10 * DAY + 1);
    by(w, ix::cancel_grant(&grant, &key("mallory")), &["mallory"])
}

pub(crate) fn collect_grant() -> Case {
    let (w, grant) = with_grant();
    let collect = ix::collect_grant(&grant, &payer(&w));
    by(w, collect, &["bob"])
}

pub(crate) fn first_collect_grant() -> Case {
    let mut w = World::new();
    let grant = grant_to_bob(&mut w, |_| {});
    w.pass(30 * DAY);
    let collect = ix::collect_grant(&grant, &payer(&w));
    by(w, collect, &["bob"])
}

pub(crate) fn revoke_grant() -> Case {
    let (mut w, grant) = with_grant();
    let revoke = ix::revoke_grant(&w.token(), &grant, &key("founder"));
    by(w, revoke, &["founder"])
}

pub(crate) fn close_grant() -> Case {
    let (mut w, grant) = with_grant();
    w.pass(100 * DAY);
    let collect = ix::collect_grant(&grant, &payer(&w));
    w.send(&collect, &[&person("bob")]).ok();
    by(w, ix::close_grant(&grant), &[])
}
