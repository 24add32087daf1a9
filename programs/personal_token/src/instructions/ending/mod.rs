//! How a token ends: what a wind-down pays out, and the accounts that nothing needs any
//! more.

mod close_ended;
mod close_vault;
mod collect_estate;
mod join_endowment;
mod open_estate;
mod wind_up_by_executor;

pub use {close_ended::*, close_vault::*, collect_estate::*};

// These have accounts that others have too, and none of their own.
pub(crate) use {join_endowment::*, open_estate::*, wind_up_by_executor::*};

/// Kinds of `AccountClosed`, as the event numbers them.
pub(crate) mod closed {
    pub const ROUND: u64 = 0;
    pub const PRODUCT: u64 = 1;
    pub const NAMING: u64 = 2;
    pub const ATTESTERS: u64 = 3;
    pub const APPROVAL: u64 = 4;
    pub const CONTRIBUTION: u64 = 5;
    pub const VAULT: u64 = 6;
    pub const RECEIPT: u64 = 7;
}
