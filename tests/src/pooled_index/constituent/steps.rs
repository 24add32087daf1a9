//! What people's tokens bring to an index: revenue in both kinds of cash.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::{setup::SECOND_CASH, *},
    crate::{model::claim::ClaimKind, terms::revenue_terms},
    upside_sdk::{Atoms, address::find_claim, state::ClaimTerms},
};

pub const STEPS: &[Weighted] = &[(10, pay), (2, venue)];

/// Everybody pays out in the second kind of cash too.
pub fn setup(run: &mut Run, second: Pubkey) {
    for person in run.pool.people.clone() {
        let list = list(run, &person, second);
        run.must(list);
    }
}

fn list(run: &mut Run, person: &str, mint: Pubkey) -> Step {
    let (token, payer) = (run.token(person), run.pool.payer());
    let program = run.model.mints[&mint].program;
    let by = run.pool.world.mint_authority(&mint);
    let list = token_ix::add_asset(&token, &payer, &mint, &program, by, true);
    let what = format!("{person} lists {mint}");
    Step::new(what, list, &[person], move |model| {
        model.add_asset(&token.key, &token.data.owner, &mint, true)
    })
}

fn declare(run: &mut Run, person: &str, mint: Pubkey) -> Step {
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
fn venue(run: &mut Run) -> Option<Step> {
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

fn pay(run: &mut Run) -> Option<Step> {
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
