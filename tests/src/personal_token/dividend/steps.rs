//! Standing orders on dividends.

use crate::personal_token::reserve::steps::*;
use {
    crate::oracle::steps::ids::blank,
    crate::{
        model::{
            Token,
            round::{Round, RoundStatus},
        },
        world::DAY,
    },
    upside_sdk::{
        address::{find_order, find_round},
        state::{Account, Order, RoundTerms, StageTerms, StandingOrder},
    },
};
use {
    crate::oracle::steps::{holders::holder_of, ids},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{pool::token_of, world::ONE},
    upside_sdk::{Pubkey, instruction as ix},
};

pub const STEPS: &[Weighted] = &[(8, set), (2, cancel), (8, execute), (5, reinvest)];

pub(crate) const LONGEST: i64 = 365 * DAY;

/// A round of a token, mostly one that an order could buy in.
pub(crate) fn round_of(run: &mut Run, token: &Pubkey) -> Option<u64> {
    let rounds: Vec<(u64, Round)> = run
        .model
        .rounds
        .iter()
        .filter(|((of, _), _)| of == token)
        .map(|((_, number), round)| (*number, *round))
        .collect();
    let fits = |round: &Round| round.status == RoundStatus::Open && !round.escrows();
    let fitting: Vec<u64> = rounds
        .iter()
        .filter(|(_, round)| fits(round))
        .map(|(number, _)| *number)
        .collect();
    if run.rng.percent(6) {
        let all: Vec<u64> = rounds.iter().map(|(number, _)| *number).collect();
        return run.rng.one(&all);
    }
    run.rng.one(&fitting)
}

pub(crate) fn set(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let holder = holder_of(run, &person);
    let (token, wallet) = (token_of(&person), run.key(&holder));
    let state = run.model.tokens[&token].clone();
    let round = round_of(run, &token);
    let order = match round.filter(|_| run.rng.percent(75)) {
        None => {
            let owner = run.owner_of(&person);
            let owner = run.mostly(&owner);
            Order::PayOwner {
                owner: run.key(&owner),
            }
        }
        Some(number) => Order::BuyInRound {
            round: find_round(&token, number).0,
            max_price: match run.rng.below(8) {
                0 => 0,
                1 => run.rng.within(1, 3 * ONE),
                _ => u64::MAX,
            },
            max_supply: match run.rng.below(20) {
                0 => state.supply,
                _ => u64::MAX,
            },
            terms_version: state.terms_version + run.rng.below(20) / 19,
        },
    };
    let ends_at = ids::ahead(run, LONGEST);
    let set = ix::set_order(&token, &run.pool.payer(), &wallet, order, ends_at);
    let what = format!("{holder} orders for dividends of {person}: {order:?} until {ends_at}");
    Some(Step::new(what, set, &[&holder], move |model| {
        model.set_order(&token, &wallet, order, ends_at)
    }))
}

/// An order, mostly one that is there: whose token, which token, whose dividends.
pub(crate) fn any(run: &mut Run) -> Option<(String, Pubkey, Pubkey)> {
    if run.rng.percent(4) {
        let person = run.somebody();
        let holder = holder_of(run, &person);
        let wallet = run.key(&holder);
        return Some((person.clone(), token_of(&person), wallet));
    }
    let orders: Vec<(Pubkey, Pubkey)> = run.model.orders.keys().copied().collect();
    let (token, wallet) = run.rng.one(&orders)?;
    let creator = run.model.tokens[&token].creator;
    Some((run.name(&creator)?, token, wallet))
}

pub(crate) fn cancel(run: &mut Run) -> Option<Step> {
    let (person, token, wallet) = any(run)?;
    let mut by = run.name(&wallet)?;
    if run.rng.percent(40) {
        by = run.anybody();
        let known = run.model.orders.get(&(token, wallet)).copied();
        if let Some(ends) = known.map(|order| order.ends_at) {
            // At its end, or one second later.
            let wait = ends.saturating_add(run.rng.below(2) as i64);
            if wait < run.now() + 30 * DAY {
                run.pass_until(wait);
            }
        }
    }
    let key = run.key(&by);
    let mut order: Account<StandingOrder> = blank(find_order(&token, &wallet).0);
    order.data.token = token;
    order.data.wallet = wallet;
    order.data.rent_payer = run.model.payer;
    let cancel = ix::cancel_order(&order, &key);
    let what = format!("{by} ends an order on dividends of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_order(&token, &wallet, &key)
    }))
}

pub(crate) fn execute(run: &mut Run) -> Option<Step> {
    let (person, key, wallet) = any(run)?;
    let known = run.model.orders.get(&(key, wallet)).copied();
    // Mostly once something has streamed.
    if run.rng.percent(60) {
        let later = run.now() + run.rng.below(100_000) as i64;
        run.pass_until(later);
    }
    let token = run.token(&person);
    let round = match known.map(|known| known.order) {
        Some(Order::BuyInRound { round, .. }) => {
            let numbers = 0..run.model.tokens[&key].rounds;
            let mut named = numbers.filter(|number| find_round(&key, *number).0 == round);
            named.next()
        }
        _ => None,
    };
    // Seldom as if it were another kind of order, or another round.
    let round = match run.rng.below(25) {
        0 => round_of(run, &key),
        1 => None,
        _ => round,
    };
    let holder = run.name(&wallet)?;
    let Some(number) = round else {
        let pay = ix::pay_by_order(&token, &wallet);
        let what = format!("dividends of {person} go to the owner as {holder} ordered");
        return Some(Step::new(what, pay, &[], move |model| {
            model.pay_by_order(&key, &wallet)
        }));
    };
    // A round whose account was closed meanwhile names nothing to buy in.
    run.model.rounds.get(&(key, number))?;
    let account = run.pool.world.get(&find_round(&key, number).0);
    let by = run.anybody();
    let executor = run.key(&by);
    let buy = ix::buy_by_order(&token, &account, &wallet, &executor);
    let what = format!("{by} buys in round {number} of {person} as {holder} ordered");
    Some(Step::new(what, buy, &[&by], move |model| {
        model.buy_by_order((&key, number), &wallet, &executor)
    }))
}

/// A round that sells at once, an order of who earned most to buy in it, and its execution:
/// by chance alone hardly one would be there when the other is.
pub(crate) fn reinvest(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let key = token_of(&person);
    let owner = run.owner_of(&person);
    let now = run.now();
    run.pass_until(now + DAY);
    let (token, payer, signer) = (run.token(&person), run.pool.payer(), run.key(&owner));
    let state = run.model.tokens[&key].clone();
    let holders = run.model.holders_of(&key);
    let earned = holders
        .filter(|(wallet, _)| **wallet != signer)
        .map(|(wallet, holder)| (holder.payable(0), holder.shares, *wallet))
        .max();
    let (_, shares, wallet) = earned.filter(|(_, shares, _)| *shares > 0)?;
    let holder = run.name(&wallet)?;
    let terms = ample(run, &state, shares);
    let open = ix::open_round(&token, &payer, terms);
    let what = format!("{owner} opens an ample round of {person}: {terms:?}");
    run.send(Step::new(what, open, &[&owner], move |model| {
        model.open_round(&key, &signer, &terms)
    }));
    if run.model.tokens[&key].rounds == state.rounds {
        return Some(Step::nothing("the round was refused"));
    }
    let (price, ends_at) = (terms.stages[0].price, run.now() + DAY);
    let order = Order::BuyInRound {
        round: find_round(&key, state.rounds).0,
        max_price: price - run.rng.below(20) / 19,
        max_supply: u64::MAX,
        terms_version: run.model.tokens[&key].terms_version,
    };
    let set = ix::set_order(&key, &payer, &wallet, order, ends_at);
    let what = format!("{holder} orders for dividends of {person}: {order:?}");
    run.send(Step::new(what, set, &[&holder], move |model| {
        model.set_order(&key, &wallet, order, ends_at)
    }));
    let token = run.token(&person);
    let round = run.pool.world.get(&find_round(&key, state.rounds).0);
    let by = run.anybody();
    let executor = run.key(&by);
    let buy = ix::buy_by_order(&token, &round, &wallet, &executor);
    let what = format!("{by} reinvests dividends of {person} as {holder} ordered");
    Some(Step::new(what, buy, &[&by], move |model| {
        model.buy_by_order((&key, state.rounds), &wallet, &executor)
    }))
}

/// Terms of a round whose price is well above what its shares bring.
pub(crate) fn ample(run: &mut Run, token: &Token, shares: u64) -> RoundTerms {
    let quote = &token.assets[0];
    let behind = u128::from(quote.reserve) + u128::from(quote.payouts);
    let each = behind * u128::from(ONE) / u128::from(shares.max(1));
    let price = u64::try_from(each * 2).unwrap_or(u64::MAX / 2) + 1 + run.rng.below(ONE);
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms {
        shares: run.rng.within(1, 100) * ONE,
        price,
    };
    let least = price.div_ceil(ONE);
    let backer_cap = match run.rng.percent(30) {
        true => least.saturating_mul(50 * ONE),
        false => u64::MAX,
    };
    RoundTerms {
        stages,
        min_raise: 0,
        backer_cap,
        min_contribution: least,
        opens_at: run.now(),
        closes_at: run.now() + 30 * DAY,
        reserve_bps: run.rng.below(10_001) as u16,
        most_part_bps: 10_000,
        by_approval: false,
    }
}

pub(crate) fn collect_dividend(run: &mut Run) -> Option<Step> {
    // Where something is on its way, mostly; then mostly some time later.
    let pays: Vec<(Pubkey, Pubkey)> = run
        .model
        .tokens
        .iter()
        .flat_map(|(key, token)| token.assets.iter().map(move |asset| (*key, asset)))
        .filter(|(_, asset)| asset.payouts > 0)
        .map(|(key, asset)| (key, asset.mint))
        .collect();
    let (person, mint) = match run.rng.one(&pays).filter(|_| run.rng.percent(90)) {
        Some((key, mint)) => (run.name(&run.model.tokens[&key].creator)?, mint),
        None if run.rng.percent(20) => {
            let person = run.somebody();
            let mint = listed(run, &person);
            (person, mint)
        }
        None => return None,
    };
    if run.rng.percent(50) {
        let later = run.now() + run.rng.below(100_000) as i64;
        run.pass_until(later);
    }
    let holder = holder_of(run, &person);
    claiming(run, &person, &holder, mint)
}

/// Somebody claims what streamed to their shares in a mint.
pub fn claiming(run: &mut Run, person: &str, holder: &str, mint: Pubkey) -> Option<Step> {
    let (token, wallet) = (run.token(person), run.key(holder));
    let claim = ix::collect_dividend(&token, &wallet, &mint).ok()?;
    let what = format!("{holder} collects a dividend of {person} in {mint}");
    Some(Step::new(what, claim, &[holder], move |model| {
        model.collect_dividend(&token.key, &wallet, &mint)
    }))
}
