//! How terms change.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// Other policies were announced.
    PolicyAnnounced {
        /// The `Admission`.
        admission: u64,
        /// The `TransferPolicy`.
        transfer_policy: u64,
        /// The credential that will admit; zero for none.
        credential: Pubkey,
        /// Its schema.
        schema: Pubkey,
        /// When they may be applied, unix seconds.
        effective_at: i64,
    }
    /// The announced policies apply.
    PolicyApplied {
        /// The `Admission`.
        admission: u64,
        /// The `TransferPolicy`.
        transfer_policy: u64,
        /// The credential that admits; zero for none.
        credential: Pubkey,
        /// Its schema.
        schema: Pubkey,
    }
    /// The announcement was withdrawn.
    PolicyCancelled {
        /// The `Admission` that stays.
        admission: u64,
        /// The `TransferPolicy` that stays.
        transfer_policy: u64,
    }
    /// The owner made terms better for holders.
    TermsRelaxed {
        /// Supply cap after it.
        supply_cap: u64,
        /// Floor after it.
        floor: u64,
        /// Cash-out tax after it.
        cash_out_tax_bps: u64,
        /// Royalty after it.
        royalty_bps: u64,
        /// How often the terms have changed.
        terms_version: u64,
    }
}
