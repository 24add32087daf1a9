//! Look-through: one token as a tree that follows every share down to each claim
//! and each atom, with evidence and age.
//!
//! Backing is never one number. What a vault holds is *liquid*; what the owner
//! says is *declared*; third parties make it *attested*, time makes that *stale*.

mod backing;
mod build;
mod evidence;
mod governance;
mod polls;
mod report;

pub use {
    backing::{Tallies, Tally},
    build::{Sources, build},
    evidence::Class,
    governance::{AnnouncedPolicy, GovernanceReport, admission_name, transfer_policy_name},
    polls::{PollReport, PollTally, Voice, change_name, class_name, figures, poll_report},
    report::{
        Amount, AnnouncedName, AssetReport, AttestationReport, AttesterReport, AuctionReport,
        Backing, ClaimReport, FormerNameReport, HolderReport, MintAmount, RevenueReportLine,
        RoundReport, StageReport, StreamReport, Supply, TermsReport, TokenReport,
    },
};

use {
    crate::{
        address::find_naming,
        error::SdkError,
        fetch,
        state::{Account, Naming, PersonalToken, decode},
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Fetches and builds the look-through of one token: nine requests at most, however many
/// holders and claims it has.
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
    let clock = fetch::clock(client).await?;
    let holders = fetch::holders(client, &token.key).await?;
    let rounds = fetch::rounds(client, &token.key).await?;
    let claims = fetch::claims(client, &token.key).await?;
    let attesters = fetch::attesters(client, &token.key).await?;
    let attestations = fetch::attestations(client, &token.key).await?;
    let polls = fetch::open_polls(client, token).await?;
    // The share mint, then each asset's vault, then each asset's mint.
    let listed = token.data.listed()?;
    let mut keys = vec![token.data.mint];
    keys.extend(listed.iter().map(|asset| asset.vault));
    keys.extend(listed.iter().map(|asset| asset.mint));
    keys.push(find_naming(&token.key).0);
    let mut raws = fetch::raw(client, &keys).await?;
    let naming = raws.pop().flatten();
    let naming = naming.and_then(|raw| decode::<Naming>(&raw.key, &raw.owner, &raw.data).ok());
    let mints = raws.split_off(raws.len().saturating_sub(listed.len()));
    let mut raws = raws.into_iter();
    let mint = raws.next().flatten();
    let vaults: Vec<_> = raws.collect();
    let immovable = vaults.iter().zip(&mints);
    let immovable = immovable
        .map(|(vault, mint)| fetch::immovable(vault.as_ref(), mint.as_ref()))
        .collect();
    let vaults = vaults
        .into_iter()
        .map(|raw| {
            raw.and_then(|raw| fetch::token_amount(&raw.data))
                .unwrap_or(0)
        })
        .collect();
    let equity: Vec<_> = claims
        .iter()
        .filter(|claim| {
            claim
                .data
                .kind()
                .is_ok_and(|kind| kind == crate::state::ClaimKind::TokenizedEquity)
        })
        .map(|claim| claim.data.mint)
        .collect();
    let equity = fetch::raw(client, &equity).await?;
    let decimals = equity
        .iter()
        .flatten()
        .filter_map(|raw| fetch::mint_info(raw).ok())
        .map(|mint| (mint.key, mint.decimals))
        .collect();
    build(&Sources {
        token,
        mint,
        clock,
        holders,
        rounds,
        claims,
        attesters: attesters.map(|list| list.data),
        attestations,
        polls,
        vaults,
        immovable,
        naming: naming.map(|naming| naming.data),
        decimals,
    })
}
