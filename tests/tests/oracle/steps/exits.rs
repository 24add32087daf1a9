//! Equity: into custody, out of it, and exits through the waterfall.

use {
    super::{
        claims::{account, found},
        money::listed,
    },
    crate::{
        Weighted,
        run::{Run, Step, resigned},
    },
    upside_sdk::{Atoms, address::find_claim, instruction as ix, state::ExitArgs},
    upside_tests::{
        model::claim::{self, ClaimKind},
        world::ONE,
    },
};

pub const STEPS: &[Weighted] = &[(5, deposit), (3, release), (5, exit), (4, sell)];

fn tokenized(claim: &claim::Claim) -> bool {
    claim.kind == ClaimKind::Tokenized && claim.is_open()
}

fn deposit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, tokenized)?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let known = run.model.claims[&(key, number)].mint;
    let some = run.dice.pick(&["m0", "m1", "seizable mint"]);
    let (some, of_list) = (run.key(some), listed(run, &person));
    let some = if run.dice.percent(60) { of_list } else { some };
    let mint = if run.model.mints.contains_key(&known) && run.dice.percent(90) {
        known
    } else {
        some
    };
    let (units, cost) = (run.dice.rash(1_000 * ONE), run.dice.amount(1_000 * ONE));
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

fn release(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| tokenized(it) && it.held() > 0)?;
    let held = run.model.claims[&(key, number)].held();
    let signer = run.manager_of(&person);
    let (token, by, units) = (run.token(&person), run.key(&signer), run.dice.rash(held));
    let claim = account(run, &key, number);
    let release = ix::release_equity(&token, &claim, units).ok()?;
    let release = resigned(release, &token.data.owner, &by);
    let what = format!("{signer} releases {units} of claim {number} of {person}");
    Some(Step::new(what, release, &[&signer], move |model| {
        model.release_equity((&key, number), &by, units)
    }))
}

/// Proceeds around what units cost.
fn args(run: &mut Run, claim: &claim::Claim) -> ExitArgs {
    let (units, cost) = (run.dice.rash(claim.held()), claim.cost.min(10_000 * ONE));
    let proceeds = match run.dice.below(4) {
        0 => run.dice.rash(cost),
        1 => cost,
        _ => cost + run.dice.rash(5_000 * ONE).min(10_000 * ONE),
    };
    ExitArgs { units, proceeds }
}

fn exit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Equity && it.is_open())?;
    let state = run.model.claims[&(key, number)].clone();
    let (signer, args) = (run.manager_of(&person), args(run, &state));
    let owner = run.owner_of(&person);
    let payer = if run.dice.percent(50) {
        owner
    } else {
        run.anybody()
    };
    let (token, by, from) = (run.token(&person), run.key(&signer), run.key(&payer));
    let claim = find_claim(&key, number).0;
    let mut exit = ix::exit_claim(&token, &claim, &from, args);
    exit.accounts[0].pubkey = by;
    let what = format!("{signer} exits claim {number} of {person}, {payer} pays: {args:?}");
    Some(Step::new(what, exit, &[&signer, &payer], move |model| {
        model.exit_claim((&key, number), &by, &from, &args)
    }))
}

fn sell(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| tokenized(it) && it.held() > 0)?;
    let state = run.model.claims[&(key, number)].clone();
    let (signer, args) = (run.manager_of(&person), args(run, &state));
    let payer = run.anybody();
    let (token, by, from) = (run.token(&person), run.key(&signer), run.key(&payer));
    let known = run.model.mints.get(&state.mint);
    let sale = ix::Sale {
        buyer: from,
        token_program: known.map_or(upside_sdk::address::TOKEN_PROGRAM, |mint| mint.program),
        args,
    };
    let claim = account(run, &key, number);
    let mut sell = ix::sell_equity(&token, &claim, &sale);
    sell.accounts[0].pubkey = by;
    let what = format!("{signer} sells of claim {number} of {person} to {payer}: {args:?}");
    Some(Step::new(what, sell, &[&signer, &payer], move |model| {
        model.sell_equity((&key, number), &by, &from, &args)
    }))
}
