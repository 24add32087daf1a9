//! What somebody gets in an index, and what others can do to it: shown before they pay.

use {
    super::{
        IndexDisclosure, IndexIntent, IndexPreview, Reading, build_launch_preview, build_preview,
        disclosure, gather::gather,
    },
    crate::{
        error::SdkError,
        fetch,
        index::{
            IndexError, Lock, PooledIndex,
            action::{Piece, launched},
            fetch::Pool,
            find_lock,
            instruction::share_account,
        },
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Share atoms in a wallet's share account and in its lock.
async fn held(client: &RpcClient, pool: &Pool, wallet: &Pubkey) -> Result<u64, SdkError> {
    let index = &pool.index;
    let lock: Option<Account<Lock>> =
        fetch::optional(client, &find_lock(&index.key, wallet).0).await?;
    let shares = fetch::balance(client, &share_account(&index.data, wallet)).await?;
    let locked = lock.map_or(0, |lock| lock.data.shares);
    Ok(shares.checked_add(locked).ok_or(IndexError::Overflow)?)
}

/// What others can do to a holder of an index, and when: a request for a hundred accounts.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
pub async fn index_disclosure(
    client: &RpcClient,
    pool: &Pool,
) -> Result<IndexDisclosure, SdkError> {
    let below = gather(client, pool, Reading::Others).await?;
    Ok(disclosure(pool, &below)?)
}

/// What `wallet` gets, and what others can do to it: a request for a hundred accounts, and
/// two more.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode; `IndexRefused` where the quote is
/// not of this pool.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::{fetch, inspect::{self, IndexIntent}, quote};
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let pool = fetch::pool(client, &index.key).await?;
/// let quote = quote::contribution(&pool, 5_000_000_000)?;
/// let intent = IndexIntent::Contribute(&quote);
/// let preview = inspect::preview(client, &pool, me, intent).await?;
/// println!("at most {} % in a year", preview.disclosure.takes.together);
/// # Ok(())
/// # }
/// ```
pub async fn preview(
    client: &RpcClient,
    pool: &Pool,
    wallet: &Pubkey,
    intent: IndexIntent<'_>,
) -> Result<IndexPreview, SdkError> {
    let below = gather(client, pool, Reading::Others).await?;
    let held = held(client, pool, wallet).await?;
    Ok(build_preview(pool, &below, intent, held)?)
}

/// What a curator gets who launches an index with these pieces and `shares` index share
/// atoms, `yours` of them the curator's own, and what can be done to whoever comes next.
///
/// # Errors
/// `Rpc`; `NotFound` for a piece that is no token and no mint; `IndexRefused`.
pub async fn preview_launch(
    client: &RpcClient,
    index: &Account<PooledIndex>,
    pieces: &[Piece],
    shares: u64,
    yours: u64,
) -> Result<IndexPreview, SdkError> {
    let pool = launched(client, index, pieces, shares).await?;
    let below = gather(client, &pool, Reading::Others).await?;
    Ok(build_launch_preview(&pool, &below, yours)?)
}
