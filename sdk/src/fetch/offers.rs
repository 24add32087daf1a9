use {
    super::{account, all_with},
    crate::{
        address::{find_grant, find_sale},
        error::SdkError,
        state::{Account, Grant, Sale},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// All open sales of a token, cheapest first. Errors: `Rpc`.
pub async fn sales(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Sale>>, SdkError> {
    let mut sales = all_with::<Sale>(client, Some((offset_of!(Sale, token), token))).await?;
    sales.sort_by_key(|sale| (sale.data.price, sale.data.seller, sale.data.number));
    Ok(sales)
}

/// A seller's sale by its number. Errors: `NotFound`, `Rpc`.
pub async fn sale(
    client: &RpcClient,
    token: &Pubkey,
    seller: &Pubkey,
    number: u64,
) -> Result<Account<Sale>, SdkError> {
    account(client, &find_sale(token, seller, number).0, "sale").await
}

/// All open grants of a token by number. Errors: `Rpc`.
pub async fn grants(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Grant>>, SdkError> {
    let mut grants = all_with::<Grant>(client, Some((offset_of!(Grant, token), token))).await?;
    grants.sort_by_key(|grant| grant.data.number);
    Ok(grants)
}

/// A grant by its number. Errors: `NotFound`, `Rpc`.
pub async fn grant(
    client: &RpcClient,
    token: &Pubkey,
    number: u64,
) -> Result<Account<Grant>, SdkError> {
    account(client, &find_grant(token, number).0, "grant").await
}
