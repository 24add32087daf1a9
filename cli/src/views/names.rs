use {
    crate::error::Result,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeSet,
    upside_sdk::{Pubkey, fetch},
    upside_view::text::Names,
};

/// What mints are called: those that are not known are asked for the metadata that they
/// carry.
pub async fn names(client: &RpcClient, mints: impl IntoIterator<Item = Pubkey>) -> Result<Names> {
    let mut names = Names::default();
    let mut unknown = BTreeSet::new();
    for mint in mints {
        match Names::known(&mint) {
            Some(name) => names.set(&mint, name),
            None => drop(unknown.insert(mint)),
        }
    }
    let unknown: Vec<Pubkey> = unknown.into_iter().collect();
    for raw in fetch::raw(client, &unknown).await?.into_iter().flatten() {
        if let Some(name) = fetch::metadata(&raw.data) {
            names.set_own(&raw.key, &name);
        }
    }
    Ok(names)
}
