use {
    super::names::names,
    crate::{error::Result, text::IndexView},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        identity::{self, Trust},
        index::{fetch::Pool, inspect},
        lookalike,
    },
};

/// Looks through an index, as somebody who trusts these.
pub async fn index(pool: &Pool, client: &RpcClient, trust: &Trust) -> Result<IndexView> {
    let below = inspect::below(client, pool).await?;
    let mut report = inspect::build(pool, &below)?;
    let slots = report.constituents.iter_mut();
    let mut people: Vec<_> = slots.filter_map(|slot| slot.token.as_mut()).collect();
    identity::mark(client, &mut people, trust).await?;
    lookalike::mark(client, &mut people).await?;
    let cash = report
        .constituents
        .iter()
        .filter(|slot| slot.token.is_none());
    let cash = cash.map(|slot| slot.key.as_str());
    let tokens = report
        .constituents
        .iter()
        .filter_map(|slot| slot.token.as_ref());
    let assets = tokens.clone().flat_map(|token| &token.assets);
    let claims = tokens.flat_map(|token| &token.claims);
    let mints = assets
        .map(|asset| asset.mint.as_str())
        .chain(claims.filter_map(|claim| claim.mint.as_deref()))
        .chain(cash);
    let names = names(client, mints).await?;
    Ok(IndexView { report, names })
}
