//! What comes into custody, and what fees take.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// Dividends of a personal token were claimed into the index's cash.
    Harvested {
        /// The personal token.
        token: Pubkey,
        /// The payout mint; zero where nothing was collectable.
        mint: Pubkey,
        /// Atoms claimed.
        amount: u64,
        /// Atoms of them set aside for members.
        to_members: u64,
        /// 1 where nothing else of the token was collectable: it counts as harvested.
        complete: u64,
    }
    /// Fee shares were minted.
    FeesCollected {
        /// Whose account received them.
        recipient: Pubkey,
        /// Share atoms minted.
        shares: u64,
        /// Share atoms in existence after it.
        supply: u64,
    }
    /// Books and custody of a slot were brought together.
    CustodySynced {
        /// The slot.
        place: u64,
        /// Atoms found.
        found: u64,
        /// Atoms lost.
        lost: u64,
        /// Atoms in the slot after it.
        counter: u64,
    }
}
