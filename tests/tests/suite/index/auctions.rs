//! Weights under notice and auctions towards them.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        event::IndexEvent,
        index::{AuctionTerms, BidArgs, IndexError, instruction as ix},
    },
    upside_tests::{
        catalogue::index::{CASH_SLOT, auctioned, bid_ix, bidding, trade_terms, weighted},
        pool::{PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
};

fn open_ix(pool: &mut PoolWorld, terms: AuctionTerms) -> Instruction {
    ix::open_auction(&pool.index(), &pool.payer(), terms)
}

#[test]
fn an_auction_is_opened_as_announced() {
    let mut pool = weighted(false);
    let now = pool.world.now();
    let open = open_ix(&mut pool, trade_terms(CASH_SLOT, 0));
    let IndexEvent::AuctionOpened(event) = done(&mut pool, &open, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.number, event.sell, event.buy), (0, 2, 0));
    assert_eq!(event.sell_atoms, 400 * ONE);
    assert_eq!(
        (event.starts_at, event.ends_at),
        (now + 7 * DAY, now + 8 * DAY)
    );
    // The log of four is two.
    assert_eq!(pool.auction(0).data.decay.unsigned(), 2 << 64);
}

#[test]
fn impossible_auctions_are_refused() {
    let mut pool = weighted(false);
    let good = trade_terms(CASH_SLOT, 0);
    for bad in [
        AuctionTerms {
            sell_atoms: 0,
            ..good
        },
        AuctionTerms {
            buy_slot: CASH_SLOT,
            ..good
        },
        AuctionTerms {
            end_price: 0,
            ..good
        },
        AuctionTerms {
            start_price: 1,
            ..good
        },
        AuctionTerms {
            starts_in: 7 * 86_400 - 1,
            ..good
        },
        AuctionTerms {
            starts_in: 91 * 86_400,
            ..good
        },
        AuctionTerms {
            duration: 59,
            ..good
        },
        AuctionTerms {
            duration: 31 * 86_400,
            ..good
        },
    ] {
        let open = open_ix(&mut pool, bad);
        refused(&mut pool, &open, &["curator"], IndexError::InvalidAuction);
    }
    for slot in [3, 63, 64, 255] {
        let open = open_ix(
            &mut pool,
            AuctionTerms {
                sell_slot: slot,
                ..good
            },
        );
        refused(&mut pool, &open, &["curator"], IndexError::NotAConstituent);
    }
    // More than what is above the target; against the weights.
    let greedy = AuctionTerms {
        sell_atoms: 1_001 * ONE,
        ..good
    };
    for bad in [greedy, trade_terms(0, CASH_SLOT)] {
        let open = open_ix(&mut pool, bad);
        refused(&mut pool, &open, &["curator"], IndexError::BeyondTarget);
    }
    let mut theft = open_ix(&mut pool, good);
    theft.accounts[1].pubkey = key("bob");
    refused(&mut pool, &theft, &["bob"], IndexError::NotCurator);
}

#[test]
fn one_auction_a_pair_in_both_orders() {
    let mut pool = auctioned(false);
    let again = open_ix(&mut pool, trade_terms(CASH_SLOT, 0));
    refused(&mut pool, &again, &["curator"], IndexError::PairInAuction);
    // Turn the weights around: the other order is the same pair.
    let weights = vec![(0, ONE / 2), (CASH_SLOT, 9 * ONE)];
    let propose = ix::propose_weights(&pool.index(), weights);
    pool.send(&propose, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    let apply = ix::apply_weights(&pool.index(), &key("bob"));
    pool.send(&apply, &["bob"]).succeeded();
    let back = open_ix(&mut pool, trade_terms(0, CASH_SLOT));
    refused(&mut pool, &back, &["curator"], IndexError::PairInAuction);
    let close = ix::close_auction(&pool.auction(0), &key("curator"));
    done(&mut pool, &close, &["curator"]);
    let back = open_ix(&mut pool, trade_terms(0, CASH_SLOT));
    done(&mut pool, &back, &["curator"]);
}

#[test]
fn eight_auctions_are_open_at_most() {
    let mut pool = PoolWorld::new(10);
    let mut weights: Vec<(u8, u64)> = (0..10).map(|slot| (slot, 100 * ONE)).collect();
    weights.push((10, 0));
    let propose = ix::propose_weights(&pool.index(), weights);
    pool.send(&propose, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    let apply = ix::apply_weights(&pool.index(), &key("bob"));
    pool.send(&apply, &["bob"]).succeeded();
    for slot in 0..8 {
        let open = open_ix(&mut pool, trade_terms(10, slot));
        done(&mut pool, &open, &["curator"]);
    }
    let open = open_ix(&mut pool, trade_terms(10, 8));
    refused(&mut pool, &open, &["curator"], IndexError::AuctionListFull);
    let close = ix::close_auction(&pool.auction(3), &key("curator"));
    done(&mut pool, &close, &["curator"]);
    let open = open_ix(&mut pool, trade_terms(10, 8));
    done(&mut pool, &open, &["curator"]);
}

#[test]
fn the_price_falls_exponentially_to_its_end() {
    let mut pool = auctioned(false);
    let early = bid_ix(&mut pool, "bob", ONE);
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &early, &["bob"], IndexError::AuctionNotOpen);
    pool.world.pass(1);
    let mut elapsed = 0;
    for step in [0, 1, 9_999, 11_600, 21_600, 43_199, 1] {
        pool.world.pass(step);
        elapsed += step;
        let cost = pool.auction(0).data.cost(ONE, pool.world.now()).unwrap();
        let exact = 2.0 * 0.25f64.powf(elapsed as f64 / DAY as f64) * ONE as f64;
        let above = cost as f64 - exact;
        assert!(
            (-1e-3..=1.001).contains(&above),
            "{elapsed}: {cost} {exact}"
        );
        let has = pool.has("p0", "bob");
        let cash = pool.cash("bob");
        let bid = bid_ix(&mut pool, "bob", ONE);
        let IndexEvent::AuctionTraded(event) = done(&mut pool, &bid, &["bob"]) else {
            panic!("another event")
        };
        assert_eq!(
            (event.wallet, event.sold, event.bought),
            (key("bob"), ONE, cost)
        );
        assert_eq!(event.sell_left, pool.auction(0).data.sell_left);
        assert_eq!(has - pool.has("p0", "bob"), cost);
        assert_eq!(pool.cash("bob") - cash, ONE);
    }
    assert_eq!(elapsed, DAY);
    assert_eq!(pool.auction(0).data.sell_left, 393 * ONE);
    pool.world.pass(1);
    let late = bid_ix(&mut pool, "bob", ONE);
    refused(&mut pool, &late, &["bob"], IndexError::AuctionNotOpen);
}

#[test]
fn bids_are_refused_for_their_reasons() {
    let mut pool = bidding(false);
    let (index, auction) = (pool.index(), pool.auction(0));
    let with = |args| ix::bid(&index, &auction, &key("bob"), args).unwrap();
    let good = BidArgs {
        sell_atoms: ONE,
        most: ONE,
        deadline: NEVER,
    };
    // Half way from 2 to 0.5 the price is one.
    assert_eq!(auction.data.cost(ONE, pool.world.now()), Ok(ONE));
    let now = pool.world.now();
    for (args, error) in [
        (
            BidArgs {
                sell_atoms: 0,
                ..good
            },
            IndexError::ZeroAmount,
        ),
        (
            BidArgs {
                most: ONE - 1,
                ..good
            },
            IndexError::Slippage,
        ),
        (
            BidArgs {
                deadline: now - 1,
                ..good
            },
            IndexError::DeadlinePassed,
        ),
        (
            BidArgs {
                sell_atoms: 400 * ONE + 1,
                most: NEVER as u64,
                ..good
            },
            IndexError::AuctionShort,
        ),
    ] {
        refused(&mut pool, &with(args), &["bob"], error);
    }
    let mut short = with(good);
    short.accounts.pop();
    refused(&mut pool, &short, &["bob"], IndexError::MissingAccounts);
    let mut long = with(good);
    let extra = long.accounts[0].clone();
    long.accounts.push(extra);
    refused(&mut pool, &long, &["bob"], IndexError::ExtraAccounts);
    // The same slot on both sides.
    let mut twice = with(good);
    let bought: Vec<_> = twice.accounts[5..8].to_vec();
    twice.accounts.truncate(8);
    twice.accounts.extend(bought);
    pool.send(&twice, &["bob"]).named_failure("one slot twice");
    done(&mut pool, &with(good), &["bob"]);
}

#[test]
fn a_bid_beyond_the_target_is_refused() {
    let mut pool = weighted(false);
    let dear = AuctionTerms {
        sell_atoms: 900 * ONE,
        ..trade_terms(CASH_SLOT, 0)
    };
    let open = open_ix(&mut pool, dear);
    done(&mut pool, &open, &["curator"]);
    pool.world.pass(7 * DAY);
    // 900 at a price of 2 would bring 1,800 of p0 where 1,000 lack.
    let bid = bid_ix(&mut pool, "bob", 900 * ONE);
    refused(&mut pool, &bid, &["bob"], IndexError::BeyondTarget);
    let bid = bid_ix(&mut pool, "bob", 500 * ONE);
    done(&mut pool, &bid, &["bob"]);
    let bid = bid_ix(&mut pool, "bob", 100 * ONE);
    refused(&mut pool, &bid, &["bob"], IndexError::BeyondTarget);
}

#[test]
fn a_tiny_bid_that_costs_nothing_is_not_possible() {
    // Any price above zero rounds up to an atom.
    let mut pool = bidding(true);
    let has = pool.has("p0", "bob");
    let bid = bid_ix(&mut pool, "bob", 1);
    let IndexEvent::AuctionTraded(event) = done(&mut pool, &bid, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!((event.sold, event.bought), (1, 1));
    assert_eq!(pool.has("p0", "bob"), has + 1);
}

#[test]
fn an_auction_is_closed_by_the_curator_or_when_it_is_over() {
    let mut pool = bidding(false);
    let close = ix::close_auction(&pool.auction(0), &key("carol"));
    refused(&mut pool, &close, &["carol"], IndexError::AuctionNotOver);
    let mut ended = pool.fork();
    ended.world.pass(DAY);
    let IndexEvent::AuctionClosed(event) = done(&mut ended, &close, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!((event.number, event.unsold), (0, 400 * ONE));
    let mut sold = pool.fork();
    let bid = bid_ix(&mut sold, "bob", 400 * ONE);
    done(&mut sold, &bid, &["bob"]);
    done(&mut sold, &close, &["carol"]);
    let mut wound = pool.fork();
    let end = ix::wind_down(&wound.index());
    done(&mut wound, &end, &["curator"]);
    let bid = bid_ix(&mut wound, "bob", ONE);
    refused(&mut wound, &bid, &["bob"], IndexError::NotActive);
    done(&mut wound, &close, &["carol"]);
    let own = ix::close_auction(&pool.auction(0), &key("curator"));
    done(&mut pool, &own, &["curator"]);
    let gone = pool.send(&own, &["curator"]);
    gone.named_failure("closing twice");
    assert!(pool.index().data.trades().next().is_none());
}

#[test]
fn a_constituent_in_an_auction_stays() {
    let mut pool = auctioned(false);
    let remove = ix::remove_constituent(&pool.index(), 0);
    refused(
        &mut pool,
        &remove,
        &["curator"],
        IndexError::ConstituentInUse,
    );
    assert_eq!(pool.index().data.slot_of(&token_of("p0")), Ok(0));
}
