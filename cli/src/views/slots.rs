use {
    super::names::names,
    crate::{
        error::{CliError, Result},
        values::TokenQuery,
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        index::{
            SlotKind,
            fetch::{Pool, wrappers},
        },
        state::{Account, PersonalToken},
    },
    upside_view::{
        style::short,
        text::{Slot, Slots},
    },
};

/// The slots of an index; asks share mints and mints of cash for their names.
pub async fn slots(pool: &Pool, client: &RpcClient) -> Result<Slots> {
    let persons = pool.persons.values().map(|person| person.token.clone());
    let tokens: Vec<Account<PersonalToken>> = persons.collect();
    let symbols = fetch::names(client, &tokens).await?;
    let cash = pool.constituents();
    let cash = cash.filter(|(_, slot)| slot.kind == SlotKind::Mint);
    let mints = cash.map(|(_, slot)| slot.key);
    let names = names(client, mints).await?;
    // Who can multiply amounts is marked.
    let marked = pool.constituents().filter(|(_, slot)| slot.is_seizable());
    let marked: Vec<Pubkey> = marked.map(|(_, slot)| slot.key).collect();
    let scales = fetch::scales(client, &marked).await?;
    Ok(Slots::new(
        pool,
        symbols,
        &names,
        &scales,
        wrapped(pool, client).await?,
    ))
}

/// Name and key of what tickets stand for, by their mint.
async fn wrapped(pool: &Pool, client: &RpcClient) -> Result<BTreeMap<Pubkey, (String, Pubkey)>> {
    let mut found = BTreeMap::new();
    if !pool.constituents().any(|(_, slot)| slot.is_wrapped()) {
        return Ok(found);
    }
    for wrapper in wrappers(client, &pool.index.key).await? {
        let wrapper = wrapper.data;
        let key = wrapper.key;
        let name = if wrapper.kind == SlotKind::Personal {
            let token = fetch::token(client, &wrapper.key).await?;
            let mut names = fetch::names(client, &[token]).await?;
            let name = names.pop().flatten();
            name.map_or_else(|| short(&key), |name| name.symbol)
        } else {
            names(client, [key]).await?.of(&key)
        };
        found.insert(wrapper.mint, (name, wrapper.key));
    }
    Ok(found)
}

/// The slot that a person means, see [`Slots::matching`].
///
/// # Errors
/// `NotFound`, `Ambiguous`.
pub fn find<'a>(slots: &'a Slots, query: &TokenQuery) -> Result<&'a Slot> {
    let text = query.0.as_str();
    match slots.matching(text).as_slice() {
        [one] => Ok(one),
        [] => Err(CliError::Sdk(SdkError::NotFound {
            what: "constituent",
            query: text.to_string(),
        })),
        several => Err(CliError::Ambiguous {
            query: text.to_string(),
            fits: several
                .iter()
                .map(|slot| format!("slot {} {}", slot.number, slot.key))
                .collect(),
        }),
    }
}
