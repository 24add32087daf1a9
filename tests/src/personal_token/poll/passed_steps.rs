//! Polls that pass: put, answered by everybody who weighs something, and applied. By chance
//! alone hardly one does, and what only polls do would hardly ever be done.

use {
    crate::oracle::steps::{bearer, claims::found, ids, money::listed, polls::proven},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{
        model::claim::ClaimKind,
        pool::token_of,
        world::{DAY, ONE},
    },
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{Answer, Change},
    },
};

pub const STEPS: &[Weighted] = &[(4, auction), (4, surplus)];

/// Holders other than the owner, those with the most shares first.
fn voters(run: &Run, token: &Pubkey) -> Vec<String> {
    let owner = run.model.tokens[token].owner;
    let all = run.model.holders_of(token);
    let mut all: Vec<_> = all
        .filter(|(wallet, holder)| **wallet != owner && holder.shares > 0)
        .map(|(wallet, holder)| (holder.shares, *wallet))
        .collect();
    all.sort_unstable();
    let wallets = all.iter().rev();
    wallets.filter_map(|(_, wallet)| run.name(wallet)).collect()
}

/// Puts a poll of this change and has everybody approve; the step applies it, or tries to.
fn passed(run: &mut Run, person: &str, change: Change) -> Option<Step> {
    let key = token_of(person);
    let voters = voters(run, &key);
    // What the owner does alone, holders ask for.
    let by = match change.surplus() {
        Some(_) => voters.first()?.clone(),
        None => run.owner_of(person),
    };
    let signer = run.key(&by);
    // What came within the second of the put weighs nothing.
    run.pass(1);
    let (token, payer) = (run.token(person), run.pool.payer());
    let number = run.model.tokens[&key].polls_put;
    let put = ix::put_poll(&token, &payer, &signer, change, [7; 32]);
    let put = proven(run, &key, &change, put);
    let what = format!("{by} puts a poll of {person}, for all to approve: {change:?}");
    let put = Step::new(what, put, &[&by], move |model| {
        model.put_poll(&key, &signer, &change, [7; 32])
    });
    run.send(put);
    if run.model.tokens[&key].polls_put == number {
        return Some(Step::nothing("it was refused"));
    }
    for voter in voters {
        let (poll, wallet) = (ids::poll(run, person, number), run.key(&voter));
        let answer = ix::answer_poll(&poll, &wallet, Answer::For);
        let what = format!("{voter} approves of poll {number} of {person}");
        let answer = Step::new(what, answer, &[&voter], move |model| {
            model.answer_poll(&key, &wallet, number, Answer::For)
        });
        run.send(answer);
    }
    let notice = i64::from(run.model.tokens[&key].terms.notice_seconds);
    if change.surplus().is_none() && notice < 20 * DAY {
        run.pass(notice);
    }
    let (poll, by) = (ids::poll(run, person, number), run.anybody());
    let signer = run.key(&by);
    let apply = proven(run, &key, &change, ix::apply_poll(&poll, &signer));
    let what = format!("{by} applies poll {number} of {person}, which all were asked to approve");
    Some(Step::new(what, apply, &[&by], move |model| {
        model.apply_poll(&key, &signer, number)
    }))
}

/// Custody at a value that holders set, mostly at what the highest fresh word allows.
fn auction(run: &mut Run) -> Option<Step> {
    let (person, key, claim) = found(run, |it| {
        it.kind == ClaimKind::Tokenized && it.is_open() && it.held() > 0
    })?;
    if !run.model.attesters.contains_key(&key) {
        return None;
    }
    let units = run.rng.rash(run.model.claims[&(key, claim)].held());
    let said = run.model.highest_fresh(&key, claim, units).ok()?;
    let value = match (said, run.rng.below(10)) {
        (Some(highest), 0) => highest.saturating_sub(1),
        (Some(highest), 1..=6) => highest,
        _ => run.rng.amount(1_000 * ONE),
    };
    let change = Change::Auction {
        claim,
        units,
        value,
        seconds: 604_800,
    };
    passed(run, &person, change)
}

/// What somebody sends to a vault.
fn surplus(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let (key, mint) = (token_of(&person), listed(run, &person));
    let place = run.model.tokens[&key].place_of(&mint).ok()?;
    let from = run.anybody();
    let wallet = run.key(&from);
    let has = run.model.balance(&wallet, &mint);
    // A vault that was closed takes nothing.
    let there = run.model.accounts.contains_key(&(key, mint));
    if has > 0 && there && run.rng.percent(90) {
        let atoms = run.rng.amount(has.min(100 * ONE));
        let send = bearer::send(run, &from, &key, &mint, atoms);
        run.send(send);
    }
    passed(run, &person, Change::BookSurplus(place as u8))
}
