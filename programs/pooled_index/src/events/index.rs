//! The index itself, its constituents, its curator and its roles.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// An index was created.
    IndexCreated {
        /// Who created and runs it.
        creator: Pubkey,
        /// Its share mint.
        mint: Pubkey,
        /// The creator's number of it.
        number: u64,
    }
    /// The file that wallets read has another address.
    UriChanged {
        /// Its address; empty for none.
        uri: [u8; 200],
    }
    /// The index was launched.
    IndexLaunched {
        /// Who received the shares that are not locked.
        curator: Pubkey,
        /// Share atoms in existence.
        supply: u64,
        /// Share atoms locked for good.
        locked: u64,
    }
    /// A constituent was put into a slot.
    ConstituentAdded {
        /// The personal token, or the mint of cash.
        key: Pubkey,
        /// Its slot.
        place: u64,
        /// 1 personal, 2 cash.
        kind: u64,
    }
    /// A slot was freed.
    ConstituentRemoved {
        /// The personal token, or the mint of cash.
        key: Pubkey,
        /// Its slot.
        place: u64,
    }
    /// The curator put atoms in before the launch.
    Seeded {
        /// The slot.
        place: u64,
        /// Atoms put in.
        amount: u64,
        /// Atoms in the slot after it.
        counter: u64,
    }
    /// The curator took atoms back before the launch.
    Unseeded {
        /// The slot.
        place: u64,
        /// Atoms taken.
        amount: u64,
        /// Atoms in the slot after it.
        counter: u64,
    }
    /// The proposed curator accepted.
    CuratorAccepted {
        /// Who ran the index before.
        previous: Pubkey,
        /// Who runs it now.
        curator: Pubkey,
    }
    /// The curator left for good.
    CuratorResigned {
        /// Who left.
        previous: Pubkey,
    }
    /// New money was paused or admitted again.
    PauseChanged {
        /// Who signed.
        by: Pubkey,
        /// Up to which second, unix time; the present one where it ended.
        until: i64,
        /// From when on anybody may pause again, unix seconds.
        pausable_from: i64,
    }
    /// The index is wound down from now on.
    WindDownStarted {
        /// Share atoms in existence.
        supply: u64,
        /// Fee share atoms to be minted.
        pending_fee_shares: u64,
    }
}
