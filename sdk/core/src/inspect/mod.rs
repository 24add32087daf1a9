//! Look-through: one token as a tree that follows every share down to each claim
//! and each atom, with evidence and age.
//!
//! Backing is never one number. What a vault holds is *liquid*; what the owner
//! says is *declared*; third parties make it *attested*, time makes that *stale*.

mod backing;
mod build;
mod claims;
mod concentration;
mod disclosure;
mod evidence;
mod gather;
mod governance;
mod polls;
mod powers;
mod preview;
mod report;
mod rounds;
mod shares;

pub use {
    backing::{Tallies, Tally},
    build::{Sources, build},
    claims::{AttestationReport, AttesterReport, AuctionReport, ClaimReport, RevenueReportLine},
    concentration::{Concentration, Part},
    disclosure::{
        Announced, AssetRisk, AttesterFacts, Dilution, Disclosure, OwnerIdentity, Roles, TermFacts,
    },
    evidence::Class,
    governance::{AnnouncedPolicy, GovernanceReport, admission_name, transfer_policy_name},
    polls::{
        PollDecimals, PollReport, PollTally, Voice, change_name, class_name, figures, poll_report,
    },
    powers::{Act, Power, When, Who},
    preview::{Intent, Preview, Stake, disclosure, preview, stake},
    report::{
        Amount, AnnouncedName, AssetReport, Backing, FormerNameReport, MintAmount, StreamReport,
        TokenReport,
    },
    rounds::{Contributors, RoundReport, StageReport},
    shares::{HolderReport, Supply, TermsReport},
};

pub(crate) use shares::percent_of;

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
    build(&gather::sources(client, token, gather::Reading::Whole).await?)
}
