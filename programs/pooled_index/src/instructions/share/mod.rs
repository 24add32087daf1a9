//! Shares of the index, bought and redeemed in one transaction.

mod contribute;
mod redeem;
mod share_accounts;

pub use {contribute::*, redeem::*, share_accounts::*};
