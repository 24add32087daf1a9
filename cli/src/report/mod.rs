//! The look-through of a token as text, in parts that commands put together.

mod announced;
mod claims;
mod disclosure;
mod governance;
mod holders;
mod index;
mod index_disclosure;
mod index_preview;
mod names;
mod people;
mod preview;
mod rounds;
mod slots;
mod token;
mod tree;
mod vault;

pub use {
    announced::{
        action as action_words, dates as standing_dates, index_announcements, role as role_words,
    },
    claims::{claim, claims},
    disclosure::{
        NEVER, Row, assets as asset_risks, attesters, changes, chosen, concentration, contributors,
        dilution, disclosure, former_names, identity as identity_facts, powers,
    },
    governance::{class, figures, governance, poll},
    holders::holders,
    index::{
        IndexLook, index_backing, index_identity, index_members, index_rebalance, index_slots,
        index_supply, index_terms, of_index,
    },
    index_disclosure::{
        INDEX_NEVER, index_changes, index_disclosure, index_exits, index_performance, index_powers,
        index_voice, slot_called, state as slot_state, taken,
    },
    index_preview::IndexBefore,
    names::Names,
    people::{index_people, looks_like, verified_by},
    preview::Before,
    rounds::rounds,
    slots::{SlotAmount, Slots, slot_rows},
    token::{exits, identity as named, of_terms, supply, terms},
    tree::index_tree,
    vault::{assets, backing, streams},
};

use {
    crate::{context::Context, error::Result, style, values::TokenQuery},
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

/// A token looked through, with names for its mints.
pub struct Look {
    /// The token's account.
    pub token: Account<PersonalToken>,
    /// The look-through.
    pub report: TokenReport,
    /// What its mints are called.
    pub names: Names,
}

/// Looks through the token that a person means.
pub async fn look(query: &TokenQuery, ctx: &Context) -> Result<Look> {
    let token = ctx.token(query).await?;
    of_token(token, &ctx.client, &ctx.trust).await
}

/// Looks through a token, as somebody who trusts these.
pub async fn of_token(
    token: Account<PersonalToken>,
    client: &RpcClient,
    trust: &Trust,
) -> Result<Look> {
    let mut report = inspect::token(client, &token).await?;
    identity::mark(client, &mut [&mut report], trust).await?;
    lookalike::mark(client, &mut [&mut report]).await?;
    let mints = report.assets.iter().map(|asset| asset.mint.as_str());
    let equity = report
        .claims
        .iter()
        .filter_map(|claim| claim.mint.as_deref());
    let names = Names::fetch(client, mints.chain(equity)).await?;
    Ok(Look {
        token,
        report,
        names,
    })
}

/// A token's symbol, or its shortened address where it has none.
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
