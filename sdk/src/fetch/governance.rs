use {
    super::{all_with, optional},
    crate::{
        address::find_amendment,
        error::SdkError,
        state::{Account, Amendment, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A token's open amendment, if there is one. Errors: `WrongAccount`, `Rpc`.
pub async fn open_amendment(
    client: &RpcClient,
    token: &Account<PersonalToken>,
) -> Result<Option<Account<Amendment>>, SdkError> {
    match token.data.open_amendment.checked_sub(1) {
        Some(number) => optional(client, &find_amendment(&token.key, number).0).await,
        None => Ok(None),
    }
}

/// A token's open and applied amendments by number. Errors: `Rpc`.
pub async fn amendments(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<Amendment>>, SdkError> {
    let of_token = Some((offset_of!(Amendment, token), token));
    let mut found = all_with::<Amendment>(client, of_token).await?;
    found.sort_by_key(|amendment| amendment.data.number);
    Ok(found)
}
