//! What somebody might try on an index, and what it brings them.

mod addresses;
mod curator;
mod members;
mod money;
mod rounding;

use {
    super::support::*,
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated, find_holder},
        index::{
            AuctionTerms, BasketKind, BidArgs, IndexError, LOCKED_SHARES, OfferTerms,
            ParametersArgs, Status, instruction as ix, quote,
        },
        instruction as token_ix,
        state::{Holder, PersonalToken},
    },
    upside_tests::{
        engine::Engine,
        pool::{CASH, HAS, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, NEVER, ONE, mint_bytes, token_account_bytes},
    },
};

/// An index over two people and cash, without fees.
fn free() -> PoolWorld {
    PoolWorld::with(2, |args| {
        args.parameters = ParametersArgs {
            max_harvest_age: 3_600,
            ..ParametersArgs::default()
        };
    })
}

/// What somebody has of everything, and it is more than what they had nowhere.
#[track_caller]
fn never_more(pool: &mut PoolWorld, name: &str, had: &std::collections::BTreeMap<u8, u64>) {
    let has = wealth(pool, &key(name));
    for (slot, atoms) in &has {
        assert!(
            *atoms <= had[slot],
            "{name} gained of slot {slot}: {atoms} > {}",
            had[slot]
        );
    }
}

/// Redeems everything that somebody has, stale or not.
fn leave(pool: &mut PoolWorld, name: &str) {
    let shares = pool.shares(name);
    let mut args = pool.redeem_args(shares);
    args.allow_stale = true;
    let redeem = ix::redeem(&pool.index(), &key(name), args).unwrap();
    pool.send(&redeem, &[name]).succeeded();
}
