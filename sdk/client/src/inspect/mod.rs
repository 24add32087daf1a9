//! Look-through: one token as a tree that follows every share down to each claim
//! and each atom, with evidence and age.
//!
//! Backing is never one number. What a vault holds is *liquid*; what the owner
//! says is *declared*; third parties make it *attested*, time makes that *stale*.

mod gather;
mod preview;

pub use {
    preview::{disclosure, preview},
    upside_core::inspect::{
        Act, Amount, Announced, AnnouncedName, AnnouncedPolicy, AssetReport, AssetRisk,
        AttestationReport, AttesterFacts, AttesterReport, AuctionReport, Backing, BackingClass,
        ChangeKind, ClaimReport, Concentration, Contributors, Dilution, Disclosure, EvidenceClass,
        FormerNameReport, GovernanceReport, Hash, HolderReport, Intent, MintAmount, OwnerIdentity,
        Part, Percent, PollDecimals, PollFigures, PollPhase, PollPlace, PollReport, PollTally,
        Power, Preview, Price, Rescale, RevenueReportLine, Roles, RoundPhase, RoundReport, Scale,
        Scales, Sources, StageReport, Stake, StreamReport, Supply, Tallies, Tally, TermFacts,
        TermsReport, TokenReport, Unit, Voice, When, Who, build, build_preview, poll_report, stake,
    },
};

use {
    crate::{
        error::SdkError,
        state::{Account, PersonalToken},
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Fetches and builds the look-through of one token: six requests at most, however many
/// holders and claims it has, and one more for each open round that keeps contributions.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{fetch, inspect};
///
/// let token = fetch::find(client, "ADA").await?;
/// let report = inspect::token(client, &token).await?;
/// println!("{} claims, verified: {}", report.claims.len(), report.verified);
/// # Ok(())
/// # }
/// ```
pub async fn token(
    client: &RpcClient,
    token: &Account<PersonalToken>,
) -> Result<TokenReport, SdkError> {
    let from = gather::sources(client, token, gather::Reading::Whole).await?;
    Ok(build(&from)?)
}
