//! What cannot move is wrapped in tickets, and unwrapped once it moves; persons that were
//! wound up are redeemed.

mod attacks;
mod flows;
mod refusals;
mod wound_up;

use {
    super::{errors_support::refused, support::key},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_associated},
        index::{Constituent, IndexError, instruction as ix},
    },
    upside_tests::{
        cases::index::wraps::{self, *},
        pool::{INDEX_ONE, PoolWorld, seeded, token_of},
        world::{DAY, ONE},
    },
};

fn slot(pool: &mut PoolWorld, slot: u8) -> Constituent {
    pool.index().data.constituents[usize::from(slot)]
}

/// Tickets of a wallet.
fn tickets(pool: &mut PoolWorld, number: u64, name: &str) -> u64 {
    let mint = wrapper(pool, number).data.mint;
    let account = find_associated(&key(name), &mint, &TOKEN_PROGRAM).0;
    pool.world.balance(&account)
}

/// The original custody holds what tickets, earlier tickets and members own.
fn check_wrapped(pool: &mut PoolWorld, number: u64) {
    pool.check_books();
    let wrapper = wrapper(pool, number).data;
    let held = match wrapper.kind.raw() {
        1 => {
            let holder = pool
                .world
                .get::<upside_sdk::state::Holder>(&wrapper.custody);
            holder.data.shares
        }
        _ => pool.world.balance(&wrapper.custody),
    };
    let index = pool.index().data;
    let constituent = index.constituents[usize::from(wrapper.slot)];
    let mut owed = constituent.behind;
    if wrapper.active == 1 {
        owed += wrapper.atoms;
    }
    if let Ok(place) = constituent.coin_place() {
        let book = index.book(place).unwrap();
        owed += book.owed + book.pots;
    }
    assert!(held >= owed, "holds {held}, owes {owed}");
}
