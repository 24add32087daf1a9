//! Polls: put, answered, applied, ended.

use {
    super::Move,
    crate::{
        chance,
        scene::{Call, Scene, call, key},
    },
    upside_sdk::{
        instruction as ix,
        state::{Account, Answer, Change, Poll},
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
    let bps = |scene: &mut Scene, most: u64| chance::edge(&mut scene.dice, most, &[]) as u16;
    match scene.dice.below(18) {
        0 => Change::SupplyCap(chance::edge(&mut scene.dice, 100_000_000 * ONE, &[])),
        1 => Change::Room(bps(scene, 10_000)),
        2 | 3 => Change::CashOutTax(bps(scene, 5_000)),
        4 => Change::Royalty(bps(scene, 5_000)),
        5 => Change::ReserveShare(bps(scene, 10_000)),
        6 => Change::Drip(scene.dice.one(&[86_400, 7 * 86_400, 30 * 86_400]).unwrap()),
        7 => {
            let claims = scene.facts.token.claims;
            Change::RevenueTerms {
                claim: scene.dice.below(claims.max(1)),
                share_bps: 1,
                total: 1,
                ends_at: scene.world.now() + DAY,
            }
        }
        8 => Change::RevenueEnd(scene.dice.below(scene.facts.token.claims.max(1))),
        9 => Change::AcceptAttester(key(scene.actor())),
        10 => Change::Exempt(scene.dice.below(3) as u8),
        11 => Change::Threshold(scene.dice.within(5_001, 10_000) as u16),
        12 => Change::Notice(scene.dice.one(&[86_400, 7 * 86_400]).unwrap()),
        13 => Change::Inactivity(90 * 86_400),
        14 => Change::LossLimit(u64::MAX),
        15 => Change::Floor(chance::edge(&mut scene.dice, 1_000 * ONE, &[])),
        16 => Change::DisputeClaim(scene.dice.below(scene.facts.token.claims.max(1))),
        _ => Change::Dissolve,
    }
}

fn put(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let change = change(scene);
    let put = ix::put_poll(&scene.token(), &scene.payer(), &key(who), change, [6; 32]);
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
    scene.dice.one(&polls)
}

fn answer(scene: &mut Scene) -> Option<Call> {
    let (who, poll) = (scene.actor(), poll(scene)?);
    let answer = scene.dice.one(&[
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
    call(
        format!("{who} applies poll {}", poll.data.number),
        ix::apply_poll(&poll, &key(who)),
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
