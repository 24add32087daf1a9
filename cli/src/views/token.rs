use {
    super::names::names,
    crate::error::Result,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        confusable, fetch,
        identity::{self, Trust},
        inspect,
        state::{Account, PersonalToken},
    },
    upside_view::{style, text::TokenView},
};

/// Looks through a token, as somebody who trusts these.
pub async fn token(
    token: Account<PersonalToken>,
    client: &RpcClient,
    trust: &Trust,
) -> Result<TokenView> {
    let mut view = unnamed(token, client).await?;
    identity::annotate(client, &mut [&mut view.report], trust).await?;
    confusable::annotate(client, &mut [&mut view.report]).await?;
    Ok(view)
}

/// The same without a word on whose it is, which takes a look at every token of the chain.
pub async fn unnamed(token: Account<PersonalToken>, client: &RpcClient) -> Result<TokenView> {
    let report = inspect::token(client, &token).await?;
    let mints = report.assets.iter().map(|asset| asset.mint);
    let equity = report.claims.iter().filter_map(|claim| claim.mint);
    let names = names(client, mints.chain(equity)).await?;
    Ok(TokenView {
        token,
        report,
        names,
    })
}

/// A token's symbol, or its shortened address if it has none.
pub async fn symbol(token: &Account<PersonalToken>, client: &RpcClient) -> Result<String> {
    let names = fetch::names(client, std::slice::from_ref(token)).await?;
    let symbol = names.into_iter().next().flatten().map(|name| name.symbol);
    Ok(symbol.unwrap_or_else(|| style::short(&token.key)))
}
