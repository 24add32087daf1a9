//! Index shares in and out, harvests, fees.

use {
    super::*,
    crate::Weighted,
    upside_sdk::index::{ContributeArgs, RedeemArgs},
};

pub const STEPS: &[Weighted] = &[
    (8, contribute),
    (6, redeem),
    (6, harvest_one),
    (3, collect_fees),
    (4, sync),
];

/// Bounds of amounts: none, exact ones, one that is one atom off, or too many.
fn bounds(run: &mut Run, exact: Vec<u64>, none: u64, off: i64) -> Vec<u64> {
    let mut bounds = exact;
    match run.dice.below(20) {
        0 | 1 => {}
        2 => {
            let place = run.dice.below(bounds.len() as u64) as usize;
            if let Some(bound) = bounds.get_mut(place) {
                *bound = bound.saturating_add_signed(off);
            }
        }
        3 => bounds.push(0),
        _ => bounds.fill(none),
    }
    bounds
}

fn contribute(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let mut calls = if run.dice.percent(90) {
        fresh(run, &index)
    } else {
        Calls::default()
    };
    let (it, wallet) = (then(run, &index, &calls), run.key(&name));
    let most = affordable(&it, |_, slot| wealth(&run.model, slot, &wallet));
    let shares = run.dice.rash(most);
    let exact = it.contribution(shares).map(|what| what.amounts);
    let exact = exact.unwrap_or([0; rules::SLOTS]);
    let held = rules_of(run, &index).held();
    let exact = held.map(|(slot, _)| exact[usize::from(slot)]).collect();
    let args = ContributeArgs {
        shares,
        most: bounds(run, exact, u64::MAX, -1),
        deadline: deadline(run),
    };
    let contribute = ix::contribute(&index, &wallet, args.clone()).ok()?;
    calls.push(contribute, move |model| {
        model.contribute_to_index(&index.key, &wallet, &args)
    });
    Some(calls.step(format!("{name} contributes for {shares}"), &[&name]))
}

/// Arguments of a redemption, and the harvests before it.
pub fn redemption(run: &mut Run, index: &Account<Index>, had: u64) -> (Calls, RedeemArgs) {
    let (calls, allow_stale) = match run.dice.below(20) {
        0 => (Calls::default(), false),
        1..6 => (Calls::default(), true),
        _ => (fresh(run, index), false),
    };
    let it = then(run, index, &calls);
    let shares = run.dice.rash(had);
    let exact = it.redemption(shares).map(|what| what.amounts);
    let exact = exact.unwrap_or([0; rules::SLOTS]);
    let held = rules_of(run, index).held();
    let exact = held.map(|(slot, _)| exact[usize::from(slot)]).collect();
    let args = RedeemArgs {
        shares,
        least: bounds(run, exact, 0, 1),
        allow_stale,
        deadline: deadline(run),
    };
    (calls, args)
}

fn redeem(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, had) = shareholder(run, &index.key);
    let (mut calls, args) = redemption(run, &index, had);
    let wallet = run.key(&name);
    let redeem = ix::redeem(&index, &wallet, args.clone()).ok()?;
    let what = format!("{name} redeems {} of {had}", args.shares);
    calls.push(redeem, move |model| {
        model.redeem_from_index(&index.key, &wallet, &args)
    });
    Some(calls.step(what, &[&name]))
}

fn harvest_one(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let people = rules_of(run, &index).used();
    let people = people.filter(|(_, slot)| slot.kind == Kind::Personal);
    let people: Vec<u8> = people.map(|(slot, _)| slot).collect();
    let slot = run.dice.one(&people)?;
    let owed = dividends(&run.model, &index.key, slot);
    let mint = run.dice.one(&owed).filter(|_| !run.dice.percent(15));
    let (instruction, rule) = harvest(run, &index, slot, mint.map(|(mint, _)| mint));
    let what = format!("harvest of slot {slot}: {mint:?}");
    Some(Step::new(what, instruction, &[], rule))
}

fn collect_fees(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let collect = ix::collect_fees(&index);
    Some(Step::new(
        "fees are collected",
        collect,
        &[],
        move |model| model.collect_fees(&index.key),
    ))
}

fn sync(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let it = rules_of(run, &index);
    let all: Vec<(u8, Kind)> = it.used().map(|(slot, it)| (slot, it.kind)).collect();
    let off = |slot: u8| it.booked(slot).ok() != run.model.custody(it, slot).ok();
    let off = all.iter().copied().filter(|(slot, _)| off(*slot));
    let off: Vec<(u8, Kind)> = off.collect();
    let (slot, kind) = match run.dice.one(&off) {
        Some(found) => found,
        None => run.dice.one(&all).filter(|_| run.dice.percent(20))?,
    };
    let sync = ix::sync_custody(&index, slot).ok()?;
    let what = format!("custody of slot {slot} is synced");
    Some(Step::new(what, sync, &[], move |model| {
        model.sync_custody(&index.key, slot, kind)
    }))
}
