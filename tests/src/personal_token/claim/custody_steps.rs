//! Equity: into custody, out of it, and exits through the waterfall.

use {
    crate::oracle::steps::{
        claims::{account, found},
        ids,
        money::listed,
    },
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        model::claim::{self, ClaimKind},
        world::ONE,
    },
    upside_sdk::{
        Atoms, Pubkey,
        address::find_claim,
        instruction as ix,
        state::{AuctionBuyArgs, AuctionTerms, ExitArgs, Statement},
    },
};

pub const STEPS: &[Weighted] = &[
    (5, deposit),
    (3, release),
    (5, exit),
    (6, announce),
    (3, cancel),
    (6, buy),
    (2, sync),
];

fn tokenized(claim: &claim::Claim) -> bool {
    claim.kind == ClaimKind::Tokenized && claim.is_open()
}

fn deposit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, tokenized)?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let known = run.model.claims[&(key, number)].mint;
    let some = run.rng.pick(&["m0", "m1", "seizable mint"]);
    let (some, of_list) = (run.key(some), listed(run, &person));
    let some = if run.rng.percent(60) { of_list } else { some };
    let mint = if run.model.mints.contains_key(&known) && run.rng.percent(90) {
        known
    } else {
        some
    };
    let (units, cost) = (run.rng.rash(1_000 * ONE), run.rng.amount(1_000 * ONE));
    let (mut token, by) = (run.token(&person), run.key(&signer));
    token.data.owner = by;
    let claim = find_claim(&key, number).0;
    let program = run.model.mints[&mint].program;
    let deposit = ix::deposit_equity(&token, &claim, &mint, &program, units, Atoms(cost));
    let what =
        format!("{signer} brings {units} of {mint} for {cost} into claim {number} of {person}");
    Some(Step::new(what, deposit, &[&signer], move |model| {
        model.deposit_equity((&key, number), &by, &mint, units, cost)
    }))
}

fn release(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| tokenized(it) && it.held() > 0)?;
    let held = run.model.claims[&(key, number)].held();
    let signer = run.manager_of(&person);
    let (token, by, units) = (run.token(&person), run.key(&signer), run.rng.rash(held));
    let claim = account(run, &key, number);
    let release = ix::release_equity(&token, &claim, units).ok()?;
    let release = resigned(release, &token.data.owner, &by);
    let what = format!("{signer} releases {units} of claim {number} of {person}");
    Some(Step::new(what, release, &[&signer], move |model| {
        model.release_equity((&key, number), &by, units)
    }))
}

/// Proceeds around what units cost.
fn args(run: &mut Run, claim: &claim::Claim) -> ExitArgs {
    let (units, cost) = (run.rng.rash(claim.held()), claim.cost.min(10_000 * ONE));
    let proceeds = match run.rng.below(4) {
        0 => run.rng.rash(cost),
        1 => cost,
        _ => cost + run.rng.rash(5_000 * ONE).min(10_000 * ONE),
    };
    ExitArgs { units, proceeds }
}

fn exit(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Equity && it.is_open())?;
    let state = run.model.claims[&(key, number)].clone();
    let (signer, args) = (run.manager_of(&person), args(run, &state));
    let owner = run.owner_of(&person);
    let payer = if run.rng.percent(50) {
        owner
    } else {
        run.anybody()
    };
    let (token, by, from) = (run.token(&person), run.key(&signer), run.key(&payer));
    let claim = find_claim(&key, number).0;
    let list = ids::attesters(run, &key);
    let mut exit = ix::exit_claim(&token, &claim, &from, list.as_ref(), args);
    exit.accounts[0].pubkey = by;
    let what = format!("{signer} exits claim {number} of {person}, {payer} pays: {args:?}");
    Some(Step::new(what, exit, &[&signer, &payer], move |model| {
        model.exit_claim((&key, number), &by, &from, &args)
    }))
}

/// Mostly custody that accepted attesters have put a value on.
fn valued(run: &mut Run, person: &str, key: &Pubkey, number: u64) -> Option<()> {
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

fn announce(run: &mut Run) -> Option<Step> {
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
fn offered(run: &mut Run) -> Option<crate::oracle::steps::claims::Found> {
    let now = run.now();
    found(run, |it| it.auction.left(now) > 0)
}

fn cancel(run: &mut Run) -> Option<Step> {
    let (person, key, number) = offered(run)?;
    let by = run.manager_of(&person);
    let (claim, signer) = (account(run, &key, number), run.key(&by));
    let cancel = ix::cancel_auction(&claim, &signer);
    let what = format!("{by} cancels the auction of claim {number} of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_auction((&key, number), &signer)
    }))
}

fn buy(run: &mut Run) -> Option<Step> {
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

/// Somebody sends tokens into custody, and anybody books them.
fn sync(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Tokenized && it.units > 0)?;
    let state = run.model.claims[&(key, number)].clone();
    let custody = find_claim(&key, number).0;
    let there = run.model.balance(&custody, &state.mint);
    let known = run.model.mints.get(&state.mint)?;
    let program = known.program;
    let opened = run.model.accounts.contains_key(&(custody, state.mint));
    if opened && run.rng.percent(80) && there < u64::MAX / 2 {
        let dust = run.rng.amount(5 * ONE);
        run.set_balance(custody, state.mint, there.saturating_add(dust));
    }
    let claim = account(run, &key, number);
    let sync = ix::sync_claim(&claim, &program);
    let what = format!("custody of claim {number} of {person} is counted");
    Some(Step::new(what, sync, &[], move |model| {
        model.sync_claim(&key, number)
    }))
}
