//! Announced and former names.

use crate::personal_token::token::steps::*;
use {
    crate::oracle::run::{Run, Step},
    crate::pool::token_of,
    upside_sdk::{
        instruction as ix,
        state::{Account, NameTexts, PersonalToken},
    },
};

pub(crate) fn text(run: &mut Run) -> Option<String> {
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

pub(crate) fn announce_name(run: &mut Run) -> Option<Step> {
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
pub(crate) fn announced(run: &mut Run) -> Option<String> {
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

pub(crate) fn cancel_name(run: &mut Run) -> Option<Step> {
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

pub(crate) fn apply_name(run: &mut Run) -> Option<Step> {
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
