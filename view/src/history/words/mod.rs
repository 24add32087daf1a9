//! What it takes to say events in words.

mod named;
mod say;
mod units;

use {
    named::{before, named, right},
    std::collections::{BTreeMap, BTreeSet},
    upside_core::{
        Pubkey,
        error::CoreError,
        event::IndexEvent,
        history::{Entry, Event},
        index::PooledIndex,
        state::{Account, Claim, PersonalToken},
    },
    upside_math::{INDEX_SHARE_DECIMALS, SHARE_DECIMALS},
};

use units::Right;
pub use units::{Unit, Units};

/// What it takes to say events in words: names and decimals.
#[derive(Debug)]
pub struct Words {
    /// What the token or the index is called.
    pub symbol: String,
    /// Whether keys are written out.
    full: bool,
    share_decimals: u8,
    units: Units,
    /// The token's assets in the order of its list.
    assets: Vec<Pubkey>,
    claims: BTreeMap<u64, Right>,
    /// What stands in each slot of an index, as of the event that is described.
    slots: BTreeMap<u64, Pubkey>,
    /// When the event that is described happened, unix seconds, if that is known.
    pub time: Option<i64>,
}

impl Words {
    /// For the events of a token called `symbol`. Keys are written out if `full`. `units`
    /// knows what [`keys_of_token`] returns.
    ///
    /// # Errors
    /// `Refused` if the token's list does not decode.
    pub fn of_token(
        token: &PersonalToken,
        symbol: String,
        claims: &[Account<Claim>],
        full: bool,
        units: Units,
    ) -> Result<Self, CoreError> {
        let assets = token.listed()?.iter().map(|asset| asset.mint).collect();
        let claims = claims.iter().map(|claim| right(&claim.data, &units));
        Ok(Words {
            symbol,
            full,
            share_decimals: SHARE_DECIMALS,
            claims: claims.collect(),
            units,
            assets,
            slots: BTreeMap::new(),
            time: None,
        })
    }

    /// For the events of an index. Keys are written out if `full`. `units` knows what
    /// [`keys_of_index`] returns.
    pub fn of_index(index: &PooledIndex, entries: &[Entry], full: bool, units: Units) -> Self {
        Words {
            symbol: upside_core::index::symbol(index).to_string(),
            full,
            share_decimals: INDEX_SHARE_DECIMALS,
            units,
            assets: Vec::new(),
            claims: BTreeMap::new(),
            slots: slots_before(index, entries),
            time: None,
        }
    }

    /// Has to see every event in its order: what stands in the slots changes.
    pub fn follow(&mut self, entry: &Entry) {
        self.time = entry.time;
        match &entry.event {
            Event::Index(IndexEvent::ConstituentAdded(added)) => {
                self.slots.insert(added.place, added.key);
            }
            Event::Index(IndexEvent::ConstituentRemoved(removed)) => {
                self.slots.remove(&removed.place);
            }
            Event::Index(IndexEvent::SlotWrapped(wrapped)) => {
                self.slots.insert(wrapped.place, wrapped.mint);
            }
            Event::Index(IndexEvent::SlotUnwrapped(unwrapped)) => {
                self.slots.insert(unwrapped.place, unwrapped.key);
            }
            _ => {}
        }
    }

    /// For the events of an index of which nothing is known.
    #[cfg(test)]
    pub fn unknown() -> Self {
        Words {
            symbol: "MAKERS".to_string(),
            full: false,
            share_decimals: INDEX_SHARE_DECIMALS,
            units: BTreeMap::new(),
            assets: Vec::new(),
            claims: BTreeMap::new(),
            slots: BTreeMap::new(),
            time: None,
        }
    }
}

/// What stood in the slots of an index before the first of the events.
fn slots_before(index: &PooledIndex, entries: &[Entry]) -> BTreeMap<u64, Pubkey> {
    let now = index.constituents.iter().zip(0u64..);
    let now = now.filter(|(slot, _)| slot.key != Pubkey::default());
    let now = now.map(|(slot, place)| (place, slot.key)).collect();
    before(now, entries)
}

/// The mints and tokens whose names and decimals a token's events need.
///
/// # Errors
/// `Refused` if the token's list does not decode.
pub fn keys_of_token(
    token: &PersonalToken,
    claims: &[Account<Claim>],
    entries: &[Entry],
) -> Result<BTreeSet<Pubkey>, CoreError> {
    let assets = token.listed()?.iter().map(|asset| asset.mint);
    let mut keys: BTreeSet<Pubkey> = assets.collect();
    keys.extend(claims.iter().map(|claim| claim.data.mint));
    keys.extend(named(entries));
    Ok(keys)
}

/// The mints and tokens whose names and decimals an index's events need.
pub fn keys_of_index(index: &PooledIndex, entries: &[Entry]) -> BTreeSet<Pubkey> {
    let mut keys: BTreeSet<Pubkey> = slots_before(index, entries).into_values().collect();
    keys.extend(named(entries));
    keys
}
