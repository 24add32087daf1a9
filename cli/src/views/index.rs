use {
    super::names::names,
    crate::error::Result,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        confusable,
        identity::{self, Trust},
        index::{fetch::Pool, inspect},
    },
    upside_view::text::IndexView,
};

/// Looks through an index, as somebody who trusts these.
pub async fn index(pool: &Pool, client: &RpcClient, trust: &Trust) -> Result<IndexView> {
    let below = inspect::below(client, pool).await?;
    let mut report = inspect::build(pool, &below)?;
    let slots = report.constituents.iter_mut();
    let mut people: Vec<_> = slots.filter_map(|slot| slot.token.as_mut()).collect();
    identity::annotate(client, &mut people, trust).await?;
    confusable::annotate(client, &mut people).await?;
    let cash = report
        .constituents
        .iter()
        .filter(|slot| slot.token.is_none());
    let cash = cash.map(|slot| slot.key);
    let tokens = report
        .constituents
        .iter()
        .filter_map(|slot| slot.token.as_ref());
    let assets = tokens.clone().flat_map(|token| &token.assets);
    let claims = tokens.flat_map(|token| &token.claims);
    let mints = assets
        .map(|asset| asset.mint)
        .chain(claims.filter_map(|claim| claim.mint))
        .chain(cash);
    let names = names(client, mints).await?;
    Ok(IndexView { report, names })
}
