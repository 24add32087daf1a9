//! Names that look like others, see [`upside_core::confusable`], over all tokens of a cluster.

pub use upside_core::confusable::{Named, alike, others, skeleton};

use {
    crate::{error::SdkError, fetch, inspect::TokenReport},
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
};

/// All tokens of the chain as people read them, oldest first. Errors: `Rpc`.
pub async fn all_names(client: &RpcClient) -> Result<Vec<Named>, SdkError> {
    let tokens = fetch::tokens(client).await?;
    let names = fetch::names(client, &tokens).await?;
    let named = tokens.iter().zip(names).map(|(token, name)| {
        let name = name.unwrap_or_default();
        Named {
            token: token.key,
            name: name.name,
            symbol: name.symbol,
        }
    });
    Ok(named.collect())
}

/// Writes into reports which other tokens of the chain look like theirs.
///
/// # Errors
/// `Rpc`.
pub async fn annotate(
    client: &RpcClient,
    reports: &mut [&mut TokenReport],
) -> Result<(), SdkError> {
    if reports.is_empty() {
        return Ok(());
    }
    let all = all_names(client).await?;
    let alike = alike(&all);
    let places: BTreeMap<Pubkey, usize> = all
        .iter()
        .enumerate()
        .map(|(place, one)| (one.token, place))
        .collect();
    for report in reports.iter_mut() {
        let found = places
            .get(&report.token)
            .and_then(|place| alike.get(*place));
        let others = found.into_iter().flatten();
        report.looks_like = others
            .filter_map(|place| all.get(*place).cloned())
            .collect();
        report.disclosure.identity.looks_like = report.looks_like.clone();
    }
    Ok(())
}
