//! Look-through through both levels: share of the index, person, claim, atom.

mod announcement;
mod build;
mod disclosure;
mod exits;
mod gather;
mod membership;
mod powers;
mod preview;
mod rebalance;
mod report;
mod slots;
mod takes;
mod voice;

pub use {
    announcement::{action, role_name},
    build::build,
    disclosure::{IndexDisclosure, IndexRoles},
    exits::SlotState,
    gather::{Below, below},
    powers::{IndexAct, IndexPower, IndexWhen, IndexWho},
    preview::{
        IndexIntent, IndexPreview, IndexStake, SlotPart, index_disclosure, preview, preview_launch,
    },
    report::{
        ActionReport, AnnouncementReport, ConstituentReport, IndexReport, MembershipReport,
        OfferReport, OrderReport, ParametersReport, RebalanceReport, RecipientReport, SupplyReport,
        TermsReport,
    },
    slots::{Performance, PersonFacts, QuotePerformance, SlotFacts},
    takes::MostTaken,
    voice::IndexVoice,
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
///     println!("{} {}", constituent.kind, constituent.per_share.amount);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn index(client: &RpcClient, key: &Pubkey) -> Result<IndexReport, SdkError> {
    let pool = fetch::pool(client, key).await?;
    let below = below(client, &pool).await?;
    build(&pool, &below)
}
