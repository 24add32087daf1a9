use {
    super::names::names,
    crate::error::Result,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        Pubkey, fetch,
        identity::Trust,
        index::{
            PooledIndex,
            action::Piece,
            fetch::Pool,
            inspect::{self as look_through, IndexIntent, IndexPreview},
        },
        inspect::{self, Intent},
        state::{Account, PersonalToken},
    },
    upside_view::text::{Before, IndexBefore, Names},
};

/// What `wallet` gets or gives, and what others can do to it.
pub async fn preview(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    intent: Intent<'_>,
    client: &RpcClient,
    trust: &Trust,
) -> Result<Before> {
    let sells = matches!(intent, Intent::Sell(_));
    let preview = inspect::preview(client, token, wallet, intent, trust).await?;
    let quote = token.data.quote().mint;
    let mints = preview.disclosure.assets.iter();
    let mints = mints.map(|asset| asset.mint);
    let names = names(client, mints.chain([quote])).await?;
    Ok(Before::new(preview, names, &quote, sells))
}

/// What `wallet` gets of an index, and what others can do to it.
pub async fn index_preview(
    pool: &Pool,
    wallet: &Pubkey,
    intent: IndexIntent<'_>,
    client: &RpcClient,
) -> Result<IndexBefore> {
    let preview = look_through::preview(client, pool, wallet, intent).await?;
    let names = index_names(&preview, client).await?;
    Ok(IndexBefore::new(preview, names, pool.clock.unix_timestamp))
}

/// What a launch with these pieces brings the curator, and what can be done to whoever
/// comes next.
pub async fn launch_preview(
    index: &Account<PooledIndex>,
    pieces: &[Piece],
    (shares, yours): (u64, u64),
    client: &RpcClient,
) -> Result<IndexBefore> {
    let preview = look_through::preview_launch(client, index, pieces, shares, yours).await?;
    let names = index_names(&preview, client).await?;
    let now = fetch::clock(client).await?.unix_timestamp;
    Ok(IndexBefore::new(preview, names, now))
}

/// Names of all mints in a preview, and of slots that are no person's.
async fn index_names(preview: &IndexPreview, client: &RpcClient) -> Result<Names> {
    let slots = &preview.disclosure.slots;
    let keys = slots.iter().filter(|slot| slot.person.is_none());
    let keys = keys.map(|slot| slot.key);
    let pays = slots
        .iter()
        .flat_map(|slot| slot.redeems.iter().chain(&slot.stuck));
    let quotes = slots.iter().filter_map(|slot| slot.person.as_ref());
    let quotes = quotes.map(|person| person.quote_mint);
    let all = keys.chain(pays.map(|paid| paid.mint)).chain(quotes);
    super::names::names(client, all).await
}
