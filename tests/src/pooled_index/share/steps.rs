//! Index shares in and out, harvests, fees.

use crate::pooled_index::constituent::steps::*;
use crate::pooled_index::fee::steps::collect_fees;
use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    crate::pool::unbounded,
    upside_sdk::index::{ContributeArgs, RedeemArgs, SlotAtoms},
};

pub const STEPS: &[Weighted] = &[
    (8, contribute),
    (6, redeem),
    (6, harvest_one),
    (3, collect_fees),
    (4, sync),
];

/// Bounds of amounts, of slots in use: none, exact ones, one that is one atom off, one that
/// is left out.
pub(crate) fn bounds(
    run: &mut Run,
    it: &rules::PooledIndex,
    exact: &rules::Amounts,
    none: u64,
    off: i64,
) -> Vec<SlotAtoms> {
    let used = it
        .used()
        .filter(|(_, slot)| slot.counter > 0 || slot.coin > 0);
    let mut bounds: Vec<SlotAtoms> = used
        .map(|(slot, _)| SlotAtoms {
            slot,
            atoms: exact[usize::from(slot)],
        })
        .collect();
    let place = run.rng.below(bounds.len() as u64) as usize;
    match run.rng.below(20) {
        0 | 1 => {}
        2 => {
            if let Some(bound) = bounds.get_mut(place) {
                bound.atoms = bound.atoms.saturating_add_signed(off);
            }
        }
        3 if place < bounds.len() => {
            bounds.remove(place);
        }
        _ => bounds.iter_mut().for_each(|bound| bound.atoms = none),
    }
    bounds
}

pub(crate) fn contribute(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let mut calls = harvests(run, &index, 20);
    let ((it, dues), wallet) = (then(run, &index, &calls), run.key(&name));
    let most = affordable(&it, &dues, |_, slot| wealth(&run.model, slot, &wallet));
    let shares = run.rng.rash(most);
    let exact = it.contribution(shares, &dues, it.parameters.entry_fee_bps);
    let (exact, minted) = exact.map_or(([0; rules::SLOTS], 0), |what| (what.amounts, what.minted));
    let least_shares = match run.rng.below(12) {
        0 => minted,
        1 => minted.saturating_add(1),
        _ => 0,
    };
    let args = ContributeArgs {
        shares,
        least_shares,
        most: bounds(run, &it, &exact, u64::MAX, -1),
        deadline: deadline(run),
    };
    let mut contribute = ix::contribute(&index, &wallet, args.clone()).ok()?;
    // A slot without a bound has its accounts all the same.
    let whole = ContributeArgs {
        most: unbounded(&index.data),
        ..args.clone()
    };
    contribute.accounts = ix::contribute(&index, &wallet, whole).ok()?.accounts;
    calls.push(contribute, move |model| {
        model.contribute_to_index(&index.key, &wallet, &args)
    });
    Some(calls.step(format!("{name} contributes for {shares}"), &[&name]))
}

/// Arguments of a redemption, and the harvests before it.
pub fn redemption(run: &mut Run, index: &Account<PooledIndex>, had: u64) -> (Calls, RedeemArgs) {
    let calls = harvests(run, index, 50);
    let (it, _) = then(run, index, &calls);
    let shares = run.rng.rash(had);
    let exact = it.redemption(shares).map(|what| what.amounts);
    let exact = exact.unwrap_or([0; rules::SLOTS]);
    let args = RedeemArgs {
        shares,
        least: bounds(run, &it, &exact, 0, 1),
        deadline: deadline(run),
    };
    (calls, args)
}

/// Somebody redeems index shares, whatever they bring.
pub fn redeeming(
    run: &mut Run,
    index: &Account<PooledIndex>,
    name: &str,
    shares: u64,
) -> Option<Step> {
    let (key, wallet) = (index.key, run.key(name));
    let args = RedeemArgs {
        shares,
        least: Vec::new(),
        deadline: NEVER,
    };
    let redeem = ix::redeem(index, &wallet, args.clone()).ok()?;
    let what = format!("{name} redeems {shares}");
    Some(Step::new(what, redeem, &[name], move |model| {
        model.redeem_from_index(&key, &wallet, &args)
    }))
}

pub(crate) fn redeem(run: &mut Run) -> Option<Step> {
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
