//! A slot of an index, and what members are owed of a coin.

use {
    crate::model::index::{Check, sum},
    upside_sdk::{Pubkey, index::SlotKind},
};

/// One constituent.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// A person's token, or a mint of cash.
    pub key: Pubkey,
    /// Which of both; never free.
    pub kind: SlotKind,
    /// Atoms that back shares.
    pub counter: u64,
    /// Atoms in baskets.
    pub pending: u64,
    /// When nothing was left to harvest, unix seconds.
    pub harvested_at: i64,
    /// Decimals of cash, else zero.
    pub decimals: u8,
    /// Place of its book of the equal share, from 1; 0 if it is no coin.
    pub coin: u8,
    /// How often a harvest moved something of each stream of a person, modulo 2^16.
    pub harvests: [u16; 4],
    /// Atoms in custody that belong to tickets of earlier wraps.
    pub behind: u64,
    /// What tickets in the slot stand for.
    pub wraps: Option<Pubkey>,
    /// Since when it was noted to be stuck; 0 if it was not.
    pub stuck_at: i64,
}

/// What members are owed of one coin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// The slot, as long as it is in use; kept afterwards.
    pub slot: u8,
    /// 1 while its mint is on the list of coins, 2 if it left the list and members are owed
    /// of it, 0 for a free place.
    pub used: u8,
    /// Number of the announcement that lists it; 0 once it is listed.
    pub listing: u64,
    /// Atoms per member since the beginning, in 2^-64.
    pub index: u128,
    /// Set aside and in no member's part yet, in 2^-64 atoms.
    pub carry: u64,
    /// Atoms set aside and not yet paid.
    pub owed: u64,
    /// Atoms of tickets.
    pub pots: u64,
    /// Atoms due to the index from before wraps.
    pub due: u64,
}

impl Slot {
    /// Whether this mint or person has the slot, itself or by tickets.
    pub fn has(&self, key: &Pubkey) -> bool {
        self.key == *key || self.wraps.as_ref() == Some(key)
    }

    /// Place of its book of the equal share.
    pub fn place(&self) -> Option<usize> {
        usize::from(self.coin).checked_sub(1)
    }

    /// Atoms that come to back shares. A slot that was empty has nothing to harvest.
    pub(crate) fn receive(&mut self, atoms: u64, now: i64) -> Check {
        if self.counter == 0 && atoms > 0 {
            self.harvested_at = self.harvested_at.max(now);
        }
        self.counter = sum(self.counter, atoms)?;
        Ok(())
    }
}
