//! A line of the cap table.

use upside_sdk::{inspect::HolderReport, state::Holder};

/// A holder with what its account says besides.
pub struct Row {
    /// As looked through.
    pub report: HolderReport,
    /// The account.
    pub account: Holder,
}
