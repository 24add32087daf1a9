//! Parameters and weights.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// Parameters were announced.
    ParametersProposed {
        /// Yearly fee in basis points.
        management_fee_bps: u64,
        /// Entry fee in basis points.
        entry_fee_bps: u64,
        /// Exit fee in basis points.
        exit_fee_bps: u64,
        /// Longest time since a harvest, in seconds.
        max_harvest_age: u64,
        /// When they may be applied, unix seconds.
        effective_at: i64,
    }
    /// Announced parameters were applied.
    ParametersApplied {
        /// Yearly fee in basis points.
        management_fee_bps: u64,
        /// Entry fee in basis points.
        entry_fee_bps: u64,
        /// Exit fee in basis points.
        exit_fee_bps: u64,
        /// Longest time since a harvest, in seconds.
        max_harvest_age: u64,
    }
    /// Weights were announced; they are in the index.
    WeightsProposed {
        /// How many slots get another weight.
        changed: u64,
        /// When they may be applied, unix seconds.
        effective_at: i64,
    }
    /// Announced weights were applied.
    WeightsApplied {
        /// Who signed the proposal's application, anybody.
        by: Pubkey,
    }
}
