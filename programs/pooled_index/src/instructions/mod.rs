//! One file an instruction, or a family with the same accounts: arguments, accounts
//! with their proofs, rules, handler.

mod accept_membership;
mod auction;
mod basket;
mod bid;
mod constituents;
mod contribute;
mod create_index;
mod curate;
mod equal_share;
mod fees;
mod finish_basket;
mod harvest;
mod launch;
mod offer;
mod redeem;
mod redeem_to_basket;
mod seed;
mod shares;
mod sync;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    accept_membership::*, auction::*, basket::*, bid::*, constituents::*, contribute::*,
    create_index::*, curate::*, equal_share::*, fees::*, finish_basket::*, harvest::*, launch::*,
    offer::*, redeem::*, redeem_to_basket::*, seed::*, shares::*, sync::*,
};
