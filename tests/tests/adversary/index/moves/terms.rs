//! What owners of constituents change: policies, marks, polls, lists, executors, owners.

use {
    super::{super::cast::PEOPLE, people::owned},
    crate::{
        cast::key,
        draft::{Call, call},
        index::Scene,
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_poll},
        instruction as ix,
        state::{Account, Answer, Change, Policy, Poll, decode},
    },
    upside_tests::{
        people::person,
        pool::token_of,
        world::{ONE, minter},
    },
};

pub fn propose_policy(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let policy = Policy {
        admission: (scene.rng.below(2) as u8).try_into().unwrap(),
        transfer_policy: (scene.rng.below(3) as u8).try_into().unwrap(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let made = ix::propose_policy(&scene.token(name)?, policy);
    let what = format!(
        "{owner} announces transfer policy {:?} of {name}",
        policy.transfer_policy
    );
    call(what, made, &[owner])
}

pub fn apply_policy(scene: &mut Scene) -> Option<Call> {
    let announced = |name: &&'static str| {
        let token = scene.facts.tokens.get(&token_of(name));
        token.is_some_and(|it| it.policy_at != 0)
    };
    let all: Vec<&'static str> = PEOPLE.iter().copied().filter(announced).collect();
    let name = scene.rng.one(&all)?;
    let by = scene.actor();
    let made = ix::apply_policy(&token_of(name), &key(by));
    call(format!("{by} applies the policy of {name}"), made, &[by])
}

/// An index, or somebody else, becomes a venue of a person's shares, or no longer.
pub fn set_venue(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let (who, wallet) = if scene.rng.percent(80) {
        ("the index", scene.facts.key)
    } else {
        let who = scene.actor();
        (who, key(who))
    };
    let open = scene.rng.percent(50);
    let made = ix::set_venue(&scene.token(name)?, &wallet, open);
    call(
        format!("{owner} marks {who} a venue of {name}: {open}"),
        made,
        &[owner],
    )
}

pub fn apply_venue(scene: &mut Scene) -> Option<Call> {
    let announced = scene
        .facts
        .holders
        .iter()
        .filter(|(_, it)| it.venue_announced_at != 0);
    let all: Vec<(Pubkey, Pubkey)> = announced.map(|(key, _)| *key).collect();
    let (token, wallet) = scene.rng.one(&all)?;
    call(
        "a venue mark is applied",
        ix::apply_venue(&token, &wallet),
        &[],
    )
}

pub fn put_poll(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let change = match scene.rng.below(5) {
        0 | 1 => Change::SupplyCap(scene.rng.one(&[50_000_000 * ONE, u64::MAX / 8])?),
        2 => Change::Room(10_000),
        3 => Change::CashOutTax(5_000),
        _ => Change::Dissolve,
    };
    let made = ix::put_poll(
        &scene.token(name)?,
        &scene.payer(),
        &key(owner),
        change,
        [6; 32],
    );
    call(format!("{owner} puts {change:?} of {name}"), made, &[owner])
}

/// The last poll of a person.
fn poll(scene: &mut Scene) -> Option<(&'static str, Account<Poll>)> {
    let name = scene.rng.one(&PEOPLE)?;
    let token = scene.token(name)?;
    let place = find_poll(&token.key, token.data.poll_seq.checked_sub(1)?).0;
    let there = scene.pool.world.engine.account(&place)?;
    Some((name, decode(&place, &there.owner, &there.data).ok()?))
}

pub fn answer_poll(scene: &mut Scene) -> Option<Call> {
    let (name, poll) = poll(scene)?;
    let who = scene.actor();
    let made = ix::answer_poll(&poll, &key(who), Answer::For);
    call(format!("{who} answers the poll of {name}"), made, &[who])
}

pub fn apply_poll(scene: &mut Scene) -> Option<Call> {
    let (name, poll) = poll(scene)?;
    let by = scene.actor();
    let made = ix::apply_poll(&poll, &key(by));
    call(format!("{by} applies the poll of {name}"), made, &[by])
}

pub fn add_asset(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let coin = scene.rng.one(&super::super::setup::MINTS)?;
    let mint = person(coin).pubkey();
    let payout = scene.rng.percent(60);
    let made = ix::add_asset(
        &scene.token(name)?,
        &scene.payer(),
        &mint,
        &TOKEN_PROGRAM,
        minter(),
        payout,
    );
    call(
        format!("{owner} lists {coin} in {name}, paid out: {payout}"),
        made,
        &[owner],
    )
}

pub fn set_executor(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let by = scene.actor();
    let made = ix::set_executor(&scene.token(name)?, &key(by));
    call(
        format!("{owner} names {by} executor of {name}"),
        made,
        &[owner],
    )
}

pub fn wind_up(scene: &mut Scene) -> Option<Call> {
    let name = scene.rng.one(&PEOPLE)?;
    let executor = scene.facts.tokens.get(&token_of(name))?.executor;
    let by = scene.named(&executor)?;
    let made = ix::wind_up_by_executor(&token_of(name), &executor);
    call(format!("{by} winds {name} up"), made, &[by])
}

pub fn propose_owner(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let to = scene.actor();
    let made = ix::propose_owner(&scene.token(name)?, &key(to));
    call(
        format!("{owner} proposes {to} as owner of {name}"),
        made,
        &[owner],
    )
}

pub fn accept_ownership(scene: &mut Scene) -> Option<Call> {
    let name = scene.rng.one(&PEOPLE)?;
    let pending = scene.facts.tokens.get(&token_of(name))?.pending_owner;
    let who = scene.named(&pending)?;
    let made = ix::accept_ownership(&scene.token(name)?, &pending);
    call(format!("{who} accepts {name}"), made, &[who])
}
