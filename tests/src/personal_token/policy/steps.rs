//! Policies under notice, easier terms, handover, executors.

use {
    crate::oracle::steps::{holders, ids},
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

fn propose_policy(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    // Mostly policies under which life goes on.
    let admission = run.rng.pick(&[&0u8, &0, &0, &1, &1, &2, &3]);
    let transfer_policy = run.rng.pick(&[&0u8, &0, &0, &0, &1, &1, &1, &2, &3]);
    let (admission, transfer_policy) = (*admission, *transfer_policy);
    let named = (admission == 2) != run.rng.percent(6);
    let name = |run: &mut Run, name| match named {
        true => run.key(name),
        false => Pubkey::default(),
    };
    let policy = Policy {
        admission,
        transfer_policy,
        credential: name(run, "credential"),
        schema: name(run, "schema"),
    };
    let same = (admission, transfer_policy) == (token.data.admission, token.data.transfer_policy);
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

fn apply_policy(run: &mut Run) -> Option<Step> {
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

fn cancel_policy(run: &mut Run) -> Option<Step> {
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

fn relax(run: &mut Run) -> Option<Step> {
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

fn propose_owner(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let (who, to) = match run.rng.below(8) {
        0 => ("nobody".to_string(), Pubkey::default()),
        // A person whose token went away gets it back.
        1..=3 => (person.clone(), run.key(&person)),
        _ => {
            let who = holders::holder_of(run, &person);
            let key = run.key(&who);
            (who, key)
        }
    };
    let propose = ix::propose_owner(&token, &to);
    let what = format!("{by} proposes {who} as the owner of {person}");
    Some(Step::new(what, propose, &[&by], move |model| {
        model.propose_owner(&token.key, &token.data.owner, &to)
    }))
}

fn accept_ownership(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = run.token(&person);
    let pending = run.name(&token.data.pending_owner);
    let by = match pending {
        Some(name) => run.mostly(&name),
        None if run.rng.percent(6) => run.anybody(),
        None => return None,
    };
    let key = run.key(&by);
    let accept = ix::accept_ownership(&token, &key);
    let what = format!("{by} accepts {person}");
    Some(Step::new(what, accept, &[&by], move |model| {
        model.accept_ownership(&token.key, &key)
    }))
}

fn set_executor(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let (who, to) = match run.rng.below(8) {
        0 => ("nobody".to_string(), Pubkey::default()),
        1 => {
            let who = run.anybody();
            let key = run.key(&who);
            (who, key)
        }
        _ => ("executor".to_string(), run.key("executor")),
    };
    let set = ix::set_executor(&token, &to);
    let what = format!("{by} names {who} as the executor of {person}");
    Some(Step::new(what, set, &[&by], move |model| {
        model.set_executor(&token.key, &token.data.owner, &to)
    }))
}

fn wind_up(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let it = &run.model.tokens[&token];
    let last = it.owner_seen + i64::from(it.terms.inactivity_seconds);
    let executor = it.executor;
    let by = match run.name(&executor) {
        Some(name) => run.mostly(&name),
        None => run.anybody(),
    };
    // The last second of the owner's time, or the first one after it.
    match run.rng.below(10) {
        0..=2 => run.pass_until(last + 1),
        3 => run.pass_until(last),
        4..=8 => return None,
        _ => {}
    }
    let key = run.key(&by);
    let up = ix::wind_up_by_executor(&token, &key);
    let what = format!("{by} winds {person} up");
    Some(Step::new(what, up, &[&by], move |model| {
        model.wind_up(&token, &key)
    }))
}

/// Anybody closes the holder account of a wallet that nobody has a key of: in a
/// wind-down, where there is no account at that address.
fn close_holder(run: &mut Run) -> Option<Step> {
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
