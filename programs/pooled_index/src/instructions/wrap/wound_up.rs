//! Books of the shares of a person that are redeemed in its wind-down.

use {
    crate::{error::Outcome, state::Index},
    anchor_lang::prelude::*,
};

impl Index {
    /// Shares of a person leave to be redeemed.
    pub(crate) fn redeem_counter(&mut self, slot: u8, shares: u64) -> Outcome<()> {
        self.constituent_mut(slot)?.release(shares)
    }

    /// Books what they were redeemed for.
    pub(crate) fn receive_paid(&mut self, slot: u8, atoms: u64, now: i64) -> Outcome<()> {
        self.constituent_mut(slot)?.receive(atoms, now)
    }
}
