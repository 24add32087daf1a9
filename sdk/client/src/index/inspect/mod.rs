//! Look-through through both levels: share of the index, person, claim, atom.

mod gather;
mod preview;

pub use {
    gather::below,
    preview::{index_disclosure, preview, preview_launch},
    upside_core::index::inspect::{
        ActionReport, AnnouncedKind, AnnouncementPhase, AnnouncementReport, Below, ConstituentKind,
        ConstituentReport, IndexAct, IndexDisclosure, IndexIntent, IndexPower, IndexPreview,
        IndexReport, IndexRoles, IndexStake, IndexVoice, IndexWhen, IndexWho, MembershipPhase,
        MembershipReport, MostTaken, OfferReport, OrderReport, ParametersReport, Performance,
        PersonFacts, QuotePerformance, Reading, RebalancePhase, RebalanceReport, RecipientReport,
        SlotFacts, SlotPart, SlotState, SupplyReport, TermsReport, action, build,
        build_launch_preview, build_preview, disclosure,
    },
};

use {
    super::fetch, crate::error::SdkError, anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Fetches and builds the look-through of an index, in as many requests as it takes
/// to read its accounts a hundred at a time.
///
/// # Errors
/// `NotFound`; `WrongAccount` where an account does not decode; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::{fetch, inspect};
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let report = inspect::index(client, &index.key).await?;
/// for constituent in &report.constituents {
///     println!("{:?} {}", constituent.kind, constituent.per_share);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn index(client: &RpcClient, key: &Pubkey) -> Result<IndexReport, SdkError> {
    let pool = fetch::pool(client, key).await?;
    let below = below(client, &pool).await?;
    Ok(build(&pool, &below)?)
}
