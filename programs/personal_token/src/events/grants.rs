//! Shares that vest.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// Shares were granted, to vest over time.
    GrantMade {
        /// The grant's number.
        grant: u64,
        /// Who gets them.
        beneficiary: Pubkey,
        /// Share atoms granted.
        shares: u64,
        /// When vesting starts, unix seconds.
        start: i64,
        /// Seconds after it before which nothing vests.
        cliff_seconds: u64,
        /// Seconds after it at which all has vested.
        duration_seconds: u64,
        /// 1 where the owner may revoke what has not vested.
        revocable: u64,
        /// Supply after it.
        supply: u64,
    }
    /// Vested shares went to the beneficiary.
    GrantClaimed {
        /// The grant's number.
        grant: u64,
        /// To whom.
        beneficiary: Pubkey,
        /// Share atoms claimed.
        shares: u64,
        /// Share atoms that the grant still has.
        unvested: u64,
        /// The beneficiary's registered shares after it.
        holder_shares: u64,
    }
    /// A grant's dividend was paid to the beneficiary.
    GrantDividendClaimed {
        /// The grant's number.
        grant: u64,
        /// To whom.
        beneficiary: Pubkey,
        /// The payout mint.
        mint: Pubkey,
        /// Atoms paid.
        amount: u64,
        /// Atoms that the stream still owes to all.
        payouts: u64,
    }
    /// What had not vested was taken back and burned.
    GrantRevoked {
        /// The grant's number.
        grant: u64,
        /// Whose.
        beneficiary: Pubkey,
        /// Share atoms burned.
        burned: u64,
        /// Share atoms that had vested.
        vested: u64,
        /// Supply after it.
        supply: u64,
    }
    /// An empty grant's accounts were closed.
    GrantClosed {
        /// The grant's number.
        grant: u64,
        /// Whose it was.
        beneficiary: Pubkey,
        /// Holder accounts after it.
        holders: u64,
    }
}
