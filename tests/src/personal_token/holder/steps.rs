//! Holder accounts and shares that change hands.

use crate::oracle::steps::ids;
use {
    crate::oracle::steps::people,
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{pool::token_of, world::ONE},
    upside_sdk::{address::find_holder, instruction as ix, state::Admission, state::Holder},
};

pub const STEPS: &[Weighted] = &[(3, open), (4, open_by_credential), (2, close), (3, issue)];

pub(crate) fn open(run: &mut Run) -> Option<Step> {
    let (person, holder) = (run.somebody(), run.anybody());
    let authority = run.mostly(&holder);
    let wallet = run.key(&holder);
    Some(people::admit(run, &person, &authority, wallet))
}

/// Somebody who has a holder account, mostly.
pub fn holder_of(run: &mut Run, person: &str) -> String {
    let token = token_of(person);
    if run.rng.percent(5) {
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
    match run.rng.one(&names) {
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

pub(crate) fn issue(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let wallet = holder_of(run, &person);
    let most = if run.rng.percent(5) {
        u64::MAX
    } else {
        50_000 * ONE
    };
    let shares = run.rng.rash(most);
    let paid = if run.rng.percent(50) {
        0
    } else {
        run.rng.rash(10_000 * ONE)
    };
    Some(people::issue(run, &person, &wallet, shares, paid))
}

pub(crate) fn open_by_credential(run: &mut Run) -> Option<Step> {
    let strict =
        |name: &String| run.model.tokens[&token_of(name)].policy.0 == Admission::Credential;
    let strict: Vec<String> = run
        .pool
        .people
        .iter()
        .filter(|name| strict(name))
        .cloned()
        .collect();
    let (some, any) = (run.rng.one(&strict), run.somebody());
    let person = match some {
        Some(person) => person,
        None if run.rng.percent(10) => any,
        None => return None,
    };
    let holder = match run.rng.below(3) {
        0 => "bob".to_string(),
        1 => "carol".to_string(),
        _ => run.anybody(),
    };
    let (token, wallet, payer) = (run.token(&person), run.key(&holder), run.pool.payer());
    let open = ix::open_holder_by_credential(&token, &payer, &wallet);
    let what = format!("{holder} opens a holder account of {person} by credential");
    Some(Step::new(what, open, &[&holder], move |model| {
        model.open_holder_by_credential(&token.key, &wallet)
    }))
}

pub(crate) fn close(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let empty: Vec<_> = run
        .model
        .holders_of(&token)
        .filter(|(_, holder)| holder.shares == 0)
        .filter_map(|(wallet, _)| run.name(wallet))
        .collect();
    let holder = match run.rng.one(&empty) {
        Some(empty) => empty,
        None if run.rng.percent(10) => holder_of(run, &person),
        None => return None,
    };
    let wallet = run.key(&holder);
    run.model.holders.get(&(token, wallet))?;
    let wound_up = run.model.tokens[&token].wound_up;
    let signer = if wound_up {
        run.anybody()
    } else {
        run.mostly(&holder)
    };
    Some(closing(run, &person, &holder, &signer))
}

/// Somebody closes a wallet's holder account.
pub fn closing(run: &mut Run, person: &str, holder: &str, signer: &str) -> Step {
    let (token, wallet, by) = (token_of(person), run.key(holder), run.key(signer));
    let account = run
        .pool
        .world
        .get::<Holder>(&find_holder(&token, &wallet).0);
    let close = ix::close_holder(&account, &by);
    let what = format!("{signer} closes {holder}'s holder account of {person}");
    Step::new(what, close, &[signer], move |model| {
        model.close_holder(&token, &by, &wallet)
    })
}

/// Anybody closes the holder account of a wallet that nobody has a key of: in a
/// wind-down, where there is no account at that address.
pub(crate) fn close_holder(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let wallets = run.model.holders_of(&token);
    let wallets: Vec<_> = wallets
        .filter(|(wallet, _)| run.name(wallet).is_none())
        .map(|(wallet, _)| *wallet)
        .collect();
    let wallet = run.rng.one(&wallets)?;
    let by = run.anybody();
    let key = run.key(&by);
    let mut holder = ids::blank(upside_sdk::address::find_holder(&token, &wallet).0);
    holder.data = upside_sdk::state::Holder::default();
    holder.data.token = token;
    holder.data.wallet = wallet;
    holder.data.rent_payer = run.model.payer;
    let close = ix::close_holder(&holder, &key);
    let what = format!("{by} closes {wallet}'s holder account of {person}");
    Some(Step::new(what, close, &[&by], move |model| {
        model.close_holder(&token, &key, &wallet)
    }))
}
