//! What it takes to say events in words.

mod gather;
mod say;
mod units;

use {
    crate::error::Result,
    gather::{before, named, right, units},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::{BTreeMap, BTreeSet},
    units::{Right, Unit},
    upside_math::{INDEX_SHARE_DECIMALS, SHARE_DECIMALS},
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        fetch,
        history::{Entry, Event},
        index::PooledIndex,
        state::{Account, PersonalToken},
    },
};

/// What it takes to say events in words: names and decimals.
#[derive(Debug)]
pub struct Words {
    /// What the token or the index is called.
    pub symbol: String,
    /// Whether keys are written out.
    full: bool,
    share_decimals: u8,
    units: BTreeMap<Pubkey, Unit>,
    /// The token's assets in the order of its list.
    assets: Vec<Pubkey>,
    claims: BTreeMap<u64, Right>,
    /// What stands in each slot of an index, as of the event that is described.
    slots: BTreeMap<u64, Pubkey>,
    /// When the event that is described happened, unix seconds, if that is known.
    pub time: Option<i64>,
}

impl Words {
    /// For the events of a token.
    pub async fn of_token(
        token: &Account<PersonalToken>,
        symbol: String,
        entries: &[Entry],
        full: bool,
        client: &RpcClient,
    ) -> Result<Self> {
        let listed = token
            .data
            .listed()
            .map_err(upside_sdk::error::SdkError::from)?;
        let assets: Vec<Pubkey> = listed.iter().map(|asset| asset.mint).collect();
        let claims = fetch::claims(client, &token.key).await?;
        let mut keys: BTreeSet<Pubkey> = assets.iter().copied().collect();
        keys.extend(claims.iter().map(|claim| claim.data.mint));
        keys.extend(named(entries));
        let units = units(&keys, full, client).await?;
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

    /// For the events of an index.
    pub async fn of_index(
        index: &Account<PooledIndex>,
        entries: &[Entry],
        full: bool,
        client: &RpcClient,
    ) -> Result<Self> {
        let now = index.data.constituents.iter().zip(0u64..);
        let now = now.filter(|(slot, _)| slot.key != Pubkey::default());
        let slots = before(
            now.map(|(slot, place)| (place, slot.key)).collect(),
            entries,
        );
        let mut keys: BTreeSet<Pubkey> = slots.values().copied().collect();
        keys.extend(named(entries));
        Ok(Words {
            symbol: upside_sdk::index::symbol(&index.data).to_string(),
            full,
            share_decimals: INDEX_SHARE_DECIMALS,
            units: units(&keys, full, client).await?,
            assets: Vec::new(),
            claims: BTreeMap::new(),
            slots,
            time: None,
        })
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
