//! What owners set, and new tokens.

use crate::oracle::steps::{holders, ids};
use crate::personal_token::naming::steps::*;
use {
    crate::oracle::steps::people,
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        model::{Model, Predicted},
        pool::token_of,
        world::ONE,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey, Shares, instruction as ix,
        state::{Account, Admission, PersonalToken},
    },
};

pub const STEPS: &[Weighted] = &[
    (1, heartbeat),
    (1, set_roles),
    (1, set_bearer_cap),
    (1, pause),
    (6, unpause),
    (2, announce_name),
    (1, cancel_name),
    (2, apply_name),
    (3, create),
];

/// What the owner signs, now and then signed by somebody else.
pub(crate) fn owned(
    run: &mut Run,
    person: &str,
    what: &str,
    build: impl FnOnce(&mut Run, &Account<PersonalToken>) -> Instruction,
    predict: impl Fn(&mut Model, &Pubkey, &Pubkey) -> Predicted + 'static,
) -> Step {
    let owner = run.owner_of(person);
    let signer = if run.rng.percent(85) {
        owner
    } else {
        run.anybody()
    };
    let (token, by) = (run.token(person), run.key(&signer));
    let built = build(run, &token);
    let built = resigned(built, &token.data.owner, &by);
    Step::new(
        format!("{signer} {what} of {person}"),
        built,
        &[&signer],
        move |model| predict(model, &token.key, &by),
    )
}

pub(crate) fn heartbeat(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let step = owned(
        run,
        &person,
        "lives as owner",
        |_, token| ix::heartbeat(token),
        |model, token, by| model.heartbeat(token, by),
    );
    Some(step)
}

pub(crate) fn set_roles(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let guardian = run.mostly("guardian");
    let guardian = run.key(&guardian);
    let registrar = if run.rng.percent(10) {
        Pubkey::default()
    } else {
        run.key("registrar")
    };
    let build = move |_: &mut Run, token: &Account<PersonalToken>| {
        ix::set_roles(token, &guardian, &registrar)
    };
    let step = owned(
        run,
        &person,
        "sets the roles",
        build,
        move |model, token, by| model.set_roles(token, by, &guardian, &registrar),
    );
    Some(step)
}

pub(crate) fn set_bearer_cap(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let cap = match run.rng.below(4) {
        0 => 0,
        1 => u64::MAX,
        _ => run.rng.amount(200_000 * ONE),
    };
    let build =
        move |_: &mut Run, token: &Account<PersonalToken>| ix::set_bearer_cap(token, Shares(cap));
    let step = owned(
        run,
        &person,
        &format!("sets the bearer cap {cap}"),
        build,
        move |model, token, by| model.set_bearer_cap(token, by, cap),
    );
    Some(step)
}

pub(crate) fn pause(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let signer = if run.rng.percent(50) {
        run.owner_of(&person)
    } else {
        run.mostly("guardian")
    };
    let (token, by) = (run.token(&person), run.key(&signer));
    let pause = ix::pause(&token, &by);
    Some(Step::new(
        format!("{signer} pauses {person}"),
        pause,
        &[&signer],
        move |model| model.pause(&token.key, &by),
    ))
}

pub(crate) fn unpause(run: &mut Run) -> Option<Step> {
    let paused = |name: &String| run.model.tokens[&token_of(name)].paused;
    let paused: Vec<String> = run
        .pool
        .people
        .iter()
        .filter(|name| paused(name))
        .cloned()
        .collect();
    let person = match run.rng.one(&paused) {
        Some(person) => person,
        None if run.rng.percent(10) => run.somebody(),
        None => return None,
    };
    let step = owned(
        run,
        &person,
        "ends the pause",
        |_, token| ix::unpause(token),
        |model, token, by| model.unpause(token, by),
    );
    Some(step)
}

pub(crate) fn create(run: &mut Run) -> Option<Step> {
    let stranger = run.rng.pick(&people::STRANGERS).to_string();
    let name = run.mostly(&stranger);
    if run.pool.people.contains(&name) && run.rng.percent(90) {
        return None;
    }
    let mut args = people::rich_args(run, &name);
    // By credential as often as by the others together: few wallets have one.
    args.admission = (run.rng.below(4).min(2) as u8).try_into().unwrap();
    args.transfer_policy = (run.rng.below(3) as u8).try_into().unwrap();
    args.terms.bearer_cap = run.rng.rash(100_000 * ONE);
    if run.rng.percent(30) {
        args.terms.supply_cap = u64::MAX;
    }
    if args.admission == Admission::Credential {
        args.credential = run.key("credential");
        args.schema = run.key("schema");
    }
    match run.rng.below(16) {
        0 => args.name = String::new(),
        1 => args.terms.supply_cap = 0,
        2 => args.schema = run.key("schema"),
        3 => {
            args.admission = match args.admission {
                Admission::Credential => Admission::Open,
                _ => Admission::Credential,
            }
        }
        4 => args.terms.drip_seconds = 31 * 86_400,
        5 => args.terms.drip_seconds = 86_400 - u32::from(run.rng.percent(50)),
        6 => args.terms.reserve_bps = 10_000,
        7 => args.symbol = "much too long".into(),
        8 => args.terms.floor = u64::MAX,
        _ => {}
    }
    Some(people::create(run, &name, args))
}

pub(crate) fn propose_owner(run: &mut Run) -> Option<Step> {
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

pub(crate) fn accept_ownership(run: &mut Run) -> Option<Step> {
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

pub(crate) fn set_executor(run: &mut Run) -> Option<Step> {
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

pub(crate) fn wind_up(run: &mut Run) -> Option<Step> {
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
