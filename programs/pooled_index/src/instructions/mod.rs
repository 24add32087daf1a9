//! One file an instruction, or a family with the same accounts: arguments, accounts
//! with their proofs, rules, handler.

mod announcement;
mod basket;
mod constituent;
mod constituents;
mod contribute;
mod create_index;
mod curate;
mod fees;
mod finish_basket;
mod harvest;
mod index;
mod launch;
mod lock;
mod membership;
mod rebalance;
mod redeem;
mod redeem_to_basket;
mod seed;
mod shares;
mod sync;
mod wrap;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    announcement::*, basket::*, constituent::*, constituents::*, contribute::*, create_index::*,
    curate::*, fees::*, finish_basket::*, harvest::*, index::*, launch::*, lock::*, membership::*,
    rebalance::*, redeem::*, redeem_to_basket::*, seed::*, shares::*, sync::*, wrap::*,
};
