//! A fact for every change: who, what, and the state after it. Each event starts
//! with a [`Header`], whose sequence number has no gaps, so that an indexer can
//! tell that it missed one.
//!
//! Events have fixed size and no padding: their Borsh bytes are their memory, so
//! emitting is one copy and one syscall.

mod claims;
mod evidence;
mod governance;
mod grants;
mod holders;
mod orders;
mod polls;
mod products;
mod rounds;
mod sales;
mod token;
mod vault;

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
    /// The personal token.
    pub token: Pubkey,
    /// Slot of the change.
    pub slot: u64,
    /// Number of this event of this token, from 1.
    pub sequence: u64,
}

pub(crate) use upside_support::log;
pub use {
    claims::*, evidence::*, governance::*, grants::*, holders::*, orders::*, polls::*, products::*,
    rounds::*, sales::*, token::*, vault::*,
};

upside_support::any_event! {
    TokenEvent {
        TokenCreated,
        NameAnnounced,
        MetadataUpdated,
        RolesChanged,
        OwnershipProposed,
        OwnershipAccepted,
        PauseChanged,
        BearerCapChanged,
        HolderOpened,
        VenueAnnounced,
        VenueChanged,
        TransferApproved,
        ApprovalRevoked,
        SharesTransferred,
        SharesWithdrawn,
        SharesDeposited,
        SharesWarmed,
        SharesIssued,
        RoundOpened,
        Contributed,
        ContributionLeft,
        RoundExtended,
        RoundCancelled,
        RoundClosed,
        ContributionCollected,
        ContributionRefunded,
        RoundSettled,
        AssetAdded,
        ReserveDeposited,
        EndowmentDeposited,
        EndowmentWithdrawn,
        AssetsBrought,
        ImmovabilityNoted,
        SurplusBooked,
        LossBooked,
        StreamEnded,
        ShareCustodySynced,
        ClaimDeclared,
        EquityDeposited,
        EquityReleased,
        ClaimExited,
        AuctionAnnounced,
        AuctionBought,
        AuctionCancelled,
        ClaimSynced,
        RevenuePaid,
        AttesterAccepted,
        AttesterRemoved,
        SuccessorNamed,
        AttesterSucceeded,
        ThresholdSet,
        ClaimAttested,
        AttestationRevoked,
        ClaimDisputed,
        DisputeResolved,
        ClaimTransformed,
        ClaimWrittenOff,
        RevenueReported,
        SaleOpened,
        SaleCancelled,
        SharesSold,
        BidOpened,
        BidCancelled,
        BidFilled,
        OrderSet,
        OrderExecuted,
        OrderEnded,
        GrantOffered,
        GrantAccepted,
        GrantCancelled,
        GrantCollected,
        GrantRevoked,
        GrantClosed,
        ProductOpened,
        ProductClosed,
        PassBought,
        PassUsed,
        PassClosed,
        PolicyAnnounced,
        PolicyApplied,
        PolicyCancelled,
        TermsRelaxed,
        PollPut,
        AuctionAsked,
        PollAnswered,
        PollApplied,
        PollEnded,
        PollsVoided,
        OwnerSeen,
        ExecutorSet,
        TokenWoundUp,
        HolderClosed,
        ClaimAccountClosed,
        IdentityAttested,
        IdentityRevoked,
        DividendCollected,
        SharesRedeemed,
        ReceiptGiven,
        EstateOpened,
        EstateCollected,
        EndowmentJoined,
        AccountClosed,
    }
}
