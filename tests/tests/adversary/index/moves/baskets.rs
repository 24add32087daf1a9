//! Baskets: opened, filled, finished, cancelled, paid out.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::Scene,
    },
    upside_sdk::index::{BasketKind, instruction as ix},
    upside_tests::{
        pool::INDEX_ONE,
        world::{DAY, ONE},
    },
};

pub const MOVES: &[Move] = &[
    (8, open),
    (16, deposit),
    (10, finish),
    (5, cancel),
    (6, redeem_to),
    (10, withdraw),
    (2, close),
];

/// A number of a basket, of few.
fn nonce(scene: &mut Scene) -> u64 {
    1 + scene.rng.below(3)
}

fn open(scene: &mut Scene) -> Option<Call> {
    let (who, nonce) = (scene.actor(), nonce(scene));
    let shares = chance::edge(&mut scene.rng, 100 * INDEX_ONE, &[scene.facts.index.supply]);
    let later = scene.rng.one(&[0, 3_600, DAY, 7 * DAY])?;
    let made = ix::open_basket(
        &scene.facts.key,
        &key(who),
        nonce,
        shares,
        scene.now() + later,
    );
    call(
        format!("{who} opens basket {nonce} for {shares}"),
        made,
        &[who],
    )
}

/// What the shares of a basket cost now, by slot.
fn costs(scene: &Scene, shares: u64) -> Vec<(u8, u64)> {
    let now = scene.facts.now;
    let supply = u128::from(scene.facts.effective(now).max(1));
    let backing = scene.facts.backing(now).into_iter();
    let cost = |atoms: u64| (u128::from(atoms) * u128::from(shares)).div_ceil(supply);
    backing
        .filter(|(_, atoms)| *atoms > 0)
        .map(|(slot, atoms)| (slot, u64::try_from(cost(atoms)).unwrap_or(u64::MAX)))
        .collect()
}

fn deposit(scene: &mut Scene) -> Option<Call> {
    let group = scene.group;
    let basket = scene.basket(|it| {
        it.kind == BasketKind::Contribution && group.iter().any(|who| key(who) == it.wallet)
    })?;
    let who = scene.named(&basket.data.wallet)?;
    let mut amounts = costs(scene, basket.data.shares);
    amounts.retain(|(slot, _)| basket.data.amounts[usize::from(*slot)] == 0);
    if scene.rng.percent(40) {
        let some = scene.rng.one(&amounts)?;
        amounts = vec![some];
    }
    for (_, atoms) in &mut amounts {
        match scene.rng.below(12) {
            0 => *atoms = chance::edge(&mut scene.rng, 1_000 * ONE, &[]),
            1 => *atoms = atoms.saturating_mul(2),
            2 => *atoms = atoms.saturating_sub(1),
            _ => {}
        }
    }
    let made = ix::deposit(
        &scene.index(),
        &key(who),
        basket.data.nonce,
        amounts.clone(),
    )
    .ok()?;
    let nonce = basket.data.nonce;
    call(
        format!("{who} puts {amounts:?} into basket {nonce}"),
        made,
        &[who],
    )
}

fn finish(scene: &mut Scene) -> Option<Call> {
    let basket = scene.basket(|it| it.kind == BasketKind::Contribution)?;
    let wallet = basket.data.wallet;
    let by = scene.named(&wallet).unwrap_or_else(|| scene.actor());
    let shares = if scene.rng.percent(70) {
        basket.data.shares
    } else {
        chance::edge(&mut scene.rng, basket.data.shares, &[])
    };
    let nonce = basket.data.nonce;
    let made = ix::finish_basket(&scene.index(), &wallet, nonce, &key(by), shares);
    call(format!("{by} finishes a basket for {shares}"), made, &[by])
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let basket = scene.basket(|it| it.kind == BasketKind::Contribution)?;
    let wallet = basket.data.wallet;
    let by = scene.named(&wallet).unwrap_or_else(|| scene.actor());
    let made = ix::cancel_basket(&scene.facts.key, &wallet, basket.data.nonce, &key(by));
    call(format!("{by} cancels a basket"), made, &[by])
}

fn redeem_to(scene: &mut Scene) -> Option<Call> {
    let (who, nonce) = (scene.shareholder(), nonce(scene));
    let shares = chance::edge(&mut scene.rng, scene.facts.shares(&key(who)), &[]);
    let args = scene.pool.redeem_args(shares);
    let made = ix::redeem_to_basket(&scene.index(), &key(who), nonce, args);
    call(
        format!("{who} redeems {shares} to basket {nonce}"),
        made,
        &[who],
    )
}

fn withdraw(scene: &mut Scene) -> Option<Call> {
    let basket = scene.basket(|it| it.kind == BasketKind::Payout)?;
    let amounts = (0u8..).zip(&basket.data.amounts);
    let mut slots: Vec<u8> = amounts
        .filter(|(_, atoms)| **atoms > 0)
        .map(|(slot, _)| slot)
        .collect();
    if scene.rng.percent(40) {
        let some = scene.rng.one(&slots)?;
        slots = vec![some];
    }
    let wallet = basket.data.wallet;
    let made =
        ix::withdraw_basket(&scene.index(), &wallet, basket.data.nonce, slots.clone()).ok()?;
    call(
        format!("slots {slots:?} of a basket are paid out"),
        made,
        &[],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let basket = scene.basket(|it| it.is_empty())?;
    let (wallet, nonce) = (basket.data.wallet, basket.data.nonce);
    call(
        "a basket is closed",
        ix::close_basket(&scene.facts.key, &wallet, nonce),
        &[],
    )
}
