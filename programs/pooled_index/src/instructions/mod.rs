//! One file an instruction, in the folder of its subject: arguments, accounts with their
//! proofs, handler, helpers. What several instructions share is in the subject's `mod.rs`,
//! or in a file named for what it is.

mod announcement;
mod basket;
mod constituent;
mod fee;
mod index;
mod lock;
mod membership;
mod rebalance;
mod share;
mod wrap;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    announcement::*, basket::*, constituent::*, fee::*, index::*, lock::*, membership::*,
    rebalance::*, share::*, wrap::*,
};
