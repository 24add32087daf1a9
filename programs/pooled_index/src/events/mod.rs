//! A fact for every change: who, what, and the state after it. Each event starts
//! with a [`Header`], whose sequence number has no gaps, so that an indexer can
//! tell that it missed one.
//!
//! Events have fixed size and no padding: their Borsh bytes are their memory, so
//! emitting is one copy and one syscall. Atoms by constituent are not in them: each
//! movement is an event of the personal token or a transfer of the mint.

mod custody;
mod index;
mod locks;
mod members;
mod rebalance;
mod shares;
mod terms;
mod wraps;

use anchor_lang::prelude::*;

/// What every event begins with.
#[derive(
    AnchorSerialize,
    AnchorDeserialize,
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    bytemuck::Pod,
    bytemuck::Zeroable,
)]
#[repr(C)]
pub struct Header {
    /// The index.
    pub index: Pubkey,
    /// Slot of the change.
    pub slot: u64,
    /// Number of this event of this index, from 1.
    pub sequence: u64,
}

pub(crate) use upside_support::log;
pub use {custody::*, index::*, locks::*, members::*, rebalance::*, shares::*, terms::*, wraps::*};

upside_support::any_event! {
    IndexEvent {
        IndexCreated,
        UriChanged,
        ConstituentAdded,
        ConstituentRemoved,
        Seeded,
        Unseeded,
        IndexLaunched,
        SharesBought,
        SharesRedeemed,
        BasketOpened,
        BasketDeposited,
        BasketFinished,
        BasketCancelled,
        BasketWithdrawn,
        BasketClosed,
        Harvested,
        FeesCollected,
        FeesSet,
        RecipientSet,
        RoleSet,
        CoinListed,
        CoinUnlisted,
        ActionsAnnounced,
        ActionAnnounced,
        AnnouncementApplied,
        AnnouncementCancelled,
        AnnouncementVetoed,
        SharesLocked,
        SharesUnlocked,
        VoteCounted,
        CandidacyOpened,
        CandidateBacked,
        CandidacyClosed,
        CuratorReplaced,
        MembershipOffered,
        OfferCancelled,
        MembershipAccepted,
        EqualShareCollected,
        MembershipEnds,
        MembershipKept,
        MembershipEnded,
        TakeOverAnnounced,
        MembershipTakenOver,
        LockedCollected,
        MembershipClosed,
        PollOpposed,
        RebalanceOpened,
        OrderAdded,
        RebalanceSealed,
        OrderTightened,
        RebalanceTraded,
        RebalanceEnded,
        CuratorAccepted,
        CuratorResigned,
        PauseChanged,
        WindDownStarted,
        CustodySynced,
        SlotNoted,
        SlotWrapped,
        WrappedHarvested,
        TicketsUnwrapped,
        SlotUnwrapped,
        WrapperClosed,
        WoundUpRedeemed,
        WoundUpCollected,
    }
}
