//! Contributions and redemptions over several transactions.

use {
    crate::oracle::steps::index::{shares::redemption, *},
    crate::oracle::{Weighted, run::resigned},
    upside_sdk::index::BasketKind,
};

pub const STEPS: &[Weighted] = &[
    (3, whole),
    (4, open),
    (6, deposit),
    (4, finish),
    (2, cancel),
    (3, redeem_to),
    (5, withdraw),
    (3, close),
];

/// A basket of an index, and its wallet's name.
struct Found {
    index: Account<PooledIndex>,
    name: String,
    wallet: Pubkey,
    nonce: u64,
    basket: rules::baskets::Basket,
}

/// An open basket, mostly of this kind.
fn any_basket(run: &mut Run, kind: BasketKind) -> Option<Found> {
    let either = run.rng.percent(6);
    let all = run.model.indexes.iter().flat_map(|(key, index)| {
        let baskets = index.baskets.iter();
        let fitting = baskets.filter(|(_, basket)| either || basket.kind == kind);
        fitting.map(|((wallet, nonce), basket)| (*key, *wallet, *nonce, basket.clone()))
    });
    let all: Vec<_> = all.collect();
    let (key, wallet, nonce, basket) = run.rng.one(&all)?;
    Some(Found {
        index: run.pool.world.get(&key),
        name: run.name(&wallet)?,
        wallet,
        nonce,
        basket,
    })
}

/// A number for a new basket, now and then one that is taken.
fn nonce(run: &mut Run) -> u64 {
    if run.rng.percent(4) {
        run.rng.below(3)
    } else {
        run.rng.roll()
    }
}

/// A basket from its opening to its end.
fn whole(run: &mut Run) -> Option<Step> {
    for make in [open, deposit] {
        let step = make(run)?;
        if !run.send(step) {
            return None;
        }
    }
    finish(run)
}

fn open(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let (it, wallet) = (run.model.accrued(&index.key), run.key(&name));
    let dues = run.model.dues(&it).unwrap_or_default();
    let most = affordable(&it, &dues, |_, slot| wealth(&run.model, slot, &wallet));
    let (shares, nonce) = (run.rng.rash(most), nonce(run));
    let seconds = run.rng.below(8 * 86_400) as i64 - 86_400 / 2;
    let deadline = run.model.now + seconds;
    let open = ix::open_basket(&index.key, &wallet, nonce, shares, deadline);
    let what = format!("{name} opens basket {nonce} for {shares}");
    Some(Step::new(what, open, &[&name], move |model| {
        model.open_basket(&index.key, &wallet, nonce, shares, deadline)
    }))
}

fn deposit(run: &mut Run) -> Option<Step> {
    let found = any_basket(run, BasketKind::Contribution)?;
    let it = run.model.accrued(&found.index.key);
    let mut amounts: Vec<(u8, u64)> = Vec::new();
    // Mostly what is missing and a little more, at times anything.
    if run.rng.percent(80) {
        let dues = run.model.dues(&it).ok()?;
        let fee = found.basket.entry_fee_bps;
        let needed = it.contribution(found.basket.shares, &dues, fee).ok()?;
        for (number, slot) in it.used() {
            let place = usize::from(number);
            let needed = needed.amounts[place];
            if needed > 0 && found.basket.amounts[place] == 0 {
                let has = wealth(&run.model, slot, &found.wallet);
                let more = needed.saturating_add(run.rng.below(needed / 4 + 2));
                amounts.push((number, more.min(has)));
            }
        }
        amounts.retain(|(_, atoms)| *atoms > 0);
        // In several transactions.
        if run.rng.percent(20) {
            amounts.truncate(1);
        }
    } else {
        let used: Vec<(u8, rules::Slot)> = it.used().map(|(n, slot)| (n, slot.clone())).collect();
        let (number, slot) = run.rng.one(&used)?;
        let has = wealth(&run.model, &slot, &found.wallet);
        amounts.push((number, run.rng.rash(has)));
    }
    if amounts.is_empty() && !run.rng.percent(10) {
        return None;
    }
    let (name, wallet, nonce) = (found.name, found.wallet, found.nonce);
    let deposit = ix::deposit(&found.index, &wallet, nonce, amounts.clone()).ok()?;
    let by = run.mostly(&name);
    let signer = run.key(&by);
    let deposit = resigned(deposit, &wallet, &signer);
    let what = format!("{by} puts {amounts:?} into basket {nonce} of {name}");
    Some(Step::new(what, deposit, &[&by], move |model| {
        model.deposit_to_basket(&found.index.key, &wallet, nonce, &signer, &amounts)
    }))
}

fn finish(run: &mut Run) -> Option<Step> {
    let found = any_basket(run, BasketKind::Contribution)?;
    let mut calls = harvests(run, &found.index, 20);
    let (it, _) = then(run, &found.index, &calls);
    let noted = it.noted(&found.basket).unwrap_or_default();
    let full = affordable(&it, &noted, |slot, _| {
        found.basket.amounts[usize::from(slot)]
    });
    let own = run.rng.percent(60);
    let shares = match run.rng.below(10) {
        0 => run.rng.rash(full),
        1..5 if own => full,
        _ => found.basket.shares,
    };
    if full == 0 && !run.rng.percent(20) {
        return None;
    }
    let by = if own { found.name.clone() } else { actor(run) };
    let (authority, wallet, nonce) = (run.key(&by), found.wallet, found.nonce);
    let finish = ix::finish_basket(&found.index, &wallet, nonce, &authority, shares);
    let key = found.index.key;
    calls.push(finish, move |model| {
        model.finish_basket(&key, &wallet, nonce, &authority, shares)
    });
    let what = format!(
        "{by} finishes basket {nonce} of {} for {shares}",
        found.name
    );
    Some(calls.step(what, &[&by]))
}

fn cancel(run: &mut Run) -> Option<Step> {
    let found = any_basket(run, BasketKind::Contribution)?;
    let by = if run.rng.percent(60) {
        found.name.clone()
    } else {
        actor(run)
    };
    let (authority, wallet, nonce) = (run.key(&by), found.wallet, found.nonce);
    let key = found.index.key;
    let cancel = ix::cancel_basket(&key, &wallet, nonce, &authority);
    let what = format!("{by} cancels basket {nonce} of {}", found.name);
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_basket(&key, &wallet, nonce, &authority)
    }))
}

fn redeem_to(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, had) = shareholder(run, &index.key);
    let (mut calls, args) = redemption(run, &index, had);
    let (wallet, nonce) = (run.key(&name), nonce(run));
    let redeem = ix::redeem_to_basket(&index, &wallet, nonce, args.clone());
    let what = format!("{name} redeems {} of {had} to basket {nonce}", args.shares);
    calls.push(redeem, move |model| {
        model.redeem_to_basket(&index.key, &wallet, nonce, &args)
    });
    Some(calls.step(what, &[&name]))
}

fn withdraw(run: &mut Run) -> Option<Step> {
    let found = any_basket(run, BasketKind::Payout)?;
    let amounts = found.basket.amounts;
    let full = (0u8..).zip(amounts).filter(|(_, atoms)| *atoms > 0);
    let mut slots: Vec<u8> = full.map(|(slot, _)| slot).collect();
    match run.rng.below(12) {
        0 => slots.push(0),
        1 => slots.clear(),
        2..6 => slots.truncate(1),
        _ => {}
    }
    if slots.is_empty() && !run.rng.percent(15) {
        return None;
    }
    let (name, wallet, nonce) = (found.name, found.wallet, found.nonce);
    if run.rng.percent(25) {
        let other = actor(run);
        let to = run.key(&other);
        let places = slots.iter().map(|slot| {
            let constituent = &found.index.data.constituents[usize::from(*slot)];
            (*slot, ix::place_of(constituent, &to))
        });
        let places: Vec<_> = places.collect();
        let withdraw = ix::withdraw_basket_to(&found.index, &wallet, nonce, &places).ok()?;
        let what = format!("{name} has {slots:?} of basket {nonce} paid to {other}");
        return Some(Step::new(what, withdraw, &[&name], move |model| {
            model.withdraw_basket(&found.index.key, &wallet, nonce, &slots, &to)
        }));
    }
    let withdraw = ix::withdraw_basket(&found.index, &wallet, nonce, slots.clone()).ok()?;
    let what = format!("{slots:?} of basket {nonce} are paid to {name}");
    Some(Step::new(what, withdraw, &[], move |model| {
        model.withdraw_basket(&found.index.key, &wallet, nonce, &slots, &wallet)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let found = any_basket(run, BasketKind::Payout)?;
    if !found.basket.is_empty() && !run.rng.percent(15) {
        return None;
    }
    let (key, wallet, nonce) = (found.index.key, found.wallet, found.nonce);
    let close = ix::close_basket(&key, &wallet, nonce);
    let what = format!("basket {nonce} of {} is closed", found.name);
    Some(Step::new(what, close, &[], move |model| {
        model.close_basket(&key, &wallet, nonce)
    }))
}
