use {
    super::{all_with, decode_found, open_poll_keys, raw},
    crate::{
        error::SdkError,
        state::{Account, PersonalToken, Poll},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A token's open polls, by place. Errors: `WrongAccount`, `Rpc`.
pub async fn open_polls(
    client: &RpcClient,
    token: &Account<PersonalToken>,
) -> Result<Vec<Account<Poll>>, SdkError> {
    let found = raw(client, &open_poll_keys(token)).await?;
    found.iter().flatten().map(decode_found).collect()
}

/// All of a token's polls whose accounts were not closed, by number: open, applied, void
/// and lapsed ones. Errors: `Rpc`.
pub async fn polls(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Poll>>, SdkError> {
    let of_token = Some((offset_of!(Poll, token), token));
    let mut found = all_with::<Poll>(client, of_token).await?;
    found.sort_by_key(|poll| poll.data.number);
    Ok(found)
}
