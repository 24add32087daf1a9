//! Grants: offered, accepted, cancelled, collected, revoked, closed.

use {
    crate::oracle::steps::{holders, ids},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{pool::token_of, world::ONE},
    upside_sdk::{
        instruction as ix,
        state::{GrantOffer, GrantTerms},
    },
};

pub const STEPS: &[Weighted] = &[
    (6, offer),
    (6, accept),
    (2, cancel),
    (9, collect),
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

fn offer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let beneficiary = holders::holder_of(run, &person);
    let token = ids::token_as(run, &person, &by);
    let now = run.now();
    let duration = match run.rng.below(50) {
        0 => 0,
        1 => LONGEST + 1,
        2 => LONGEST,
        3..=6 => 1,
        _ => run.rng.within(3_600, 20 * 86_400),
    };
    let start = match run.rng.below(40) {
        0 => now + LONGEST as i64 + 1,
        1 => now - LONGEST as i64 - 1,
        2 => now - LONGEST as i64,
        3 => i64::MIN,
        4..=7 => now + run.rng.below(5 * 86_400) as i64,
        8..=12 => now - run.rng.below(5 * 86_400) as i64,
        _ => now,
    };
    let cliff = match run.rng.below(30) {
        0 => duration + 1,
        1 => duration,
        2..=5 => 0,
        _ => run.rng.below(duration + 1),
    };
    let terms = GrantTerms {
        shares: run.rng.rash(50_000 * ONE),
        start,
        cliff_seconds: cliff as u32,
        duration_seconds: duration as u32,
        revocable: run.rng.percent(70),
    };
    let expires_at = match run.rng.below(30) {
        0 => now,
        1 => now + 30 * 86_400 + 1,
        2 => i64::MAX,
        _ => now + run.rng.within(60, 30 * 86_400) as i64,
    };
    let (key, to) = (run.key(&by), run.key(&beneficiary));
    let offer = GrantOffer {
        beneficiary: to,
        terms,
        expires_at,
        reference: run.rng.below(3),
    };
    let number = run.model.tokens[&token.key].grants;
    let call = ix::offer_grant(&token, &run.pool.payer(), number, offer);
    let what = format!("{by} offers {beneficiary} a grant of {person}: {terms:?}");
    Some(Step::new(what, call, &[&by], move |model| {
        model.offer_grant(&token.key, &key, number, &offer)
    }))
}

/// The name of a grant's beneficiary, now and then of somebody else.
fn beneficiary(run: &mut Run, key: &upside_sdk::Pubkey) -> String {
    let named = run.name(key).unwrap_or_else(|| "bob".to_string());
    run.mostly(&named)
}

fn accept(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let mut grant = ids::grant(run, &person, number);
    let by = beneficiary(run, &grant.data.beneficiary);
    let key = run.key(&by);
    grant.data.beneficiary = key;
    let token = run.token(&person);
    let accept = ix::accept_grant(&token, &grant);
    let what = format!("{by} accepts grant {number} of {person}");
    Some(Step::new(what, accept, &[&by], move |model| {
        model.accept_grant(&token.key, number, &key)
    }))
}

fn cancel(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let (key, token) = (run.key(&by), grant.data.token);
    let cancel = ix::cancel_grant(&grant, &key);
    let what = format!("{by} ends the offer of grant {number} of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_grant(&token, number, &key)
    }))
}

fn collect(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let mut grant = ids::grant(run, &person, number);
    let token = grant.data.token;
    let known = run.model.grants.get(&(token, number));
    let until = run.model.vests_until(&token);
    let vested = known.map(|known| known.vested(until) > known.collected);
    if vested == Some(false) && run.rng.percent(70) {
        return None;
    }
    let by = beneficiary(run, &grant.data.beneficiary);
    let key = run.key(&by);
    grant.data.beneficiary = key;
    let collect = ix::collect_grant(&grant, &run.pool.payer());
    let what = format!("{by} collects grant {number} of {person}");
    Some(Step::new(what, collect, &[&by], move |model| {
        model.collect_grant(&token, number, &key)
    }))
}

fn revoke(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let (key, token) = (run.key(&by), run.token(&person));
    let revoke = ix::revoke_grant(&token, &grant, &key);
    let what = format!("{by} revokes grant {number} of {person}");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_grant(&token.key, &key, number)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let grant = ids::grant(run, &person, number);
    let token = grant.data.token;
    let known = run.model.grants.get(&(token, number));
    if known.is_some_and(|known| known.held() > 0) && run.rng.percent(70) {
        return None;
    }
    let close = ix::close_grant(&grant);
    let what = format!("grant {number} of {person} is closed");
    Some(Step::new(what, close, &[], move |model| {
        model.close_grant(&token, number)
    }))
}
