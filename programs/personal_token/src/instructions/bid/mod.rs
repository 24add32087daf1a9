//! Bids: money that waits for shares.

mod cancel;
mod fill;
mod open;

pub use {cancel::*, fill::*, open::*};
