//! A token looked through, and what every part of its text needs.

use {
    super::names::Names,
    crate::{error::Result, style},
    serde_json::Value,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        fetch,
        identity::{self, Trust},
        inspect::{self, TokenReport},
        lookalike,
        state::{Account, PersonalToken},
    },
};

/// What something is, and the fact.
pub type Row = (&'static str, String);

/// A token looked through, with names for its mints.
pub struct TokenView {
    /// The token's account.
    pub token: Account<PersonalToken>,
    /// The look-through.
    pub report: TokenReport,
    /// What its mints are called.
    pub names: Names,
}

/// Looks through a token, as somebody who trusts these.
pub async fn of_token(
    token: Account<PersonalToken>,
    client: &RpcClient,
    trust: &Trust,
) -> Result<TokenView> {
    let mut report = inspect::token(client, &token).await?;
    identity::mark(client, &mut [&mut report], trust).await?;
    lookalike::mark(client, &mut [&mut report]).await?;
    let mints = report.assets.iter().map(|asset| asset.mint.as_str());
    let equity = report
        .claims
        .iter()
        .filter_map(|claim| claim.mint.as_deref());
    let names = Names::fetch(client, mints.chain(equity)).await?;
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
    Ok(symbol.unwrap_or_else(|| style::short(&token.key.to_string())))
}

/// Some members of the look-through, for commands that show a part of it.
pub fn parts(report: &TokenReport, members: &[&str]) -> Value {
    let mut tree = serde_json::to_value(report).unwrap_or_default();
    if let Some(tree) = tree.as_object_mut() {
        tree.retain(|member, _| members.contains(&member.as_str()));
    }
    tree
}
