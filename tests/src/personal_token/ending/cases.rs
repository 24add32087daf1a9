//! What a wind-down pays out, and what nothing needs any more.

use {
    crate::cases::*,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_attesters, find_naming, find_receipt},
        state::{Account, Receipt},
    },
};

/// A mint that the token does not list, with a million of it at everybody's.
pub fn unlisted(w: &mut World, name: &str) -> Pubkey {
    let mint = key(name);
    w.add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(u64::MAX));
    for wallet in ["founder", "bob", "carol", "mallory"] {
        w.give(&key(wallet), &mint, 1_000_000 * ONE);
    }
    mint
}

/// Brings units of an unlisted mint into a new claim's custody.
pub fn take_custody(w: &mut World, mint: &Pubkey, units: u64) -> u64 {
    let number = w.declare(tokenized_terms());
    let claim = find_claim(&w.token, number).0;
    let token = w.token();
    let deposit = ix::deposit_equity(&token, &claim, mint, &TOKEN_PROGRAM, units, Atoms(0));
    w.send(&deposit, &[&person("founder")]).ok();
    number
}

/// A token that is wound up: bob has 60 shares, carol 40, the reserve 1,000 in quote, a
/// claim 1,000 of a mint that is not listed, the endowment 5.
pub fn wound_up() -> World {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.give_reserve(1_000 * ONE);
    w.endow(5 * ONE);
    let mint = unlisted(&mut w, "custody mint");
    take_custody(&mut w, &mint, 1_000 * ONE);
    w.wind_up();
    w
}

/// The same in which the custody is shared out.
pub fn with_estate() -> World {
    let mut w = wound_up();
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    w.send(&open, &[&person("mallory")]).ok();
    w
}

/// A person's redemption for a receipt.
pub fn for_receipt(w: &mut World, name: &str, shares: u64) -> Instruction {
    let (token, holder) = (w.token(), w.holder(name));
    ix::redeem_for_receipt(&token, &holder, &payer(w), redeem_args(shares)).unwrap()
}

/// A person's last receipt.
pub fn receipt(w: &mut World, name: &str) -> Account<Receipt> {
    let last = w.holder(name).data.receipts - 1;
    let receipt = find_receipt(&w.token, &key(name), last).0;
    w.get(&receipt)
}

/// What a person's receipt takes of the first claim's estate.
pub fn collection(w: &mut World, name: &str) -> Instruction {
    let (claim, receipt) = (w.claim(0), receipt(w, name));
    ix::collect_estate(&claim, &receipt, &TOKEN_PROGRAM)
}

pub(crate) fn join_endowment() -> Case {
    let mut w = wound_up();
    w.pass(365 * DAY);
    let join = ix::join_endowment(&w.token, &key("mallory"), 0);
    by(w, join, &["mallory"])
}

pub(crate) fn open_estate() -> Case {
    let mut w = wound_up();
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    by(w, open, &["mallory"])
}

pub(crate) fn redeem_for_receipt() -> Case {
    let mut w = with_estate();
    let redeem = for_receipt(&mut w, "bob", 10 * ONE);
    by(w, redeem, &["bob"])
}

pub(crate) fn collect_estate() -> Case {
    let mut w = with_estate();
    let redeem = for_receipt(&mut w, "bob", 60 * ONE);
    w.send(&redeem, &[&person("bob")]).ok();
    let collect = collection(&mut w, "bob");
    by(w, collect, &[])
}

/// A round with a cap per backer that bob contributed to, and that is over.
pub fn capped_round() -> World {
    let mut w = World::new();
    let terms = RoundTerms {
        backer_cap: 5_000 * ONE,
        ..round_terms()
    };
    let round = w.open_round(terms);
    w.contribute(round, "bob", 100 * ONE);
    w.pass(11 * DAY);
    let close = ix::close_round(&w.token(), &find_round(&w.token, round).0, &key("bob"));
    w.send(&close, &[&person("bob")]).ok();
    w
}

pub(crate) fn close_contribution() -> Case {
    let mut w = capped_round();
    let contribution = w.contribution(0, "bob");
    let close = ix::close_contribution(&w.token, &contribution, &key("mallory"));
    by(w, close, &["mallory"])
}

pub(crate) fn close_ended_round() -> Case {
    let mut w = capped_round();
    let close = ix::close_round_account(&w.round(0), &key("founder"));
    by(w, close, &["founder"])
}

pub(crate) fn close_ended_product() -> Case {
    let mut w = with_product(product_terms);
    let close = ix::close_product(&w.token(), &product(&mut w).key);
    w.send(&close, &[&person("founder")]).ok();
    let close = ix::close_product_account(&product(&mut w), &key("founder"));
    by(w, close, &["founder"])
}

pub(crate) fn close_ended_approval() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    w.open_holder("carol");
    let approve = approve(&mut w, 5 * ONE);
    w.send(&approve, &[&person("founder")]).ok();
    w.pass(365 * DAY);
    let approval = w.get(&approve.accounts[3].pubkey);
    let close = ix::close_approval(&approval, &key("mallory"));
    by(w, close, &["mallory"])
}

/// A wind-down that has paid the last share out, and closed the holder accounts; with
/// attesters and an announced name.
pub fn paid_out() -> World {
    let mut w = World::new();
    let add = ix::add_attesters(&w.token, &key("founder"), &payer(&w), &[key("ann")]);
    w.send(&add, &[&person("founder")]).ok();
    w.issue("bob", 60 * ONE);
    w.give_reserve(1_000 * ONE);
    let announce = ix::announce_name(&w.token(), &payer(&w), longer_texts());
    w.send(&announce, &[&person("founder")]).ok();
    w.wind_up();
    let redeem = ix::redeem(&w.token(), &key("bob"), redeem_args(60 * ONE)).unwrap();
    w.send(&redeem, &[&person("bob")]).ok();
    for name in ["bob", "founder"] {
        let close = ix::close_holder(&w.holder(name), &key("mallory"));
        w.send(&close, &[&person("mallory")]).ok();
    }
    w
}

pub(crate) fn close_ended_names() -> Case {
    let mut w = paid_out();
    let names = find_naming(&w.token).0;
    let close = ix::close_naming(&w.get(&names), &key("mallory"));
    by(w, close, &["mallory"])
}

pub(crate) fn close_ended_attesters() -> Case {
    let mut w = paid_out();
    let attesters = find_attesters(&w.token).0;
    let close = ix::close_attesters(&w.get(&attesters), &key("mallory"));
    by(w, close, &["mallory"])
}

pub(crate) fn close_vault() -> Case {
    let mut w = paid_out();
    // Somebody sent one atom, which keeps nothing open: it goes to the owner.
    let (token, quote) = (w.token, w.quote);
    w.give(&token, &quote, 1);
    let close = ix::close_vault(&w.token(), 0, true).unwrap();
    by(w, close, &[])
}

pub(crate) fn close_share_custody() -> Case {
    let mut w = paid_out();
    let close = ix::close_share_custody(&w.token());
    by(w, close, &[])
}

pub(crate) fn close_claim_custody() -> Case {
    let mut w = with_estate();
    for name in ["bob", "carol"] {
        let all = w.holder(name).data.shares;
        let redeem = for_receipt(&mut w, name, all);
        w.send(&redeem, &[&person(name)]).ok();
        let collect = collection(&mut w, name);
        w.send(&collect, &[]).ok();
    }
    // Somebody sent one atom, which keeps nothing open: it goes to the owner.
    let claim = w.claim(0);
    w.give(&claim.key, &claim.data.mint, 1);
    let (by_whom, owner) = (key("mallory"), key("founder"));
    let close = ix::close_claim_of(&claim, &by_whom, &TOKEN_PROGRAM, Some(&owner));
    by(w, close, &["mallory"])
}
