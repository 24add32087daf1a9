//! From instructions to a landed transaction.
//!
//! [`send_and_confirm`] simulates, sets a tight budget and a price, signs, sends and
//! waits. It executes an intent at most once: it makes a second version only when the
//! first can no longer land. [`simulate`] is the dry run. The functions that need no
//! network ([`compile`], [`missing_signers`], [`sign_partially`] and the base64 forms)
//! serve keys that sign elsewhere.
//!
//! # Units
//! Compute unit prices are micro-lamports a compute unit, fees are lamports, sizes
//! are bytes.

mod attempt;
mod builder;
mod error;
mod offline;
mod send;
mod watch;

pub use {
    builder::{Simulation, TransactionRequest, lamports_after, simulate},
    error::TransactionError,
    offline::{
        MAX_ACCOUNTS, MAX_TRANSACTION_BYTES, compile, message_base58, message_base64,
        message_of_base64, missing_signers, required_signers, sign_partially, transaction_base64,
    },
    send::{Landed, Outcome, SendOptions, outcome, send_and_confirm, send_signed},
};
