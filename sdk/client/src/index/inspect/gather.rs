//! Reading everything below an index in as few requests as there can be.

use {
    crate::{error::SdkError, fetch, index::fetch::Pool},
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_core::index::inspect::{self, Below, Reading},
};

/// Fetches everything below an index: one request for a hundred accounts, whoever they
/// belong to.
///
/// # Errors
/// `Rpc`; `Refused` where a token's list does not decode.
pub async fn below(client: &RpcClient, pool: &Pool) -> Result<Below, SdkError> {
    gather(client, pool, Reading::Whole).await
}

/// Fetches so much of it.
pub(super) async fn gather(
    client: &RpcClient,
    pool: &Pool,
    reading: Reading,
) -> Result<Below, SdkError> {
    let (mut below, keys) = inspect::below(pool, reading)?;
    below.read(fetch::raw(client, &keys).await?);
    let wrapped = below.wrapped_tokens()?;
    let keys: Vec<Pubkey> = wrapped.iter().map(|(_, key)| *key).collect();
    below.read_wrapped(&wrapped, fetch::raw(client, &keys).await?)?;
    let mints = fetch::raw(client, &below.equity_mints()?).await?;
    below.read_equity_mints(&mints)?;
    let signed = fetch::raw(client, &below.signed()?).await?;
    below.read_signed(&signed)?;
    Ok(below)
}
