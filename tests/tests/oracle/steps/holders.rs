//! Holder accounts and shares that change hands.

use {
    super::people,
    crate::{
        Weighted,
        run::{Run, Step},
    },
    upside_sdk::{Shares, instruction as ix},
    upside_tests::{pool::token_of, world::ONE},
};

pub const STEPS: &[Weighted] = &[(3, open), (3, issue), (8, transfer), (1, heartbeat)];

fn open(run: &mut Run) -> Option<Step> {
    let (person, holder) = (run.somebody(), run.anybody());
    let authority = run.mostly(&holder);
    let wallet = run.key(&holder);
    Some(people::admit(run, &person, &authority, wallet))
}

/// Somebody who has a holder account, mostly.
pub fn holder_of(run: &mut Run, person: &str) -> String {
    let token = token_of(person);
    if run.dice.percent(5) {
        return run.anybody();
    }
    let wallets: Vec<_> = run
        .model
        .holders_of(&token)
        .map(|(wallet, _)| *wallet)
        .collect();
    let names: Vec<_> = wallets
        .iter()
        .filter_map(|wallet| run.name(wallet))
        .collect();
    match run.dice.one(&names) {
        Some(name) => name,
        None => run.anybody(),
    }
}

/// Free shares of somebody.
pub fn free(run: &mut Run, person: &str, wallet: &str) -> u64 {
    let key = run.key(wallet);
    let holder = run.model.holders.get(&(token_of(person), key));
    holder.map_or(0, |holder| holder.free())
}

fn issue(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let wallet = holder_of(run, &person);
    let shares = run.dice.rash(50_000 * ONE);
    let paid = if run.dice.percent(50) {
        0
    } else {
        run.dice.rash(1_000 * ONE)
    };
    Some(people::issue(run, &person, &wallet, shares, paid))
}

fn transfer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let (from, to) = (holder_of(run, &person), holder_of(run, &person));
    let has = free(run, &person, &from);
    let shares = run.dice.rash(has);
    let (token, a, b) = (token_of(&person), run.key(&from), run.key(&to));
    let send = ix::transfer_shares(&token, &a, &b, Shares(shares), None);
    let what = format!("{from} sends {shares} of {person} to {to}");
    Some(Step::new(what, send, &[&from], move |model| {
        model.transfer_shares(&token, &a, &a, &b, shares, false)
    }))
}

fn heartbeat(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (mut token, key) = (run.token(&person), run.key(&signer));
    token.data.owner = key;
    let beat = ix::heartbeat(&token);
    Some(Step::new(
        format!("{signer} lives as {person}"),
        beat,
        &[&signer],
        move |model| model.heartbeat(&token.key, &key),
    ))
}
