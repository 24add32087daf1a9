//! What holders lock, and what it counts.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A wallet locked index shares.
    SharesLocked {
        /// Whose.
        wallet: Pubkey,
        /// Index share atoms locked.
        amount: u64,
        /// Index share atoms in the lock after it.
        shares: u64,
        /// Index share atoms in all locks after it.
        locked: u64,
    }
    /// A wallet unlocked index shares.
    SharesUnlocked {
        /// Whose.
        wallet: Pubkey,
        /// Index share atoms unlocked.
        amount: u64,
        /// Index share atoms in the lock after it.
        shares: u64,
        /// Index share atoms in all locks after it.
        locked: u64,
    }
    /// A lock was counted in an announcement.
    VoteCounted {
        /// The announcement's number.
        nonce: u64,
        /// Whose lock.
        wallet: Pubkey,
        /// A [`VoteSide`](crate::state::VoteSide): 0 against, 1 for.
        side: u64,
        /// Index share atoms that it counts.
        weight: u64,
        /// Index share atoms against it after that.
        against: u64,
        /// Index share atoms for it after that.
        support: u64,
    }
    /// Somebody would be curator.
    CandidacyOpened {
        /// Who.
        candidate: Pubkey,
        /// The candidacy's number.
        number: u64,
    }
    /// A lock backs a candidate from now on, or nobody.
    CandidateBacked {
        /// Whose lock.
        wallet: Pubkey,
        /// Who is backed; zero for nobody.
        candidate: Pubkey,
        /// Index share atoms that it counts.
        weight: u64,
        /// Index share atoms that back the candidate after that.
        support: u64,
    }
    /// A candidate gave up.
    CandidacyClosed {
        /// Who.
        candidate: Pubkey,
    }
    /// A majority replaced the curator. All announcements fell, all roles ended.
    CuratorReplaced {
        /// Who ran the index before; zero for nobody.
        previous: Pubkey,
        /// Who runs it now, and receives the fees.
        curator: Pubkey,
        /// Index share atoms that back them.
        support: u64,
        /// All index share atoms that count.
        supply: u64,
    }
}
