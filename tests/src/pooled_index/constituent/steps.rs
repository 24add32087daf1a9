//! What people's tokens bring to an index: revenue in both kinds of cash.

use crate::pooled_index::index::steps::*;
use {crate::oracle::Weighted, crate::oracle::steps::index::*};
use {
    crate::oracle::steps::index::setup::SECOND_CASH,
    crate::{model::claim::ClaimKind, terms::revenue_terms},
    upside_sdk::{Atoms, address::find_claim, state::ClaimTerms},
};
use {
    crate::{model::Checks, pool::token_of},
    upside_sdk::index::IndexError,
};

pub const STEPS: &[Weighted] = &[(10, pay), (2, venue)];

/// Everybody pays out in the second kind of cash too.
pub fn setup(run: &mut Run, second: Pubkey) {
    for person in run.pool.people.clone() {
        let list = list(run, &person, second);
        run.must(list);
    }
}

pub(crate) fn list(run: &mut Run, person: &str, mint: Pubkey) -> Step {
    let (token, payer) = (run.token(person), run.pool.payer());
    let program = run.model.mints[&mint].program;
    let by = run.pool.world.mint_authority(&mint);
    let list = token_ix::add_asset(&token, &payer, &mint, &program, by, true);
    let what = format!("{person} lists {mint}");
    Step::new(what, list, &[person], move |model| {
        model.add_asset(&token.key, &token.data.owner, &mint, true)
    })
}

pub(crate) fn declare(run: &mut Run, person: &str, mint: Pubkey) -> Step {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let by = token.data.owner;
    let mut terms = revenue_terms(mint);
    if let ClaimTerms::RevenueShare { payer, total, .. } = &mut terms {
        (*payer, *total) = (by, u64::MAX);
    }
    let declare = token_ix::declare_claim(&token, &run.pool.payer(), terms.clone());
    let what = format!("{owner} declares revenue in {mint}");
    Step::new(what, declare, &[&owner], move |model| {
        model.declare_claim(&token.key, &by, &terms)
    })
}

/// An owner lets an index send and receive shares whatever the policy says, or not.
pub(crate) fn venue(run: &mut Run) -> Option<Step> {
    let (person, index) = (run.somebody(), any(run).key);
    let token = run.token(&person);
    run.model.holders.get(&(token.key, index))?;
    let (owner, venue) = (run.owner_of(&person), run.rng.percent(75));
    let set = token_ix::set_venue(&token, &index, venue);
    let what = format!("{owner} says whether the index is a venue of {person}: {venue}");
    Some(Step::new(what, set, &[&owner], move |model| {
        model.set_venue(&token.key, &token.data.owner, &index, venue)
    }))
}

pub(crate) fn pay(run: &mut Run) -> Option<Step> {
    let (person, second) = (run.somebody(), run.key(SECOND_CASH));
    let mint = run.rng.one(&[run.pool.world.quote, second])?;
    let token = run.token(&person);
    let claims = run.model.claims.iter().filter(|((of, _), claim)| {
        *of == token.key && claim.mint == mint && claim.kind == ClaimKind::Revenue
    });
    let open = claims.filter(|(_, claim)| claim.is_open());
    let claims: Vec<u64> = open.map(|((_, number), _)| *number).collect();
    let Some(number) = run.rng.one(&claims) else {
        return Some(declare(run, &person, mint));
    };
    let payer = run.key(&person);
    let has = run.model.balance(&payer, &mint);
    let atoms = run.rng.rash(has / 50);
    let claim = run.pool.world.get(&find_claim(&token.key, number).0);
    let pay = token_ix::pay_revenue(&token, &claim, &payer, Atoms(atoms)).ok()?;
    let what = format!("{person} pays {atoms} of revenue");
    Some(Step::new(what, pay, &[&person], move |model| {
        model.pay_revenue(&token.key, number, &payer, atoms)
    }))
}

/// The curator adds a person.
pub fn add_personal_to(run: &mut Run, index: Account<PooledIndex>, person: &str) -> Step {
    let name = signer(run, &index);
    let token = token_of(person);
    let add = ix::add_personal(&index, &run.pool.payer(), &token);
    let (who, what) = (index.data.curator, format!("{name} adds {person}"));
    Step::new(what, add, &[&name], move |model| {
        model.add_personal(&index.key, &who, &token)
    })
}

pub(crate) fn add_personal(run: &mut Run) -> Option<Step> {
    let (mut index, person) = (seeding(run)?, run.somebody());
    curator(run, &mut index);
    Some(add_personal_to(run, index, &person))
}

/// The curator adds a mint, also as a coin.
pub fn add_mint_to(
    run: &mut Run,
    index: Account<PooledIndex>,
    mint: Pubkey,
    coin: bool,
) -> Option<Step> {
    let name = signer(run, &index);
    let account = run.pool.world.engine.account(&mint)?;
    let authority = Pubkey::try_from(account.data.get(4..36)?).ok();
    let authority = authority.filter(|_| account.data[0] == 1);
    let payer = run.pool.payer();
    let add = ix::add_mint(&index, &payer, &mint, &account.owner, authority, coin);
    let (who, what) = (index.data.curator, format!("{name} adds {mint}"));
    // The model knows of no extensions: this mint has one that is not allowed.
    let bad = mint == run.key("fee mint");
    Some(Step::new(what, add, &[&name], move |model| {
        Checks::new()
            .require(!bad, IndexError::UnsupportedMint)
            .all(model.attempt(|model| model.add_mint(&index.key, &who, &mint, coin)))
            .end()
    }))
}

pub(crate) fn add_mint(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    curator(run, &mut index);
    let mints: Vec<Pubkey> = run.model.mints.keys().copied().collect();
    let mint = match run.rng.one(&mints) {
        Some(mint) if run.rng.percent(30) => mint,
        _ => run.pool.world.quote,
    };
    let coin = run.rng.percent(50);
    add_mint_to(run, index, mint, coin)
}

pub(crate) fn remove(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    let used = rules_of(run, &index).used();
    let all: Vec<(u8, u64)> = used.map(|(slot, it)| (slot, it.counter)).collect();
    let empty: Vec<(u8, u64)> = all
        .iter()
        .copied()
        .filter(|(_, atoms)| *atoms == 0)
        .collect();
    let some = run.rng.one(&empty).or_else(|| run.rng.one(&all));
    let slot = if run.rng.percent(5) { 63 } else { some?.0 };
    let name = curator(run, &mut index);
    let (who, remove) = (index.data.curator, ix::remove_constituent(&index, slot));
    let what = format!("{name} removes slot {slot}");
    Some(Step::new(what, remove, &[&name], move |model| {
        model.remove_constituent(&index.key, &who, slot)
    }))
}

pub(crate) fn harvest_one(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let people = rules_of(run, &index).used();
    let people = people.filter(|(_, slot)| slot.kind == SlotKind::Personal);
    let people: Vec<u8> = people.map(|(slot, _)| slot).collect();
    let slot = run.rng.one(&people)?;
    let owed = dividends(&run.model, &index.key, slot);
    let mint = run.rng.one(&owed).filter(|_| !run.rng.percent(15));
    let (instruction, rule) = harvest(run, &index, slot, mint.map(|(mint, _)| mint));
    let what = format!("harvest of slot {slot}: {mint:?}");
    Some(Step::new(what, instruction, &[], rule))
}

pub(crate) fn sync(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let it = rules_of(run, &index);
    let all: Vec<(u8, SlotKind)> = it.used().map(|(slot, it)| (slot, it.kind)).collect();
    let off = |slot: u8| it.booked(slot).ok() != run.model.custody(it, slot).ok();
    let off = all.iter().copied().filter(|(slot, _)| off(*slot));
    let off: Vec<(u8, SlotKind)> = off.collect();
    let (slot, kind) = match run.rng.one(&off) {
        Some(found) => found,
        None => run.rng.one(&all).filter(|_| run.rng.percent(20))?,
    };
    let sync = ix::sync_custody(&index, slot).ok()?;
    let what = format!("custody of slot {slot} is synced");
    Some(Step::new(what, sync, &[], move |model| {
        model.sync_custody(&index.key, slot, kind)
    }))
}
