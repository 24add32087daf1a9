//! An index looked through, and what every part of its text needs.

use {
    super::names::Names,
    crate::style::listed,
    upside_core::{
        Pubkey,
        index::inspect::{ConstituentReport, IndexReport},
        inspect::MintAmount,
    },
};

/// An index looked through, with names for its mints.
pub struct IndexView {
    /// The look-through.
    pub report: IndexReport,
    /// What its mints are called.
    pub names: Names,
}

impl IndexView {
    /// What a slot is called: a person's symbol, or a mint's name.
    pub fn name(&self, slot: &ConstituentReport) -> String {
        match &slot.token {
            Some(token) if !token.symbol.is_empty() => token.symbol.clone(),
            _ => self.names.of(&slot.key),
        }
    }

    /// What stands in a slot is called.
    pub fn slot_name(&self, number: u8) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.slot == number);
        found.map_or_else(|| format!("slot {number}"), |slot| self.name(slot))
    }

    /// What a personal token or a mint of the index is called.
    pub fn key_name(&self, key: &Pubkey) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.key == *key);
        found.map_or_else(|| self.names.of(key), |slot| self.name(slot))
    }

    /// Amounts of mints in one line.
    pub fn amounts(&self, amounts: &[MintAmount]) -> String {
        listed(amounts, |mint| self.names.of(mint))
    }
}
