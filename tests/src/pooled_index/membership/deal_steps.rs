//! Deals with people: offers, what becomes of them, and polls that the index opposes.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::{members::attested, *},
    crate::{
        model::index::{members, notices::EXPIRY},
        pool::{INDEX_ONE, token_of},
        world::{DAY, ONE},
    },
    upside_sdk::{
        index::{AcceptArgs, Offer, OfferTerms, find_offer},
        state::Change,
    },
};

pub const STEPS: &[Weighted] = &[(4, offer), (8, accept), (3, cancel), (4, oppose)];

/// The name of somebody who may offer memberships, mostly.
fn admitting(run: &mut Run, index: &Account<PooledIndex>) -> String {
    let right = match run.rng.percent(35) {
        true => index.data.admissions,
        false => index.data.curator,
    };
    let right = run.name(&right);
    or_other(run, right)
}

fn offer(run: &mut Run) -> Option<Step> {
    let (index, person) = (any(run), run.somebody());
    let it = run.model.accrued(&index.key);
    // Mostly so much that a few offers fit the room of a year.
    let most = it.room(run.model.now).unwrap_or(0) / 3;
    let most = match run.rng.below(8) {
        0 => it.offer_most().unwrap_or(0).saturating_add(1),
        _ => most.min(20 * INDEX_ONE),
    };
    let token = token_of(&person);
    let terms = OfferTerms {
        token_shares: match run.rng.below(25) {
            0 => run.model.tokens[&token].terms.supply_cap,
            1 => run.model.tokens[&token].terms.supply_cap.saturating_add(1),
            _ => run.rng.rash(5_000 * ONE),
        },
        index_shares: run.rng.rash(most),
    };
    let name = admitting(run, &index);
    let who = run.key(&name);
    let offer = ix::offer_membership(&index, &run.pool.payer(), &who, &token, terms);
    let what = format!("{name} offers {person} {terms:?}");
    Some(Step::new(what, offer, &[&name], move |model| {
        model.offer_membership(&index.key, &who, &token, &terms)
    }))
}

/// An offer of an index, also one that fell, mostly one that stands.
fn any_offer(run: &mut Run, stands: bool) -> Option<(Account<PooledIndex>, u64, members::Offer)> {
    let either = run.rng.percent(10);
    let all = run.model.indexes.iter().flat_map(|(key, index)| {
        let offers = index.offers.iter();
        let fitting = offers.filter(|(nonce, _)| either || index.notice(**nonce).is_ok() == stands);
        fitting.map(|(nonce, offer)| (*key, *nonce, offer.clone()))
    });
    let all: Vec<_> = all.collect();
    let (key, nonce, offer) = run.rng.one(&all)?;
    Some((run.pool.world.get(&key), nonce, offer))
}

fn account(run: &mut Run, index: &Pubkey, nonce: u64) -> Account<Offer> {
    run.pool.world.get(&find_offer(index, nonce).0)
}

/// Everybody whom the index holds is harvested, as far as an hour does not suffice.
pub fn harvest_everybody(run: &mut Run, index: &Account<PooledIndex>) {
    let since = run.model.now - 3_600;
    let held = rules_of(run, index).held();
    let people =
        held.filter(|(_, slot)| slot.kind == SlotKind::Personal && slot.harvested_at < since);
    let people: Vec<u8> = people.map(|(slot, _)| slot).collect();
    for slot in people {
        let mut due = dividends(&run.model, &index.key, slot);
        due.retain(|(_, atoms)| *atoms > 0);
        let mints: Vec<Option<Pubkey>> = match due.is_empty() {
            true => vec![None],
            false => due.into_iter().map(|(mint, _)| Some(mint)).collect(),
        };
        for mint in mints {
            let (instruction, rule) = harvest(run, index, slot, mint);
            let what = format!("slot {slot} is harvested before a deal: {mint:?}");
            run.send(Step::new(what, instruction, &[], rule));
        }
    }
}

fn accept(run: &mut Run) -> Option<Step> {
    // What is offered long before is mostly diluted when it can be accepted.
    if run.rng.percent(60)
        && let Some(offer) = offer(run)
    {
        run.send(offer);
    }
    let (index, nonce, deal) = any_offer(run, true)?;
    match run.rng.below(20) {
        0 => {}
        1 => run.pass_until(deal.acceptable_from + EXPIRY + 1),
        _ => run.pass_mostly_until(deal.acceptable_from),
    }
    if run.rng.percent(90) {
        harvest_everybody(run, &index);
    }
    let mut token: Account<PersonalToken> = run.pool.world.get(&deal.token);
    let owner = run.name(&token.data.owner)?;
    let name = run.mostly(&owner);
    let who = run.key(&name);
    let shares = find_shares(&index.key).0;
    if !run.model.accounts.contains_key(&(who, shares)) && run.rng.percent(95) {
        let open = open_shares(run, &index.key, &name);
        run.send(open);
    }
    token.data.owner = who;
    let cap = run.model.tokens[&token.key].terms.supply_cap;
    let gives = deal.gives(cap).unwrap_or(u64::MAX);
    let args = AcceptArgs {
        most_gives: match run.rng.below(12) {
            0 => gives,
            1 => gives.saturating_sub(1),
            _ => u64::MAX,
        },
        least_index_shares: match run.rng.below(12) {
            0 => deal.index_shares,
            1 => deal.index_shares + 1,
            _ => 0,
        },
        deadline: deadline(run),
    };
    let subject = attested(run, &index, &who);
    let (payer, offer) = (run.pool.payer(), account(run, &index.key, nonce));
    let accept = ix::accept_membership(&index, &payer, &token, &offer, subject.as_ref(), args);
    let what = format!("{name} accepts offer {nonce} of {gives} for {args:?}");
    Some(Step::new(what, accept, &[&name], move |model| {
        model.accept_membership(&index.key, &who, nonce, &args)
    }))
}

fn cancel(run: &mut Run) -> Option<Step> {
    let stands = run.rng.percent(60);
    let (index, nonce, deal) = any_offer(run, stands)?;
    if run.rng.percent(20) {
        run.pass_mostly_until(deal.acceptable_from + EXPIRY + 1);
    }
    let name = match run.rng.below(4) {
        0 => run.name(&index.data.launcher).unwrap_or_default(),
        1 => actor(run),
        _ => String::new(),
    };
    let name = match name.is_empty() {
        true => admitting(run, &index),
        false => name,
    };
    let who = run.key(&name);
    let cancel = ix::cancel_offer(&index, &account(run, &index.key, nonce), &who);
    let what = format!("{name} cancels offer {nonce}");
    Some(Step::new(what, cancel, &[&name], move |model| {
        model.cancel_offer(&index.key, &who, nonce)
    }))
}

/// The owner asks for more shares, or for more of them in a year.
fn puts(run: &mut Run, person: &str) -> Option<u64> {
    run.pass(1);
    let token = run.token(person);
    let (key, number) = (token.key, run.model.tokens[&token.key].polls_put);
    let terms = run.model.tokens[&key].terms;
    let change = match run.rng.percent(60) {
        true => Change::SupplyCap(
            terms
                .supply_cap
                .saturating_add(run.rng.amount(10_000 * ONE)),
        ),
        false => Change::Room(run.rng.below(5_001) as u16),
    };
    let owner = run.owner_of(person);
    let (who, payer) = (run.key(&owner), run.pool.payer());
    let put = token_ix::put_poll(&token, &payer, &who, change, [9; 32]);
    let what = format!("{owner} asks for more of {person}: {change:?}");
    let put = Step::new(what, put, &[&owner], move |model| {
        model.put_poll(&key, &who, &change, [9; 32])
    });
    run.send(put).then_some(number)
}

fn oppose(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let people = rules_of(run, &index).used();
    let people = people.filter(|(_, slot)| slot.kind == SlotKind::Personal);
    let people: Vec<Pubkey> = people.map(|(_, slot)| slot.key).collect();
    let token = run.rng.one(&people)?;
    let person = run.name(&run.model.tokens[&token].creator)?;
    let open = run.model.tokens[&token].open_polls.into_iter().flatten();
    let open: Vec<u64> = open.collect();
    let printing = |number: &&u64| {
        let change = run.model.polls[&(token, **number)].change;
        matches!(change, Change::SupplyCap(_) | Change::Room(_))
    };
    let asked: Vec<u64> = open.iter().filter(printing).copied().collect();
    let number = match run.rng.one(&asked) {
        Some(number) => number,
        None => match run.rng.below(10) {
            0 => run.rng.one(&open)?,
            1..6 => puts(run, &person)?,
            _ => return None,
        },
    };
    if run.rng.percent(30) {
        run.pass(run.seed as i64 % (2 * DAY));
    }
    let oppose = ix::oppose_poll(&index.key, &token, number);
    let what = format!("the index opposes poll {number} of {person}");
    Some(Step::new(what, oppose, &[], move |model| {
        model.oppose_poll(&index.key, &token, number)
    }))
}
