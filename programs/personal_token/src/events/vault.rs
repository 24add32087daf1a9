//! Assets, payouts and redemptions.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// A mint was listed.
    AssetListed {
        /// The mint.
        mint: Pubkey,
        /// 1 where it has a payout stream.
        payout: u64,
        /// 1 where its issuer can seize or freeze it.
        seizable: u64,
    }
    /// Somebody gave to the reserve.
    ReserveDeposited {
        /// The mint.
        mint: Pubkey,
        /// Who gave.
        from: Pubkey,
        /// Atoms given.
        amount: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// A vault's balance was booked.
    ReserveSynced {
        /// The mint.
        mint: Pubkey,
        /// Atoms found.
        found: u64,
        /// Atoms lost.
        lost: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// A dividend was paid out.
    DividendClaimed {
        /// To whom.
        wallet: Pubkey,
        /// The payout mint.
        mint: Pubkey,
        /// Atoms paid.
        amount: u64,
        /// Atoms that the stream still owes to all.
        payouts: u64,
    }
    /// Shares were burned against the reserve.
    SharesRedeemed {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms burned.
        shares: u64,
        /// 1 for bearer tokens.
        bearer: u64,
        /// Atoms paid by asset, in the order of the list.
        paid: [u64; 8],
        /// Bits of the assets that the holder went without.
        forgone: u64,
        /// Supply after it.
        supply: u64,
    }
}
