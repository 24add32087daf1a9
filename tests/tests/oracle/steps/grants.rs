//! Grants: made, claimed, revoked, closed, and given to by others.

use {
    super::{holders, ids, people},
    crate::{
        Weighted,
        run::{Run, Step},
    },
    upside_sdk::{Shares, address::find_grant, instruction as ix, state::GrantTerms},
    upside_tests::{pool::token_of, world::ONE},
};

pub const STEPS: &[Weighted] = &[
    (5, make),
    (1, open_before),
    (2, give),
    (7, claim),
    (9, claim_dividend),
    (3, revoke),
    (4, close),
];

const LONGEST: u64 = 10 * 365 * 86_400;

/// A grant of a token, mostly one that there is.
fn any(run: &mut Run, person: &str) -> Option<u64> {
    let token = token_of(person);
    let there = run.model.grants.keys();
    let there = there.filter(|(whose, _)| *whose == token);
    let there = there.map(|(_, number)| *number).collect();
    let made = run.model.tokens[&token].grants;
    ids::number(run, there, made)
}

fn make(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let beneficiary = holders::holder_of(run, &person);
    let token = ids::token_as(run, &person, &by);
    let now = run.now();
    let duration = match run.dice.below(50) {
        0 => 0,
        1 => LONGEST + 1,
        2 => LONGEST,
        3..=6 => 1,
        _ => run.dice.within(3_600, 20 * 86_400),
    };
    let start = match run.dice.below(40) {
        0 => now + LONGEST as i64 + 1,
        1 => now - LONGEST as i64 - 1,
        2 => now - LONGEST as i64,
        3 => i64::MIN,
        4..=7 => now + run.dice.below(5 * 86_400) as i64,
        8..=12 => now - run.dice.below(5 * 86_400) as i64,
        _ => now,
    };
    let cliff = match run.dice.below(30) {
        0 => duration + 1,
        1 => duration,
        2..=5 => 0,
        _ => run.dice.below(duration + 1),
    };
    let terms = GrantTerms {
        shares: run.dice.rash(50_000 * ONE),
        start,
        cliff_seconds: cliff as u32,
        duration_seconds: duration as u32,
        revocable: run.dice.percent(70),
    };
    let (key, to) = (run.key(&by), run.key(&beneficiary));
    let make = ix::make_grant(&token, &run.pool.payer(), &to, terms);
    let what = format!("{by} grants {beneficiary} {person}: {terms:?}");
    Some(Step::new(what, make, &[&by, &beneficiary], move |model| {
        model.make_grant(&token.key, &key, &to, &terms)
    }))
}

/// The next grant's holder account is opened before there is a grant.
fn open_before(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = token_of(&person);
    let number = run.model.tokens[&token].grants;
    let wallet = find_grant(&token, number).0;
    Some(people::admit(run, &person, &by, wallet))
}

/// Somebody gives a grant shares of theirs.
fn give(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let from = holders::holder_of(run, &person);
    let has = holders::free(run, &person, &from);
    let shares = run.dice.rash(has / 10);
    let (token, key) = (token_of(&person), run.key(&from));
    let number = any(run, &person)?;
    let to = find_grant(&token, number).0;
    let send = ix::transfer_shares(&token, &key, &to, Shares(shares), None);
    let what = format!("{from} gives grant {number} {shares} of {person}");
    Some(Step::new(what, send, &[&from], move |model| {
        model.transfer_shares(&token, &key, &key, &to, shares, false)
    }))
}

fn claim(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let known = run.model.grants.get(&(grant.data.token, number));
    let vested = known.map(|known| known.vested(run.now()) > known.claimed);
    if vested == Some(false) && run.dice.percent(70) {
        return None;
    }
    let claim = ix::claim_grant(&grant);
    let token = grant.data.token;
    let what = format!("grant {number} of {person} is claimed");
    Some(Step::new(what, claim, &[], move |model| {
        model.claim_grant(&token, number)
    }))
}

fn claim_dividend(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let token = run.token(&person);
    let assets: Vec<_> = run.model.tokens[&token.key].assets.clone();
    let mint = run.dice.one(&assets)?.mint;
    let claim = ix::claim_grant_dividend(&token, &grant, &mint).ok()?;
    let what = format!("dividend of grant {number} of {person} in {mint}");
    Some(Step::new(what, claim, &[], move |model| {
        model.claim_grant_dividend(&token.key, number, &mint)
    }))
}

fn revoke(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let revoke = ix::revoke_grant(&token, &grant);
    let what = format!("{by} revokes grant {number} of {person}");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_grant(&token.key, &token.data.owner, number)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let token = grant.data.token;
    let has = run.model.holder(&token, &grant.key);
    if has.is_ok_and(|has| has.shares > 0) && run.dice.percent(70) {
        return None;
    }
    let key = upside_sdk::address::find_holder(&token, &grant.key).0;
    let mut holder = ids::blank(key);
    holder.data = upside_sdk::state::Holder::default();
    holder.data.rent_payer = run.model.payer;
    let close = ix::close_grant(&grant, &holder);
    let what = format!("grant {number} of {person} is closed");
    Some(Step::new(what, close, &[], move |model| {
        model.close_grant(&token, number)
    }))
}
