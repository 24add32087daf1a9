//! How terms change.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
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
    PolicyWithdrawn {
        /// The `Admission` that stays.
        admission: u64,
        /// The `TransferPolicy` that stays.
        transfer_policy: u64,
    }
    /// The owner made terms better for holders.
    TermsEased {
        /// Cash-out tax after it.
        cash_out_tax_bps: u64,
        /// Royalty after it.
        royalty_bps: u64,
    }
    /// An amendment was proposed.
    AmendmentProposed {
        /// Its number.
        amendment: u64,
        /// What it changes: the place in `Change`.
        kind: u64,
        /// The claim that it is about, for revenue terms.
        claim: u64,
        /// The value that it sets.
        value: u64,
        /// Revenue terms: part of gross revenue.
        share_bps: u64,
        /// Revenue terms: first second after the claim, unix time.
        ends_at: i64,
        /// SHA-256 of what it says in full.
        document: [u8; 32],
        /// From when on it may be applied, unix seconds.
        effective_at: i64,
        /// Last second in which it may be, unix time.
        expires_at: i64,
    }
    /// A holder approved an amendment, or retracted.
    ApprovalChanged {
        /// The amendment's number.
        amendment: u64,
        /// Whose shares.
        wallet: Pubkey,
        /// How many.
        shares: u64,
        /// 1 where they approve now.
        approves: u64,
        /// Share atoms that approve after it.
        approving: u64,
        /// Share atoms that may vote.
        eligible: u64,
    }
    /// An amendment was applied.
    AmendmentApplied {
        /// Its number.
        amendment: u64,
        /// What it changed: the place in `Change`.
        kind: u64,
        /// The claim that it was about, for revenue terms.
        claim: u64,
        /// The value before.
        before: u64,
        /// The value after.
        after: u64,
        /// Share atoms that approved.
        approving: u64,
        /// Share atoms that could vote.
        eligible: u64,
    }
    /// An amendment was withdrawn or has expired.
    AmendmentClosed {
        /// Its number.
        amendment: u64,
        /// 1 where it expired.
        expired: u64,
    }
}
