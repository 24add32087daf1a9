//! An index with everything that quotes and instructions need of it, read at one moment.

use {
    super::{Constituent, PooledIndex, SlotKind},
    crate::{
        error::CoreError,
        state::{Account, Holder, PersonalToken},
    },
    solana_program::clock::Clock,
    std::collections::BTreeMap,
};

/// A personal constituent with what quotes and instructions need of it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The personal token.
    pub token: Account<PersonalToken>,
    /// The index's holder account of it.
    pub custody: Account<Holder>,
}

/// An index with everything that quotes and instructions need, of one moment.
#[derive(Clone, Debug)]
pub struct Pool {
    /// The index.
    pub index: Account<PooledIndex>,
    /// Supply of its share mint, in share atoms.
    pub mint_supply: u64,
    /// Address of the file that wallets read, as the share mint says; empty for none.
    pub uri: String,
    /// The cluster's clock.
    pub clock: Clock,
    /// Personal constituents by slot.
    pub persons: BTreeMap<u8, Person>,
}

impl Pool {
    /// The occupied slots, with their numbers.
    pub fn constituents(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        let slots = (0u8..).zip(&self.index.data.constituents);
        slots.filter(|(_, slot)| slot.kind != SlotKind::Free)
    }

    /// A personal constituent. Errors: `NotFound`.
    pub fn person(&self, slot: u8) -> Result<&Person, CoreError> {
        self.persons.get(&slot).ok_or_else(|| CoreError::NotFound {
            what: "personal constituent",
            query: format!("slot {slot}"),
        })
    }
}
