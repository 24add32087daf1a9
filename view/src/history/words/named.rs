//! What events name: mints, people and claims.

use {
    super::units::{ASSETS, Right, Unit},
    std::collections::{BTreeMap, BTreeSet},
    upside_core::{
        Pubkey,
        event::{Field, IndexEvent},
        history::{Entry, Event},
        state::{Claim, ClaimKind, text},
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
