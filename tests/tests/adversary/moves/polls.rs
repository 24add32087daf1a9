//! Polls: put, answered, applied, ended.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::{find_attesters, find_claim},
        instruction as ix,
        state::{Account, Answer, Change, ClaimKind, Poll},
    },
    upside_tests::world::{DAY, ONE},
};

pub const MOVES: &[Move] = &[
    (10, put),
    (14, answer),
    (10, apply),
    (2, cancel),
    (3, close),
];

fn change(scene: &mut Scene) -> Change {
    let bps = |scene: &mut Scene, most: u64| chance::edge(&mut scene.rng, most, &[]) as u16;
    match scene.rng.below(20) {
        0 => Change::SupplyCap(chance::edge(&mut scene.rng, 100_000_000 * ONE, &[])),
        1 => Change::Room(bps(scene, 10_000)),
        2 | 3 => Change::CashOutTax(bps(scene, 5_000)),
        4 => Change::Royalty(bps(scene, 5_000)),
        5 => Change::ReserveShare(bps(scene, 10_000)),
        6 => Change::Drip(scene.rng.one(&[86_400, 7 * 86_400, 30 * 86_400]).unwrap()),
        7 => {
            let claims = scene.facts.token.claims;
            Change::RevenueTerms {
                claim: scene.rng.below(claims.max(1)),
                share_bps: 1,
                total: 1,
                ends_at: scene.world.now() + DAY,
            }
        }
        8 => Change::RevenueEnd(scene.rng.below(scene.facts.token.claims.max(1))),
        9 => Change::AcceptAttester(key(scene.actor())),
        10 => Change::Exempt(scene.rng.below(3) as u8),
        11 => Change::Threshold(scene.rng.within(5_001, 10_000) as u16),
        12 => Change::Notice(scene.rng.one(&[86_400, 7 * 86_400]).unwrap()),
        13 => Change::Inactivity(90 * 86_400),
        14 => Change::LossLimit(u64::MAX),
        15 => Change::Floor(chance::edge(&mut scene.rng, 1_000 * ONE, &[])),
        16 => Change::DisputeClaim(scene.rng.below(scene.facts.token.claims.max(1))),
        17 => Change::BookSurplus(scene.rng.below(3) as u8),
        18 => auction(scene).unwrap_or(Change::Dissolve),
        _ => Change::Dissolve,
    }
}

/// An auction of all that a claim holds in custody.
fn auction(scene: &mut Scene) -> Option<Change> {
    let claims = scene.facts.claims.values();
    let claims = claims.filter(|it| it.kind == ClaimKind::TokenizedEquity);
    let held: Vec<(u64, u64)> = claims
        .filter_map(|it| Some((it.number, it.held().ok()?)))
        .filter(|(_, units)| *units > 0)
        .collect();
    let (claim, units) = scene.rng.one(&held)?;
    Some(Change::Auction {
        claim,
        units,
        value: scene.rng.one(&[1, ONE, 1_000_000 * ONE])?,
        seconds: 7 * 86_400,
    })
}

/// What accepted attesters say of the claim that a change auctions stands behind a call.
fn proven(scene: &Scene, call: Instruction, change: &Change) -> Instruction {
    let Change::Auction { claim, .. } = change else {
        return call;
    };
    let token = &scene.facts.key;
    let list = scene.facts.attesters.get(&find_attesters(token).0);
    ix::with_evidence(call, &find_claim(token, *claim).0, list)
}

/// The owner, or one with shares that weigh something.
fn voice(scene: &mut Scene) -> &'static str {
    if scene.rng.percent(30)
        && let Some(owner) = scene.owner()
    {
        return owner;
    }
    let owner = scene.facts.token.owner;
    let holders = scene.group.iter().copied();
    let able = |name: &&'static str| key(name) != owner && scene.shares(name) > ONE;
    let able: Vec<&'static str> = holders.filter(able).collect();
    scene.rng.one(&able).unwrap_or_else(|| scene.actor())
}

fn put(scene: &mut Scene) -> Option<Call> {
    let who = voice(scene);
    let change = change(scene);
    let put = ix::put_poll(&scene.token(), &scene.payer(), &key(who), change, [6; 32]);
    let put = proven(scene, put, &change);
    call(format!("{who} puts {change:?}"), put, &[who])
}

fn poll(scene: &mut Scene) -> Option<Account<Poll>> {
    let polls: Vec<_> = scene
        .facts
        .polls
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&polls)
}

fn answer(scene: &mut Scene) -> Option<Call> {
    let (who, poll) = (voice(scene), poll(scene)?);
    let answer = scene.rng.one(&[
        Answer::For,
        Answer::For,
        Answer::For,
        Answer::Against,
        Answer::Withdraw,
    ])?;
    let made = ix::answer_poll(&poll, &key(who), answer);
    call(
        format!("{who} answers {answer:?} in poll {}", poll.data.number),
        made,
        &[who],
    )
}

fn apply(scene: &mut Scene) -> Option<Call> {
    let (who, poll) = (scene.actor(), poll(scene)?);
    let change = poll.data.change().ok()?;
    let apply = proven(scene, ix::apply_poll(&poll, &key(who)), &change);
    call(
        format!("{who} applies poll {}, {change:?}", poll.data.number),
        apply,
        &[who],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let (who, poll) = (scene.actor(), poll(scene)?);
    call(
        format!("{who} cancels poll {}", poll.data.number),
        ix::cancel_poll(&poll, &key(who)),
        &[who],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let (who, poll) = (scene.actor(), poll(scene)?);
    call(
        format!("{who} closes poll {}", poll.data.number),
        ix::close_poll(&poll, &key(who)),
        &[who],
    )
}
