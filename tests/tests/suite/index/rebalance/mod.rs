//! Rebalances: drafted, announced, made tighter, traded, ended.

mod attacks;
mod bids;
mod drafts;
mod people;
mod turnover;

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Shares,
        event::IndexEvent,
        index::{
            BidArgs, IndexError, LONG_NOTICE, OrderInput, RebalanceStatus, SealArgs, Side,
            instruction as ix, rebalance as quotes,
        },
        instruction as token_ix,
    },
    upside_tests::{
        cases::index::{
            CASH_SLOT, LASTS, bid_args, bid_ix, bidding, draft, drafted, launched, order, orders,
            seal, seal_args, sealed, wound_down,
        },
        engine::Engine,
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
};

/// Seconds until the rebalances of the cases are traded.
const NOTICE: i64 = 7 * DAY;

fn seal_ix(pool: &mut PoolWorld, change: impl FnOnce(&mut SealArgs)) -> Instruction {
    let mut args = seal_args(pool);
    change(&mut args);
    ix::seal_rebalance(&pool.index(), args)
}

/// An index without fees, so that counts per share stay.
fn free(count: usize) -> PoolWorld {
    PoolWorld::with(count, |args| {
        args.parameters.management_fee_bps = 0;
        args.parameters.entry_fee_bps = 0;
        args.parameters.exit_fee_bps = 0;
    })
}
