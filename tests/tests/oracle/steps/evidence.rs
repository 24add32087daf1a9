//! Attesters, what they say of claims, and who vouches for creators.

use {
    super::ids,
    crate::{
        Weighted,
        run::{Run, Step},
    },
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{Statement, Voucher},
    },
    upside_tests::pool::token_of,
};

pub const STEPS: &[Weighted] = &[
    (6, add),
    (1, add_many),
    (3, announce),
    (6, remove),
    (4, set_threshold),
    (10, apply_threshold),
    (7, attest),
    (4, revoke),
    (3, dispute),
    (6, resolve),
    (3, vouch),
    (3, unvouch),
];

/// Who may become an attester beside wallets.
const ATTESTERS: [&str; 4] = ["attester a", "attester b", "attester c", "attester d"];
const LONGEST: i64 = 2 * 365 * 86_400;

fn somebody(run: &mut Run) -> String {
    match run.dice.percent(75) {
        true => run.dice.pick(&ATTESTERS).to_string(),
        false => run.anybody(),
    }
}

/// The attesters of a token and when they may be removed.
fn listed(run: &Run, token: &Pubkey) -> Vec<(Pubkey, Option<i64>)> {
    let list = run.model.attesters.get(token);
    let places = list.map(|list| list.places.iter().flatten().copied());
    places.map(Iterator::collect).unwrap_or_default()
}

/// An attester of the token, mostly.
fn attester(run: &mut Run, token: &Pubkey) -> String {
    if run.dice.percent(92) {
        let listed = listed(run, token);
        let found = run.dice.one(&listed);
        if let Some(name) = found.and_then(|(key, _)| run.name(&key)) {
            return name;
        }
    }
    somebody(run)
}

/// A claim of a token, mostly one that there is.
fn any_claim(run: &mut Run, token: &Pubkey) -> Option<u64> {
    let there = run.model.claims.keys();
    let there = there.filter(|(whose, _)| whose == token);
    let there = there.map(|(_, number)| *number).collect();
    let made = run.model.tokens[token].claims;
    ids::number(run, there, made)
}

fn add(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let (who, attester) = match run.dice.below(40) {
        0 => ("nobody".to_string(), Pubkey::default()),
        1 => (by.clone(), run.key(&by)),
        _ => {
            let who = somebody(run);
            let key = run.key(&who);
            (who, key)
        }
    };
    let add = ix::add_attester(&token, &run.pool.payer(), &attester);
    let what = format!("{by} adds {who} to the attesters of {person}");
    Some(Step::new(what, add, &[&by], move |model| {
        model.add_attester(&token.key, &token.data.owner, &attester)
    }))
}

/// As many attesters at once as a transaction takes: twice that and the list is full.
fn add_many(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let (token, payer) = (run.token(&person), run.pool.payer());
    let known = listed(run, &token.key);
    let first = known.len();
    let most = run.dice.within(6, 10) as usize;
    let new: Vec<_> = (first..first + most)
        .map(|place| run.key(&format!("attester {place}")))
        .filter(|key| known.iter().all(|(own, _)| own != key))
        .collect();
    let mut step = Step::nothing(format!("{owner} adds {most} attesters of {person}"));
    step.instructions = new
        .iter()
        .map(|attester| ix::add_attester(&token, &payer, attester))
        .collect();
    step.signers = vec![owner];
    step.predict = Box::new(move |model| {
        let owner = token.data.owner;
        let mut added = new.iter();
        added.try_for_each(|attester| model.add_attester(&token.key, &owner, attester))
    });
    Some(step)
}

fn announce(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    if listed(run, &token.key).is_empty() && run.dice.percent(90) {
        return None;
    }
    let who = attester(run, &token.key);
    let key = run.key(&who);
    let announce = ix::announce_attester_removal(&token, &key);
    let what = format!("{by} announces that {who} attests {person} no more");
    Some(Step::new(what, announce, &[&by], move |model| {
        model.announce_attester_removal(&token.key, &token.data.owner, &key)
    }))
}

fn remove(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let key = if run.dice.percent(90) {
        let listed = listed(run, &token);
        let announced: Vec<_> = listed.iter().filter(|(_, at)| at.is_some()).collect();
        let (who, at) = *run.dice.one(&announced)?;
        let late = run.dice.percent(85);
        run.pass_until(at.unwrap_or(0) - i64::from(!late));
        who
    } else {
        let who = attester(run, &token);
        run.key(&who)
    };
    let by = run.anybody();
    let remove = ix::remove_attester(&token, &run.key(&by), &key);
    let who = run.name(&key)?;
    let what = format!("{by} removes {who} from the attesters of {person}");
    Some(Step::new(what, remove, &[&by], move |model| {
        model.remove_attester(&token, &key)
    }))
}

fn set_threshold(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let list = run.model.attesters.get(&token.key);
    let present = list.map_or(1, |list| u64::from(list.threshold));
    if list.is_none() && run.dice.percent(90) {
        return None;
    }
    let threshold = match run.dice.below(12) {
        0 => 0,
        1 => 17,
        2 => 16,
        // Up first: only what is lower waits for its notice.
        _ if present == 1 => run.dice.within(2, 4),
        3 | 4 => present + 1,
        _ => run.dice.within(1, present - 1),
    } as u8;
    let set = ix::set_attester_threshold(&token, threshold);
    let what = format!("{by} wants {threshold} attestations of {person}'s claims");
    Some(Step::new(what, set, &[&by], move |model| {
        model.set_attester_threshold(&token.key, &token.data.owner, threshold)
    }))
}

fn apply_threshold(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let list = run.model.attesters.get(&token);
    match list.and_then(|list| list.announced) {
        Some((_, at)) => {
            run.pass_mostly_until(at);
        }
        None if run.dice.percent(90) => return None,
        None => {}
    }
    let by = run.anybody();
    let apply = ix::apply_attester_threshold(&token, &run.key(&by));
    let what = format!("{by} applies the attestations wanted of {person}'s claims");
    Some(Step::new(what, apply, &[&by], move |model| {
        model.apply_attester_threshold(&token)
    }))
}

fn attest(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let number = any_claim(run, &token)?;
    let claim = ids::claim(run, &person, number);
    if listed(run, &token).is_empty() && run.dice.percent(90) {
        return None;
    }
    let by = attester(run, &token);
    let key = run.key(&by);
    let known = run.model.claims.get(&(token, number));
    let document = known.map_or([1; 32], |claim| claim.document);
    let statement = Statement {
        value: run.dice.roll() >> run.dice.below(64),
        document: match run.dice.percent(6) {
            true => [1; 32],
            false => document,
        },
        expires_at: ids::ahead(run, LONGEST),
    };
    let attest = ix::attest_claim(&claim, &run.pool.payer(), &key, statement);
    let what = format!("{by} attests claim {number} of {person}");
    Some(Step::new(what, attest, &[&by], move |model| {
        model.attest_claim(&token, number, &key, &statement)
    }))
}

fn revoke(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let there = run.model.attestations.keys();
    let there: Vec<_> = there.filter(|(whose, ..)| *whose == token).collect();
    let found = run.dice.one(&there).copied();
    let (number, attester) = match found.filter(|_| run.dice.percent(94)) {
        Some((_, number, attester)) => (number, attester),
        None if run.dice.percent(80) => return None,
        None => {
            let who = somebody(run);
            (any_claim(run, &token)?, run.key(&who))
        }
    };
    let claim = ids::claim(run, &person, number);
    let mut attestation = ids::attestation(run, &claim, attester);
    let name = run.name(&attester)?;
    let by = run.mostly(&name);
    attestation.data.attester = run.key(&by);
    let key = attestation.data.attester;
    let revoke = ix::revoke_attestation(&attestation);
    let what = format!("{by} revokes {name}'s word on claim {number} of {person}");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_attestation(&token, number, &attester, &key)
    }))
}

fn dispute(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let number = any_claim(run, &token)?;
    let claim = ids::claim(run, &person, number);
    if listed(run, &token).is_empty() && run.dice.percent(90) {
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

fn resolve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let claims = run.model.claims.iter();
    let disputed: Vec<_> = claims
        .filter(|((whose, _), claim)| *whose == token && claim.disputed_by != Pubkey::default())
        .map(|((_, number), claim)| (*number, claim.disputed_by))
        .collect();
    let found = run.dice.one(&disputed);
    let (number, who) = match found.filter(|_| run.dice.percent(92)) {
        Some((number, who)) => (number, run.name(&who)?),
        None if run.dice.percent(70) => return None,
        None => (any_claim(run, &token)?, attester(run, &token)),
    };
    let by = match run.dice.percent(40) {
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

fn vouch(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let by = match run.dice.percent(10) {
        true => run.owner_of(&person),
        false => somebody(run),
    };
    let key = run.key(&by);
    let owner = match run.dice.percent(10) {
        true => key,
        false => run.model.tokens[&token].owner,
    };
    let voucher = Voucher {
        owner,
        subject: [run.dice.below(8) as u8; 32],
        document: [run.dice.below(3) as u8; 32],
        expires_at: ids::ahead(run, LONGEST),
    };
    let vouch = ix::vouch_identity(&token, &run.pool.payer(), &key, voucher);
    let what = format!("{by} vouches for {person}: {voucher:?}");
    Some(Step::new(what, vouch, &[&by], move |model| {
        model.vouch_identity(&token, &key, &voucher)
    }))
}

fn unvouch(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let there = run.model.identities.keys();
    let there: Vec<_> = there.filter(|(whose, _)| *whose == token).collect();
    let found = run.dice.one(&there).copied();
    let voucher = match found.filter(|_| run.dice.percent(92)) {
        Some((_, voucher)) => voucher,
        None if run.dice.percent(80) => return None,
        None => {
            let who = somebody(run);
            run.key(&who)
        }
    };
    let name = run.name(&voucher)?;
    let by = run.mostly(&name);
    let identity = ids::identity(run, &person, voucher);
    let key = run.key(&by);
    let revoke = ix::revoke_identity(&identity, &key);
    let what = format!("{by} takes {name}'s word for {person} back");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_identity(&token, &voucher, &key)
    }))
}
