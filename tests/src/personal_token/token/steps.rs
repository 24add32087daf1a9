//! What owners set, and new tokens.

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
        state::{Account, NameTexts, PersonalToken},
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
fn owned(
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

fn heartbeat(run: &mut Run) -> Option<Step> {
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

fn set_roles(run: &mut Run) -> Option<Step> {
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

fn set_bearer_cap(run: &mut Run) -> Option<Step> {
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

fn pause(run: &mut Run) -> Option<Step> {
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

fn unpause(run: &mut Run) -> Option<Step> {
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

fn text(run: &mut Run) -> Option<String> {
    if run.rng.percent(40) {
        return None;
    }
    let length = run.rng.within(1, 12) as usize;
    Some(match run.rng.below(16) {
        0 => String::new(),
        1 => "x".repeat(201),
        2 => " blank".into(),
        3 => "bell\u{7}".into(),
        4 => "zero\u{200b}".into(),
        5 => "Zoë ✓".into(),
        _ => "name".repeat(length / 4 + 1)[..length].to_string(),
    })
}

fn announce_name(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let texts = NameTexts {
        name: text(run),
        symbol: text(run),
        uri: text(run),
    };
    let sent = texts.clone();
    let build = move |run: &mut Run, token: &Account<PersonalToken>| {
        ix::announce_name(token, &run.pool.payer(), sent)
    };
    let step = owned(
        run,
        &person,
        &format!("announces {texts:?}"),
        build,
        move |model, token, by| model.announce_name(token, by, &texts),
    );
    Some(step)
}

/// A token with announced texts, now and then another one.
fn announced(run: &mut Run) -> Option<String> {
    let announces = |name: &String| {
        let naming = run.model.naming.get(&token_of(name));
        naming.is_some_and(|naming| naming.announced.is_some())
    };
    let all: Vec<String> = run
        .pool
        .people
        .iter()
        .filter(|name| announces(name))
        .cloned()
        .collect();
    match run.rng.one(&all) {
        Some(person) => Some(person),
        None if run.rng.percent(10) => Some(run.somebody()),
        None => None,
    }
}

fn cancel_name(run: &mut Run) -> Option<Step> {
    let person = announced(run)?;
    let step = owned(
        run,
        &person,
        "cancels the announced name",
        |run, token| ix::cancel_name(token, &run.pool.payer()),
        |model, token, by| model.cancel_name(token, by),
    );
    Some(step)
}

fn apply_name(run: &mut Run) -> Option<Step> {
    let person = announced(run)?;
    let token = run.token(&person);
    let naming = run.model.naming.get(&token.key);
    let at = naming.and_then(|naming| naming.announced.as_ref().map(|(_, _, at)| *at));
    if let Some(at) = at
        && run.rng.percent(50)
    {
        let before = run.rng.below(2) as i64;
        run.pass_until(at - before);
    }
    let apply = ix::apply_name(&token, &run.pool.payer());
    let what = format!("somebody applies the announced name of {person}");
    Some(Step::new(what, apply, &[], move |model| {
        model.apply_name(&token.key)
    }))
}

fn create(run: &mut Run) -> Option<Step> {
    let stranger = run.rng.pick(&people::STRANGERS).to_string();
    let name = run.mostly(&stranger);
    if run.pool.people.contains(&name) && run.rng.percent(90) {
        return None;
    }
    let mut args = people::rich_args(run, &name);
    // By credential as often as by the others together: few wallets have one.
    args.admission = run.rng.below(4).min(2) as u8;
    args.transfer_policy = run.rng.below(3) as u8;
    args.terms.bearer_cap = run.rng.rash(100_000 * ONE);
    if run.rng.percent(30) {
        args.terms.supply_cap = u64::MAX;
    }
    if args.admission == 2 {
        args.credential = run.key("credential");
        args.schema = run.key("schema");
    }
    match run.rng.below(16) {
        0 => args.name = String::new(),
        1 => args.terms.supply_cap = 0,
        2 => args.transfer_policy = 3,
        3 => args.admission = 2 - args.admission,
        4 => args.terms.drip_seconds = 31 * 86_400,
        5 => args.terms.drip_seconds = 86_400 - u32::from(run.rng.percent(50)),
        6 => args.terms.reserve_bps = 10_000,
        7 => args.symbol = "much too long".into(),
        8 => args.terms.floor = u64::MAX,
        _ => {}
    }
    Some(people::create(run, &name, args))
}
