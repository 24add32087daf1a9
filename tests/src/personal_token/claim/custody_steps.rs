//! Equity: into custody, out of it, and exits through the waterfall.

use crate::personal_token::auction::steps::*;
use {
    crate::oracle::steps::{
        claims::{account, found},
        ids,
        money::listed,
    },
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        model::claim::{self, ClaimKind},
        world::ONE,
    },
    upside_sdk::{Atoms, address::find_claim, instruction as ix, state::ExitArgs},
};

pub const STEPS: &[Weighted] = &[
    (5, deposit),
    (3, release),
    (5, exit),
    (6, announce),
    (3, cancel),
    (6, buy),
    (2, sync),
];

pub(crate) fn tokenized(claim: &claim::Claim) -> bool {
    claim.kind == ClaimKind::Tokenized && claim.is_open()
}

pub(crate) fn deposit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, tokenized)?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let known = run.model.claims[&(key, number)].mint;
    let some = run.rng.pick(&["m0", "m1", "seizable mint"]);
    let (some, of_list) = (run.key(some), listed(run, &person));
    let some = if run.rng.percent(60) { of_list } else { some };
    let mint = if run.model.mints.contains_key(&known) && run.rng.percent(90) {
        known
    } else {
        some
    };
    let (units, cost) = (run.rng.rash(1_000 * ONE), run.rng.amount(1_000 * ONE));
    let (mut token, by) = (run.token(&person), run.key(&signer));
    token.data.owner = by;
    let claim = find_claim(&key, number).0;
    let program = run.model.mints[&mint].program;
    let deposit = ix::deposit_equity(&token, &claim, &mint, &program, units, Atoms(cost));
    let what =
        format!("{signer} brings {units} of {mint} for {cost} into claim {number} of {person}");
    Some(Step::new(what, deposit, &[&signer], move |model| {
        model.deposit_equity((&key, number), &by, &mint, units, cost)
    }))
}

pub(crate) fn release(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| tokenized(it) && it.held() > 0)?;
    let held = run.model.claims[&(key, number)].held();
    let signer = run.manager_of(&person);
    let (token, by, units) = (run.token(&person), run.key(&signer), run.rng.rash(held));
    let claim = account(run, &key, number);
    let release = ix::release_equity(&token, &claim, units).ok()?;
    let release = resigned(release, &token.data.owner, &by);
    let what = format!("{signer} releases {units} of claim {number} of {person}");
    Some(Step::new(what, release, &[&signer], move |model| {
        model.release_equity((&key, number), &by, units)
    }))
}

/// Proceeds around what units cost.
pub(crate) fn args(run: &mut Run, claim: &claim::Claim) -> ExitArgs {
    let (units, cost) = (run.rng.rash(claim.held()), claim.cost.min(10_000 * ONE));
    let proceeds = match run.rng.below(4) {
        0 => run.rng.rash(cost),
        1 => cost,
        _ => cost + run.rng.rash(5_000 * ONE).min(10_000 * ONE),
    };
    ExitArgs {
        units,
        received: proceeds,
    }
}

pub(crate) fn exit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Equity && it.is_open())?;
    let state = run.model.claims[&(key, number)].clone();
    let (signer, args) = (run.manager_of(&person), args(run, &state));
    let owner = run.owner_of(&person);
    let payer = if run.rng.percent(50) {
        owner
    } else {
        run.anybody()
    };
    let (token, by, from) = (run.token(&person), run.key(&signer), run.key(&payer));
    let claim = find_claim(&key, number).0;
    let list = ids::attesters(run, &key);
    let mut exit = ix::exit_claim(&token, &claim, &from, list.as_ref(), args);
    exit.accounts[0].pubkey = by;
    let what = format!("{signer} exits claim {number} of {person}, {payer} pays: {args:?}");
    Some(Step::new(what, exit, &[&signer, &payer], move |model| {
        model.exit_claim((&key, number), &by, &from, &args)
    }))
}

/// Somebody sends tokens into custody, and anybody books them.
pub(crate) fn sync(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Tokenized && it.units > 0)?;
    let state = run.model.claims[&(key, number)].clone();
    let custody = find_claim(&key, number).0;
    let there = run.model.balance(&custody, &state.mint);
    let known = run.model.mints.get(&state.mint)?;
    let program = known.program;
    let opened = run.model.accounts.contains_key(&(custody, state.mint));
    if opened && run.rng.percent(80) && there < u64::MAX / 2 {
        let dust = run.rng.amount(5 * ONE);
        run.set_balance(custody, state.mint, there.saturating_add(dust));
    }
    let claim = account(run, &key, number);
    let sync = ix::sync_claim(&claim, &program);
    let what = format!("custody of claim {number} of {person} is counted");
    Some(Step::new(what, sync, &[], move |model| {
        model.sync_claim(&key, number)
    }))
}
