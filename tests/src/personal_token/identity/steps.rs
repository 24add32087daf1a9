//! Identity attestations.

use crate::personal_token::evidence::steps::*;
use {
    crate::oracle::run::{Run, Step},
    crate::oracle::steps::ids,
    crate::pool::token_of,
    upside_sdk::{instruction as ix, state::IdentityAttestation},
};

pub(crate) fn attest_identity(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let by = match run.rng.percent(10) {
        true => run.owner_of(&person),
        false => somebody(run),
    };
    let key = run.key(&by);
    let owner = match run.rng.percent(10) {
        true => key,
        false => run.model.tokens[&token].owner,
    };
    let identity_attestation = IdentityAttestation {
        owner,
        subject: [run.rng.below(8) as u8; 32],
        document: [run.rng.below(3) as u8; 32],
        expires_at: ids::ahead(run, LONGEST),
    };
    let attest = ix::attest_identity(&token, &run.pool.payer(), &key, identity_attestation);
    let what = format!("{by} attests {person}'s identity: {identity_attestation:?}");
    Some(Step::new(what, attest, &[&by], move |model| {
        model.attest_identity(&token, &key, &identity_attestation)
    }))
}

pub(crate) fn revoke_identity(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let there = run.model.identities.keys();
    let there: Vec<_> = there.filter(|(whose, _)| *whose == token).collect();
    let found = run.rng.one(&there).copied();
    let identity_attestation = match found.filter(|_| run.rng.percent(92)) {
        Some((_, identity_attestation)) => identity_attestation,
        None if run.rng.percent(80) => return None,
        None => {
            let who = somebody(run);
            run.key(&who)
        }
    };
    let name = run.name(&identity_attestation)?;
    let by = run.mostly(&name);
    let identity = ids::identity(run, &person, identity_attestation);
    let key = run.key(&by);
    let revoke = ix::revoke_identity(&identity, &key);
    let what = format!("{by} takes {name}'s word for {person} back");
    Some(Step::new(what, revoke, &[&by], move |model| {
        model.revoke_identity(&token, &identity_attestation, &key)
    }))
}
