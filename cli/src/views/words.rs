use {
    super::names::names as mint_names,
    crate::error::Result,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeSet,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        history::Entry,
        index::PooledIndex,
        state::{Account, PersonalToken, decode},
    },
    upside_view::{
        history::{Unit, Units, Words, keys_of_index, keys_of_token},
        style::short,
    },
};

/// What it takes to say a token's events in words; keys are written out if `full`.
pub async fn words_of_token(
    token: &Account<PersonalToken>,
    entries: &[Entry],
    full: bool,
    client: &RpcClient,
) -> Result<Words> {
    let symbol = super::symbol(token, client).await?;
    let claims = fetch::claims(client, &token.key).await?;
    let keys = keys_of_token(&token.data, &claims, entries).map_err(SdkError::from)?;
    let units = units(&keys, full, client).await?;
    let words = Words::of_token(&token.data, symbol, &claims, full, units);
    Ok(words.map_err(SdkError::from)?)
}

/// What it takes to say an index's events in words; keys are written out if `full`.
pub async fn words_of_index(
    index: &Account<PooledIndex>,
    entries: &[Entry],
    full: bool,
    client: &RpcClient,
) -> Result<Words> {
    let units = units(&keys_of_index(&index.data, entries), full, client).await?;
    Ok(Words::of_index(&index.data, entries, full, units))
}

/// What mints and personal tokens are called, with their decimals.
async fn units(keys: &BTreeSet<Pubkey>, full: bool, client: &RpcClient) -> Result<Units> {
    let keys: Vec<Pubkey> = keys.iter().copied().collect();
    let (mut tokens, mut mints) = (Vec::new(), Vec::new());
    for raw in fetch::raw(client, &keys).await?.into_iter().flatten() {
        if let Ok(token) = decode::<PersonalToken>(&raw.key, &raw.owner, &raw.data) {
            tokens.push(token);
        } else if let Ok(mint) = fetch::mint_info(&raw) {
            mints.push(mint);
        }
    }
    let names = fetch::names(client, &tokens).await?;
    let of_token = |(token, name): (&Account<PersonalToken>, Option<fetch::Name>)| {
        let symbol = name.map(|name| name.symbol);
        let unit = Unit {
            name: symbol.unwrap_or_else(|| short(&token.key)),
            decimals: SHARE_DECIMALS,
        };
        (token.key, unit)
    };
    let mut units: Units = tokens.iter().zip(names).map(of_token).collect();
    let names = mint_names(client, mints.iter().map(|mint| mint.key)).await?;
    for mint in &mints {
        let name = names.of(&mint.key);
        let nameless = name == short(&mint.key);
        let unit = Unit {
            name: if full && nameless {
                mint.key.to_string()
            } else {
                name
            },
            decimals: mint.decimals,
        };
        units.insert(mint.key, unit);
    }
    Ok(units)
}
