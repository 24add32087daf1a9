//! Auctions of tokenized equity.

mod announce_auction;
mod announced;
mod buy_at_auction;
mod cancel_auction;

pub use {announce_auction::*, buy_at_auction::*, cancel_auction::*};

pub(super) use announced::announced;
