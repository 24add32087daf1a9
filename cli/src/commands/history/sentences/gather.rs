//! What events name: mints, people and claims, fetched once for all of them.

use {
    super::units::{ASSETS, Right, Unit},
    crate::{error::Result, style::short, text::Names},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::{BTreeMap, BTreeSet},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        event::{Field, IndexEvent},
        fetch,
        history::{Entry, Event},
        state::{Account, Claim, ClaimKind, PersonalToken, decode, text},
    },
};

/// Every mint and constituent that the events name.
pub(super) fn named(entries: &[Entry]) -> BTreeSet<Pubkey> {
    let fields = entries.iter().flat_map(|entry| entry.event.fields());
    let keys = fields.filter_map(|(name, field)| match field {
        Field::Key(key) if ASSETS.contains(&name) && key != Pubkey::default() => Some(key),
        _ => None,
    });
    keys.collect()
}

/// What stood in the slots before the first of the events, from what stands there now.
pub(super) fn before(mut slots: BTreeMap<u64, Pubkey>, entries: &[Entry]) -> BTreeMap<u64, Pubkey> {
    for entry in entries.iter().rev() {
        match &entry.event {
            Event::Index(IndexEvent::ConstituentAdded(added)) => {
                slots.remove(&added.place);
            }
            Event::Index(IndexEvent::ConstituentRemoved(removed)) => {
                slots.insert(removed.place, removed.key);
            }
            Event::Index(IndexEvent::SlotWrapped(wrapped)) => {
                slots.insert(wrapped.place, wrapped.key);
            }
            Event::Index(IndexEvent::SlotUnwrapped(unwrapped)) => {
                slots.insert(unwrapped.place, unwrapped.mint);
            }
            _ => {}
        }
    }
    slots
}

/// What mints and personal tokens are called, with their decimals.
pub(super) async fn units(
    keys: &BTreeSet<Pubkey>,
    full: bool,
    client: &RpcClient,
) -> Result<BTreeMap<Pubkey, Unit>> {
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
            name: symbol.unwrap_or_else(|| short(&token.key.to_string())),
            decimals: SHARE_DECIMALS,
        };
        (token.key, unit)
    };
    let mut units: BTreeMap<_, _> = tokens.iter().zip(names).map(of_token).collect();
    let texts: Vec<String> = mints.iter().map(|mint| mint.key.to_string()).collect();
    let names = Names::fetch(client, texts.iter().map(String::as_str)).await?;
    for (mint, text) in mints.iter().zip(&texts) {
        let name = names.of(text);
        let nameless = name == short(text);
        let unit = Unit {
            name: if full && nameless { text.clone() } else { name },
            decimals: mint.decimals,
        };
        units.insert(mint.key, unit);
    }
    Ok(units)
}

/// A claim's name and units. Units of revenue are those of its mint.
pub(super) fn right(claim: &Claim, mints: &BTreeMap<Pubkey, Unit>) -> (u64, Right) {
    let of_mint = mints.get(&claim.mint).cloned();
    let kind = claim.kind.get();
    let money = match kind {
        Ok(ClaimKind::RevenueShare) => of_mint.clone(),
        _ => None,
    };
    let unit = match kind {
        Ok(ClaimKind::Equity) => None,
        _ => of_mint,
    };
    let unit = unit.unwrap_or_else(|| Unit {
        name: text::read(&claim.unit_label).to_string(),
        decimals: claim.decimals,
    });
    let right = Right {
        name: text::read(&claim.name).to_string(),
        unit,
        money,
    };
    (claim.number, right)
}
