//! Equity and revenue.

mod change_claim;
mod close_claim;
mod declare_claim;
mod deposit_equity;
mod exit_claim;
mod pay_revenue;
mod proceeds;
mod release_equity;
mod report_revenue;
mod revenue;
mod sync_claim;
mod transform_claim;
mod write_off_claim;

pub use {
    change_claim::*, close_claim::*, declare_claim::*, deposit_equity::*, exit_claim::*,
    pay_revenue::*, proceeds::*, release_equity::*, sync_claim::*, write_off_claim::*,
};

// These have accounts that others have too, and none of their own.
pub(crate) use {report_revenue::*, transform_claim::*};

pub(super) use revenue::book_revenue;
