//! Auctions of custody.

use crate::personal_token::claim::custody_steps::*;
use {
    crate::oracle::run::{Run, Step},
    crate::oracle::steps::{
        claims::{account, found},
        ids,
    },
    crate::world::ONE,
    upside_sdk::{
        Pubkey,
        address::find_claim,
        instruction as ix,
        state::{AuctionBuyArgs, AuctionTerms, Statement},
    },
};

/// Mostly custody that accepted attesters have put a value on.
pub(crate) fn valued(run: &mut Run, person: &str, key: &Pubkey, number: u64) -> Option<()> {
    let claim = run.model.claims[&(*key, number)].clone();
    let list = *run.model.attesters.get(key)?;
    let seats: Vec<Pubkey> = list.seats.iter().flatten().map(|seat| seat.key).collect();
    for attester in seats.iter().take(list.threshold.into()) {
        let by = run.name(attester)?;
        let statement = Statement {
            terms: claim.terms(key, number),
            document: claim.document,
            units: claim.held(),
            value: run.rng.amount(1_000 * ONE),
            cost: 0,
            expires_at: run.now() + 400 * 86_400,
        };
        let account = ids::claim(run, person, number);
        let attest = ix::attest_claim(&account, &run.pool.payer(), attester, statement);
        let (key, attester) = (*key, *attester);
        let what = format!("{by} puts a value on claim {number} of {person}");
        let attest = Step::new(what, attest, &[&by], move |model| {
            model.attest_claim(&key, number, &attester, &statement)
        });
        run.send(attest);
    }
    Some(())
}

pub(crate) fn announce(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| tokenized(it) && it.held() > 0)?;
    let held = run.model.claims[&(key, number)].held();
    let known = run.model.highest(&key, number, 1).ok()?;
    if known.is_none() && tokenized(&run.model.claims[&(key, number)]) && run.rng.percent(70) {
        valued(run, &person, &key, number);
    }
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let mut units = run.rng.rash(held);
    let mut highest = run.model.highest(&key, number, units).ok()?.unwrap_or(ONE);
    // Mostly what somebody can pay.
    while highest > 10_000 * ONE && units > 1 && run.rng.percent(90) {
        units /= 2;
        highest = run.model.highest(&key, number, units).ok()?.unwrap_or(ONE);
    }
    let near = |run: &mut Run, least: u64| match run.rng.below(12) {
        0 => least.saturating_sub(1),
        1..=5 => least,
        _ => least.saturating_add(run.rng.amount(500 * ONE)),
    };
    let end = near(run, highest.div_ceil(2));
    let start = near(run, highest.saturating_mul(2)).max(end);
    let seconds = match run.rng.below(30) {
        0 => 604_799,
        1 => 90 * 86_400 + 1,
        2 => 90 * 86_400,
        _ => 604_800,
    };
    let terms = AuctionTerms {
        units,
        start,
        end,
        seconds,
    };
    let (token, signer) = (ids::token_as(run, &person, &by), run.key(&by));
    let (claim, list) = (find_claim(&key, number).0, ids::attesters(run, &key));
    let announce = ix::announce_auction(&token, &claim, list.as_ref(), terms);
    let what = format!("{by} announces an auction of claim {number} of {person}: {terms:?}");
    Some(Step::new(what, announce, &[&by], move |model| {
        model.announce_auction((&key, number), &signer, &terms)
    }))
}

/// A claim with an auction, mostly.
pub(crate) fn offered(run: &mut Run) -> Option<crate::oracle::steps::claims::Found> {
    let now = run.now();
    found(run, |it| it.auction.left(now) > 0)
}

pub(crate) fn cancel(run: &mut Run) -> Option<Step> {
    let (person, key, number) = offered(run)?;
    let by = run.manager_of(&person);
    let (claim, signer) = (account(run, &key, number), run.key(&by));
    let cancel = ix::cancel_auction(&claim, &signer);
    let what = format!("{by} cancels the auction of claim {number} of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_auction((&key, number), &signer)
    }))
}

pub(crate) fn buy(run: &mut Run) -> Option<Step> {
    let (person, key, number) = offered(run)?;
    let auction = run.model.claims[&(key, number)].auction;
    if run.now() < auction.starts_at && run.rng.percent(95) {
        run.pass_until(auction.starts_at);
    } else if run.rng.percent(3) {
        run.pass_until(auction.ends_at);
    }
    let claim = account(run, &key, number);
    let state = run.model.claims[&(key, number)].clone();
    let left = auction.left(run.now()).min(state.held());
    let units = run.rng.rash(left);
    let sells = (1..=left).contains(&units) && run.now() >= auction.starts_at;
    let price = if sells {
        run.model.asking(&state, units)
    } else {
        0
    };
    let args = AuctionBuyArgs {
        auction: match run.rng.percent(3) {
            true => auction.number + 1,
            false => auction.number,
        },
        units,
        max_payment: ids::most(run, price),
        deadline: ids::deadline(run),
    };
    let buyer = run.anybody();
    let (token, wallet) = (run.token(&person), run.key(&buyer));
    let known = run.model.mints.get(&state.mint);
    let program = known.map_or(upside_sdk::address::TOKEN_PROGRAM, |mint| mint.program);
    let list = ids::attesters(run, &key);
    let buy = ix::buy_at_auction(&token, &claim, &wallet, &program, list.as_ref(), args);
    let what = format!("{buyer} buys of claim {number} of {person} at auction: {args:?}");
    Some(Step::new(what, buy, &[&buyer], move |model| {
        model.buy_at_auction((&key, number), &wallet, &args)
    }))
}
