//! What somebody might try on an index, and what it brings them.

mod addresses;
mod curator;
mod members;
mod money;
mod rounding;
mod votes;

use {
    super::support::*,
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated, find_holder},
        index::{
            Action, BasketKind, IndexError, IndexStatus, LOCKED_SHARES, OfferTerms,
            ParametersInput, instruction as ix, quote,
        },
        instruction as token_ix,
        state::{Holder, PersonalToken},
    },
    upside_tests::{
        engine::Engine,
        pool::{CASH, HAS, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, ONE, mint_bytes, token_account_bytes},
    },
};

/// An index over two people and cash, without fees.
fn free() -> PoolWorld {
    PoolWorld::with(2, |args| {
        args.parameters = ParametersInput::default();
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

/// Redeems everything that somebody has.
fn leave(pool: &mut PoolWorld, name: &str) {
    let shares = pool.shares(name);
    let args = pool.redeem_args(shares);
    let redeem = ix::redeem(&pool.index(), &key(name), args).unwrap();
    pool.send(&redeem, &[name]).succeeded();
}
