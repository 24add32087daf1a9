//! Policies under notice, easier terms, handover, executors.

use crate::personal_token::{
    holder::steps::close_holder,
    token::steps::{accept_ownership, propose_owner, set_executor, wind_up},
};
use {
    crate::oracle::steps::ids,
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::pool::token_of,
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{Policy, Relaxation},
    },
};

pub const STEPS: &[Weighted] = &[
    (3, propose_policy),
    (4, apply_policy),
    (1, cancel_policy),
    (3, relax),
    (2, propose_owner),
    (3, accept_ownership),
    (2, set_executor),
    (1, wind_up),
    (1, close_holder),
];

pub(crate) fn propose_policy(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    // Mostly policies under which life goes on.
    let admission = run.rng.pick(&[&0u8, &0, &0, &1, &1, &2]);
    let transfer_policy = run.rng.pick(&[&0u8, &0, &0, &0, &1, &1, &1, &2]);
    let (admission, transfer_policy) = (*admission, *transfer_policy);
    let named = (admission == 2) != run.rng.percent(6);
    let name = |run: &mut Run, name| match named {
        true => run.key(name),
        false => Pubkey::default(),
    };
    let policy = Policy {
        admission: admission.try_into().unwrap(),
        transfer_policy: transfer_policy.try_into().unwrap(),
        credential: name(run, "credential"),
        schema: name(run, "schema"),
    };
    let same = (admission, transfer_policy)
        == (token.data.admission.raw(), token.data.transfer_policy.raw());
    if same && run.rng.percent(85) {
        return None;
    }
    let propose = ix::propose_policy(&token, policy);
    let what = format!("{by} announces {policy:?} of {person}");
    Some(Step::new(what, propose, &[&by], move |model| {
        let Policy {
            admission,
            transfer_policy,
            credential,
            schema,
        } = policy;
        let policy = (admission, transfer_policy, credential, schema);
        model.propose_policy(&token.key, &token.data.owner, policy)
    }))
}

pub(crate) fn apply_policy(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    match run.model.tokens[&token].pending_policy {
        Some((_, at)) => {
            run.pass_mostly_until(at);
        }
        None if run.rng.percent(90) => return None,
        None => {}
    }
    let by = run.anybody();
    let apply = ix::apply_policy(&token, &run.key(&by));
    let what = format!("{by} applies {person}'s policies");
    Some(Step::new(what, apply, &[&by], move |model| {
        model.apply_policy(&token)
    }))
}

pub(crate) fn cancel_policy(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    if token.data.policy_at == 0 && run.rng.percent(80) {
        return None;
    }
    let withdraw = ix::cancel_policy(&token);
    let what = format!("{by} withdraws {person}'s policies");
    Some(Step::new(what, withdraw, &[&by], move |model| {
        model.cancel_policy(&token.key, &token.data.owner)
    }))
}

pub(crate) fn relax(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let terms = run.model.tokens[&token.key].terms;
    // A step at a time: what is eased is gone until a poll.
    let lower = |run: &mut Run, bps: u16| match run.rng.below(24) {
        0 => Some(bps + 1),
        1 => Some(bps),
        2..=11 => Some(bps - bps / 4),
        _ => None,
    };
    let (cap, supply) = (terms.supply_cap, run.model.tokens[&token.key].supply);
    let relaxation = Relaxation {
        supply_cap: match run.rng.below(24) {
            0 => Some(cap.saturating_add(1)),
            1 => Some(supply),
            2..=5 => Some(cap - (cap - supply.min(cap)) / 8),
            _ => None,
        },
        floor: match run.rng.below(24) {
            0 => Some(terms.floor + 1),
            1..=4 => Some(terms.floor - terms.floor / 8),
            _ => None,
        },
        cash_out_tax_bps: lower(run, terms.cash_out_tax_bps),
        royalty_bps: lower(run, terms.royalty_bps),
    };
    let relax = ix::relax_terms(&token, relaxation);
    let what = format!("{by} relaxes {person}: {relaxation:?}");
    Some(Step::new(what, relax, &[&by], move |model| {
        model.relax_terms(&token.key, &token.data.owner, &relaxation)
    }))
}
