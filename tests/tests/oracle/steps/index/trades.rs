//! Auctions towards the weights.

use {
    super::{
        govern::{apply_weights, propose_weights},
        *,
    },
    crate::Weighted,
    upside_sdk::index::{AuctionTerms, BidArgs},
};

pub const STEPS: &[Weighted] = &[(5, rebalance), (5, open), (8, bid), (4, close)];

/// Weights, their notice, an auction towards them and its start: time for a bid.
fn rebalance(run: &mut Run) -> Option<Step> {
    for make in [propose_weights, apply_weights, open] {
        let step = make(run)?;
        if !run.send(step) {
            return None;
        }
    }
    bid(run)
}

fn open(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let it = run.model.accrued(&index.key);
    let above = |slot: u8| {
        let counter = it.slot(slot).map_or(0, |slot| slot.counter);
        counter.saturating_sub(it.target(slot).unwrap_or(u64::MAX))
    };
    let (over, under): (Vec<u8>, Vec<u8>) = it
        .used()
        .map(|(slot, _)| slot)
        .partition(|slot| above(*slot) > 0);
    let (sell, buy) = (run.dice.one(&over)?, run.dice.one(&under)?);
    let start_price = u128::from(run.dice.within(1, 1 << 20)) << 50;
    let terms = AuctionTerms {
        sell_slot: sell,
        buy_slot: if run.dice.percent(3) { sell } else { buy },
        sell_atoms: run.dice.rash(above(sell)),
        start_price,
        end_price: start_price / u128::from(run.dice.within(1, 1_000)),
        starts_in: index.data.terms.notice_seconds - u32::from(run.dice.percent(3)),
        duration: run.dice.within(60, 5 * 86_400) as u32,
    };
    let name = curator(run, &mut index);
    let open = ix::open_auction(&index, &run.pool.payer(), terms);
    let (who, what) = (index.data.curator, format!("{name} opens {terms:?}"));
    Some(Step::new(what, open, &[&name], move |model| {
        model.open_auction(&index.key, &who, &terms)
    }))
}

/// An open auction of any index.
fn any_auction(run: &mut Run) -> Option<(Account<Index>, u64, rules::auctions::Auction)> {
    let all = run.model.indexes.iter().flat_map(|(key, index)| {
        let auctions = index.auctions.iter();
        auctions.map(|(number, auction)| (*key, *number, auction.clone()))
    });
    let all: Vec<_> = all.collect();
    let (key, number, auction) = run.dice.one(&all)?;
    Some((run.pool.world.get(&key), number, auction))
}

fn bid(run: &mut Run) -> Option<Step> {
    let (index, number, auction) = any_auction(run)?;
    if run.dice.percent(90) {
        run.pass_until(auction.starts_at);
    }
    let it = run.model.accrued(&index.key);
    let (name, now) = (actor(run), run.model.now);
    // Mostly as much as the target of what is bought has room for.
    let room = it.target(auction.buy).ok()?;
    let room = room.saturating_sub(it.slot(auction.buy).ok()?.counter);
    let price = rules::price::price(
        auction.start_price,
        auction.end_price,
        now.saturating_sub(auction.starts_at).max(0) as u64,
        (auction.ends_at - auction.starts_at) as u64,
    );
    let fits = (u128::from(room) << 64) / price.1.max(1);
    let fits = u64::try_from(fits).unwrap_or(u64::MAX).min(auction.left);
    let most = if run.dice.percent(85) {
        fits
    } else {
        auction.left
    };
    let sell_atoms = run.dice.rash(most);
    let cost = auction.cost(sell_atoms, now);
    // Where the price is not known to the atom, nothing can be predicted.
    let most = match cost {
        Ok((least, most)) if least != most => return None,
        Ok((cost, _)) if run.dice.percent(15) => cost - u64::from(run.dice.percent(30)),
        _ => u64::MAX,
    };
    let args = BidArgs {
        sell_atoms,
        most,
        deadline: deadline(run),
    };
    let (wallet, account) = (run.key(&name), run.pool.world.get(&address(&index, number)));
    let bid = ix::bid(&index, &account, &wallet, args).ok()?;
    let what = format!("{name} bids {args:?} in auction {number}");
    Some(Step::new(what, bid, &[&name], move |model| {
        model.bid(&index.key, &wallet, number, &args)
    }))
}

fn address(index: &Account<Index>, number: u64) -> Pubkey {
    upside_sdk::index::find_auction(&index.key, number).0
}

fn close(run: &mut Run) -> Option<Step> {
    let (index, number, _) = any_auction(run)?;
    let name = actor(run);
    let (who, account) = (run.key(&name), run.pool.world.get(&address(&index, number)));
    let close = ix::close_auction(&account, &who);
    let what = format!("{name} closes auction {number}");
    Some(Step::new(what, close, &[&name], move |model| {
        model.close_auction(&index.key, &who, number)
    }))
}
