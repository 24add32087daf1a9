//! Attesters, attestations of claims, and identity attestations.

use crate::personal_token::identity::steps::*;
use {
    crate::oracle::steps::ids,
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{model::claim::ClaimKind, pool::token_of, world::ONE},
    upside_sdk::{Pubkey, instruction as ix, state::Statement},
};

pub const STEPS: &[Weighted] = &[
    (2, add),
    (1, remove),
    (2, set_threshold),
    (3, name_successor),
    (6, take_seat),
    (9, attest),
    (4, revoke),
    (3, dispute),
    (6, resolve),
    (3, attest_identity),
    (3, revoke_identity),
];

/// Who may become an attester beside wallets.
pub(crate) const ATTESTERS: [&str; 4] = ["attester a", "attester b", "attester c", "attester d"];
pub(crate) const LONGEST: i64 = 2 * 365 * 86_400;

pub(crate) fn somebody(run: &mut Run) -> String {
    match run.rng.percent(75) {
        true => run.rng.pick(&ATTESTERS).to_string(),
        false => run.anybody(),
    }
}

/// The attesters of a token.
pub(crate) fn listed(run: &Run, token: &Pubkey) -> Vec<Pubkey> {
    let list = run.model.attesters.get(token);
    let seats = list.map(|list| list.seats.iter().flatten().map(|seat| seat.key));
    seats.map(Iterator::collect).unwrap_or_default()
}

/// An attester of the token, mostly.
pub(crate) fn attester(run: &mut Run, token: &Pubkey) -> String {
    if run.rng.percent(92) {
        let listed = listed(run, token);
        let found = run.rng.one(&listed);
        if let Some(name) = found.and_then(|key| run.name(&key)) {
            return name;
        }
    }
    somebody(run)
}

/// A claim of a token, mostly one that there is.
pub(crate) fn any_claim(run: &mut Run, token: &Pubkey) -> Option<u64> {
    let there = run.model.claims.keys();
    let there = there.filter(|(whose, _)| whose == token);
    let there = there.map(|(_, number)| *number).collect();
    let made = run.model.tokens[token].claims;
    ids::number(run, there, made)
}

/// The owner names attesters of a person whom nobody has bought yet.
pub fn name(run: &mut Run, person: &str, names: &[&str]) -> Step {
    let (token, payer) = (run.token(person), run.pool.payer());
    let keys: Vec<_> = names.iter().map(|name| run.key(name)).collect();
    let (owner, by) = (token.data.owner, run.owner_of(person));
    let add = ix::add_attesters(&token.key, &owner, &payer, &keys);
    let what = format!("{by} names attesters of {person}");
    Step::new(what, add, &[&by], move |model| {
        model.add_attesters(&token.key, &owner, &keys)
    })
}

pub(crate) fn add(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let mut keys = Vec::new();
    for _ in 0..run.rng.below(5) {
        keys.push(match run.rng.below(40) {
            0 => Pubkey::default(),
            1 => run.key(&by),
            _ => {
                let who = somebody(run);
                run.key(&who)
            }
        });
    }
    let owner = token.data.owner;
    let add = ix::add_attesters(&token.key, &owner, &run.pool.payer(), &keys);
    let what = format!("{by} adds {} attesters of {person}", keys.len());
    Some(Step::new(what, add, &[&by], move |model| {
        model.add_attesters(&token.key, &owner, &keys)
    }))
}

pub(crate) fn remove(run: &mut Run) -> Option<Step> {
    let mut person = run.somebody();
    // Mostly of somebody whose shares nobody else has.
    let people = run.pool.people.clone();
    let alone = people.into_iter().filter(|person| {
        let alone = run.model.is_owners_alone(&token_of(person));
        alone.unwrap_or(false)
    });
    let alone: Vec<String> = alone.collect();
    if let Some(found) = run.rng.one(&alone) {
        person = found;
        let token = token_of(&person);
        let active = !run.model.tokens[&token].wound_up;
        if active && listed(run, &token).is_empty() {
            let named = name(run, &person, &["attester c", "attester d"]);
            run.send(named);
        }
    }
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    if listed(run, &token.key).is_empty() && run.rng.percent(90) {
        return None;
    }
    let who = attester(run, &token.key);
    let (key, owner) = (run.key(&who), token.data.owner);
    let remove = ix::remove_attester(&token.key, &owner, &key);
    let what = format!("{by} removes {who} from the attesters of {person}");
    Some(Step::new(what, remove, &[&by], move |model| {
        model.remove_attester(&token.key, &owner, &key)
    }))
}

pub(crate) fn set_threshold(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let list = run.model.attesters.get(&token.key);
    let present = list.map_or(1, |list| u64::from(list.threshold));
    if list.is_none() && run.rng.percent(90) {
        return None;
    }
    let threshold = match run.rng.below(24) {
        0 => 0,
        1 => 9,
        2 => present.saturating_sub(1),
        3 => present + 1,
        _ => present,
    } as u8;
    let owner = token.data.owner;
    let set = ix::set_attester_threshold(&token.key, &owner, threshold);
    let what = format!("{by} wants {threshold} attestations of {person}'s claims");
    Some(Step::new(what, set, &[&by], move |model| {
        model.set_attester_threshold(&token.key, &owner, threshold)
    }))
}

pub(crate) fn name_successor(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    if listed(run, &token).is_empty() && run.rng.percent(90) {
        return None;
    }
    let by = attester(run, &token);
    let to = match run.rng.below(12) {
        0 => Pubkey::default(),
        1 => run.model.tokens[&token].owner,
        _ => {
            let who = somebody(run);
            run.key(&who)
        }
    };
    let key = run.key(&by);
    let name = ix::name_successor(&token, &key, &to);
    let what = format!("{by} names a successor among the attesters of {person}");
    Some(Step::new(what, name, &[&by], move |model| {
        model.name_successor(&token, &key, &to)
    }))
}

pub(crate) fn take_seat(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let list = run.model.attesters.get(&token)?;
    let named = list.seats.iter().flatten();
    let named: Vec<_> = named
        .filter_map(|seat| seat.successor.map(|(to, at)| (seat.key, to, at)))
        .collect();
    let (from, to) = match run.rng.one(&named) {
        Some((from, to, at)) => {
            run.pass_mostly_until(at);
            (from, to)
        }
        None if run.rng.percent(90) => return None,
        None => {
            let (from, to) = (attester(run, &token), somebody(run));
            (run.key(&from), run.key(&to))
        }
    };
    let name = run.name(&to)?;
    let by = run.mostly(&name);
    let key = run.key(&by);
    let take = ix::take_seat(&token, &from, &key);
    let what = format!("{by} takes a seat among the attesters of {person}");
    Some(Step::new(what, take, &[&by], move |model| {
        model.take_seat(&token, &from, &key)
    }))
}

pub(crate) fn attest(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let number = any_claim(run, &token)?;
    let claim = ids::claim(run, &person, number);
    let by = attester(run, &token);
    let key = run.key(&by);
    let known = run.model.claims.get(&(token, number));
    let known = known.cloned().unwrap_or_default();
    let held = if known.is_open() { known.held() } else { 1 };
    let revenue = known.kind == ClaimKind::Revenue;
    let wrong = |run: &mut Run| run.rng.percent(3);
    let statement = Statement {
        terms: match wrong(run) {
            true => [1; 32],
            false => known.terms(&token, number),
        },
        document: match wrong(run) {
            true => [1; 32],
            false => known.document,
        },
        units: match (revenue, wrong(run)) {
            (true, wrong) => u64::from(wrong),
            (false, true) => 0,
            (false, false) => run.rng.rash(held),
        },
        value: match run.rng.percent(50) {
            true => run.rng.amount(9_000 * ONE),
            false => run.rng.roll() >> run.rng.below(64),
        },
        cost: match (revenue, wrong(run)) {
            (true, wrong) => u64::from(wrong),
            (false, _) => known.cost / run.rng.within(1, 3),
        },
        expires_at: match run.rng.percent(50) {
            true => run.now() + LONGEST,
            false => ids::ahead(run, LONGEST),
        },
    };
    let attest = ix::attest_claim(&claim, &run.pool.payer(), &key, statement);
    let what = format!("{by} attests claim {number} of {person}");
    Some(Step::new(what, attest, &[&by], move |model| {
        model.attest_claim(&token, number, &key, &statement)
    }))
}

pub(crate) fn revoke(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let there = run.model.attestations.keys();
    let there: Vec<_> = there.filter(|(whose, ..)| *whose == token).collect();
    let found = run.rng.one(&there).copied();
    let (number, attester) = match found.filter(|_| run.rng.percent(94)) {
        Some((_, number, attester)) => (number, attester),
        None if run.rng.percent(80) => return None,
        None => {
            let who = somebody(run);
            (any_claim(run, &token)?, run.key(&who))
        }
    };
    let claim = ids::claim(run, &person, number);
    let attestation = ids::attestation(run, &claim, attester);
    let name = run.name(&attester)?;
    let by = match run.rng.percent(10) {
        true => run.anybody(),
        false => run.mostly(&name),
    };
    let key = run.key(&by);
    let revoke = ix::revoke_attestation(&attestation, &key);
    let what = format!("{by} revokes {name}'s word on claim {number} of {person}");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_attestation(&token, number, &attester, &key)
    }))
}

pub(crate) fn dispute(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let number = any_claim(run, &token)?;
    let claim = ids::claim(run, &person, number);
    if listed(run, &token).is_empty() && run.rng.percent(90) {
        return None;
    }
    let by = attester(run, &token);
    let key = run.key(&by);
    let dispute = ix::dispute_claim(&claim, &key, [4; 32]);
    let what = format!("{by} disputes claim {number} of {person}");
    Some(Step::new(what, dispute, &[&by], move |model| {
        model.dispute_claim(&token, number, &key)
    }))
}

pub(crate) fn resolve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let claims = run.model.claims.iter();
    let list = run.model.attesters.get(&token);
    let disputed: Vec<_> = claims
        .filter(|((whose, _), _)| *whose == token)
        .flat_map(|((_, number), claim)| claim.disputes.iter().map(|seat| (*number, *seat)))
        .map(|(number, seat)| {
            let sits = list.and_then(|list| list.seats[seat]);
            (number, sits.map_or(Pubkey::default(), |seat| seat.key))
        })
        .collect();
    let found = run.rng.one(&disputed);
    let (number, who) = match found.filter(|_| run.rng.percent(92)) {
        Some((number, who)) => (
            number,
            run.name(&who).unwrap_or_else(|| run.owner_of(&person)),
        ),
        None if run.rng.percent(70) => return None,
        None => (any_claim(run, &token)?, attester(run, &token)),
    };
    let by = match run.rng.percent(15) {
        true => run.owner_of(&person),
        false => run.mostly(&who),
    };
    let (claim, key) = (ids::claim(run, &person, number), run.key(&by));
    let resolve = ix::resolve_dispute(&claim, &key);
    let what = format!("{by} resolves the dispute of claim {number} of {person}");
    Some(Step::new(what, resolve, &[&by], move |model| {
        model.resolve_dispute(&token, number, &key)
    }))
}
