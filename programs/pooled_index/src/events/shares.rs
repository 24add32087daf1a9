//! Contributions and redemptions, at once and through baskets.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// Somebody gave of every constituent for new shares.
    SharesBought {
        /// Who.
        wallet: Pubkey,
        /// Share atoms that they got.
        minted: u64,
        /// Share atoms of the entry fee.
        fee: u64,
        /// Share atoms in existence after it.
        supply: u64,
        /// Fee share atoms to be minted after it.
        pending_fee_shares: u64,
    }
    /// Somebody redeemed shares for their part of every constituent.
    SharesRedeemed {
        /// Who.
        wallet: Pubkey,
        /// Share atoms burned.
        burned: u64,
        /// Share atoms of the exit fee among them.
        fee: u64,
        /// Share atoms in existence after it.
        supply: u64,
        /// Fee share atoms to be minted after it.
        pending_fee_shares: u64,
        /// The basket that owes the atoms; zero where they were paid at once.
        basket: Pubkey,
    }
    /// A basket for a contribution was opened.
    BasketOpened {
        /// Whose.
        wallet: Pubkey,
        /// The basket.
        basket: Pubkey,
        /// Share atoms that it asks for.
        shares: u64,
        /// Its deadline, unix seconds.
        deadline: i64,
    }
    /// Atoms of a constituent were put into a basket.
    BasketDeposited {
        /// The basket.
        basket: Pubkey,
        /// The slot.
        place: u64,
        /// Atoms put in.
        amount: u64,
        /// Atoms that the person's streams owed the index at this moment, by their place.
        due: [u64; 4],
    }
    /// A basket became shares; what is left of it is paid out.
    BasketFinished {
        /// Whose.
        wallet: Pubkey,
        /// The basket.
        basket: Pubkey,
        /// Share atoms minted.
        minted: u64,
        /// Share atoms of the entry fee.
        fee: u64,
        /// Share atoms in existence after it.
        supply: u64,
        /// Fee share atoms to be minted after it.
        pending_fee_shares: u64,
    }
    /// A contribution was given up; its basket is paid out.
    BasketCancelled {
        /// The basket.
        basket: Pubkey,
        /// Who signed.
        by: Pubkey,
    }
    /// Atoms of a constituent were paid out of a basket.
    BasketWithdrawn {
        /// The basket.
        basket: Pubkey,
        /// The slot.
        place: u64,
        /// Atoms paid.
        amount: u64,
        /// Token account or holder account that received them.
        to: Pubkey,
    }
    /// An empty basket was closed.
    BasketClosed {
        /// The basket.
        basket: Pubkey,
    }
}
