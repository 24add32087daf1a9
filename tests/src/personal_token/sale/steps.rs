//! Sales and bids.

use {
    crate::oracle::steps::{
        holders::{free, holder_of},
        ids,
    },
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{model::number::ceil64, pool::token_of, world::ONE},
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{BidTerms, BuyArgs, FillBidArgs, SaleTerms},
    },
};

pub const STEPS: &[Weighted] = &[
    (9, open),
    (3, cancel),
    (14, buy),
    (7, open_bid),
    (3, cancel_bid),
    (12, fill_bid),
];

const LONGEST: i64 = 2 * 365 * 86_400;

fn open(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let seller = holder_of(run, &person);
    let (token, key) = (token_of(&person), run.key(&seller));
    let room = free(run, &person, &seller);
    let price = match run.rng.below(20) {
        0 => 0,
        1 => u64::MAX,
        2 => 1,
        _ => run.rng.within(ONE / 100, 3 * ONE),
    };
    let buyer = match run.rng.percent(25) {
        true => {
            let buyer = holder_of(run, &person);
            run.key(&buyer)
        }
        false => Pubkey::default(),
    };
    let terms = SaleTerms {
        number: run.rng.below(4),
        shares: run.rng.rash(room),
        price,
        buyer,
        expires_at: ids::ahead(run, LONGEST),
    };
    let open = ix::open_sale(&token, &run.pool.payer(), &key, terms);
    let what = format!("{seller} offers {person}: {terms:?}");
    Some(Step::new(what, open, &[&seller], move |model| {
        model.open_sale(&token, &key, &terms)
    }))
}

/// A sale, mostly one that is open: whose, and its number.
fn any(run: &mut Run, person: &str) -> Option<(Pubkey, u64)> {
    let token = token_of(person);
    if run.rng.percent(4) {
        let seller = holder_of(run, person);
        return Some((run.key(&seller), run.rng.below(4)));
    }
    let sales = run.model.sales.keys();
    let sales: Vec<_> = sales
        .filter(|(whose, ..)| *whose == token)
        .map(|(_, seller, number)| (*seller, *number))
        .collect();
    run.rng.one(&sales)
}

fn cancel(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let (seller, number) = any(run, &person)?;
    let known = run.model.sales.get(&(token, seller, number)).copied();
    let mut by = run.name(&seller)?;
    if run.rng.percent(40) {
        by = run.anybody();
        if let Some(ends) = known.map(|sale| sale.expires_at) {
            // At its end, or one second later.
            let wait = ends.saturating_add(run.rng.below(2) as i64);
            if wait < run.now() + 30 * 86_400 {
                run.pass_until(wait);
            }
        }
    }
    let (sale, key) = (ids::sale(run, &person, seller, number), run.key(&by));
    let cancel = ix::cancel_sale(&sale, &key);
    let what = format!("{by} cancels sale {number} of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_sale(&token, &seller, number, &key)
    }))
}

fn buy(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = run.token(&person);
    let (seller, number) = any(run, &person)?;
    let sale = ids::sale(run, &person, seller, number);
    let known = run.model.sales.get(&(token.key, seller, number)).copied();
    let (shares, price, named) = known.map_or((ONE, ONE, Pubkey::default()), |sale| {
        (sale.shares, sale.price, sale.buyer)
    });
    let buyer = match run.name(&named) {
        Some(name) => run.mostly(&name),
        None => holder_of(run, &person),
    };
    // Who sells does not buy, nor what is over: mostly.
    let expired = known.is_some_and(|sale| sale.expires_at < run.now());
    let bad = run.key(&buyer) == seller || expired;
    if bad && run.rng.percent(80) {
        return None;
    }
    let key = run.key(&buyer);
    let shares = run.rng.rash(shares);
    let cost = ceil64(shares, price, ONE).unwrap_or(u64::MAX);
    let args = BuyArgs {
        shares,
        max_payment: ids::most(run, cost),
        deadline: ids::deadline(run),
    };
    let approval = ids::approval(run, token.key, seller, key);
    let approved = approval.is_some();
    let buy = ix::buy(&token, &sale, &key, approval.as_ref(), args);
    let what = format!("{buyer} buys from sale {number} of {person}: {args:?}");
    Some(Step::new(what, buy, &[&buyer], move |model| {
        model.buy(&token.key, (&seller, number), &key, &args, approved)
    }))
}

fn open_bid(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let bidder = holder_of(run, &person);
    let (token, key) = (run.token(&person), run.key(&bidder));
    let cash = run.model.balance(&key, &token.data.quote().mint);
    let price = match run.rng.below(20) {
        0 => 0,
        1 => u64::MAX,
        2 => 1,
        _ => run.rng.within(ONE / 100, 3 * ONE),
    };
    let affordable = u128::from(cash) * u128::from(ONE) / u128::from(price.max(1));
    let affordable = u64::try_from(affordable).unwrap_or(u64::MAX) / 4;
    let seller = match run.rng.percent(25) {
        true => {
            let seller = holder_of(run, &person);
            run.key(&seller)
        }
        false => Pubkey::default(),
    };
    let terms = BidTerms {
        number: run.rng.below(4),
        shares: run.rng.rash(affordable),
        price,
        seller,
        expires_at: ids::ahead(run, LONGEST),
    };
    let open = ix::open_bid(&token, &run.pool.payer(), &key, terms);
    let what = format!("{bidder} bids for {person}: {terms:?}");
    Some(Step::new(what, open, &[&bidder], move |model| {
        model.open_bid(&token.key, &key, &terms)
    }))
}

/// A bid, mostly one that is open: whose, and its number.
fn any_bid(run: &mut Run, person: &str) -> Option<(Pubkey, u64)> {
    let token = token_of(person);
    if run.rng.percent(4) {
        let bidder = holder_of(run, person);
        return Some((run.key(&bidder), run.rng.below(4)));
    }
    let bids = run.model.bids.keys();
    let bids: Vec<_> = bids
        .filter(|(whose, ..)| *whose == token)
        .map(|(_, bidder, number)| (*bidder, *number))
        .collect();
    run.rng.one(&bids)
}

fn cancel_bid(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = run.token(&person);
    let (bidder, number) = any_bid(run, &person)?;
    let known = run.model.bids.get(&(token.key, bidder, number)).copied();
    let mut by = run.name(&bidder)?;
    if run.rng.percent(40) {
        by = run.anybody();
        if let Some(ends) = known.map(|bid| bid.expires_at) {
            // At its end, or one second later.
            let wait = ends.saturating_add(run.rng.below(2) as i64);
            if wait < run.now() + 30 * 86_400 {
                run.pass_until(wait);
            }
        }
    }
    let (bid, key) = (ids::bid(run, &person, bidder, number), run.key(&by));
    let cancel = ix::cancel_bid(&token, &bid, &key);
    let what = format!("{by} cancels bid {number} for {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_bid(&token.key, &bidder, number, &key)
    }))
}

fn fill_bid(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = run.token(&person);
    let (bidder, number) = any_bid(run, &person)?;
    let bid = ids::bid(run, &person, bidder, number);
    let known = run.model.bids.get(&(token.key, bidder, number)).copied();
    let (wanted, named) = known.map_or((ONE, Pubkey::default()), |bid| (bid.shares, bid.seller));
    let seller = match run.name(&named) {
        Some(name) => run.mostly(&name),
        None => holder_of(run, &person),
    };
    // Who bids does not sell, nor into what is over: mostly.
    let expired = known.is_some_and(|bid| bid.expires_at < run.now());
    let bad = run.key(&seller) == bidder || expired;
    if bad && run.rng.percent(80) {
        return None;
    }
    let key = run.key(&seller);
    let has = free(run, &person, &seller);
    let shares = run.rng.rash(wanted.min(has));
    let args = FillBidArgs {
        shares,
        min_proceeds: if run.rng.percent(4) { u64::MAX } else { 0 },
        deadline: ids::deadline(run),
    };
    let approval = ids::approval(run, token.key, key, bidder);
    let approved = approval.is_some();
    let fill = ix::fill_bid(&token, &bid, &key, approval.as_ref(), args);
    let what = format!("{seller} sells into bid {number} for {person}: {args:?}");
    Some(Step::new(what, fill, &[&seller], move |model| {
        model.fill_bid(&token.key, (&bidder, number), &key, &args, approved)
    }))
}
