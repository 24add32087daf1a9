//! Equity and revenue.

mod auction;
mod change_claim;
mod close_claim;
mod declare_claim;
mod exit_claim;
mod move_equity;
mod pay_revenue;
mod sync_claim;

pub use {
    auction::*, change_claim::*, close_claim::*, declare_claim::*, exit_claim::*, move_equity::*,
    pay_revenue::*, sync_claim::*,
};
