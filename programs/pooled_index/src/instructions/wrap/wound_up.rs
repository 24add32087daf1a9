//! Books of the shares of a person that are redeemed in its wind-down.

use {
    crate::{error::ProgramResult, state::PooledIndex},
    anchor_lang::prelude::*,
};

impl PooledIndex {
    /// Shares of a person leave to be redeemed.
    pub(crate) fn redeem_counter(&mut self, slot: u8, shares: u64) -> ProgramResult<()> {
        self.constituent_mut(slot)?.release(shares)
    }

    /// Books what they were redeemed for.
    pub(crate) fn receive_paid(&mut self, slot: u8, atoms: u64, now: i64) -> ProgramResult<()> {
        self.constituent_mut(slot)?.receive(atoms, now)
    }
}
