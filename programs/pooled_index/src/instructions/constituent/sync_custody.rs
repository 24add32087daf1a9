//! Accounts of what brings the books of a slot and its custody together.

use {
    crate::{
        events::{self, CustodySynced},
        host::AccountIo,
        state::{PooledIndex, SyncEffects},
    },
    anchor_lang::prelude::*,
};

/// Brings the books of one slot and what its custody really holds together. Anybody
/// may.
#[derive(Accounts)]
pub struct SyncCustodyAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The slot's custody, whose balance is compared with the books.
    ///
    /// CHECK: proven by the index.
    pub custody: UncheckedAccount<'info>,
}

impl SyncCustodyAccounts<'_> {
    pub(super) fn sync(
        &self,
        slot: u8,
        change: impl FnOnce(&mut PooledIndex, i64) -> Result<SyncEffects>,
    ) -> Result<()> {
        let clock = Clock::get()?;
        let event = {
            let mut index = self.index.load_mut()?;
            AccountIo::same(self.custody.key, &index.constituent(slot)?.custody)?;
            let effects = change(&mut index, clock.unix_timestamp)?;
            CustodySynced {
                header: index.header(&self.index.key(), &clock)?,
                place: u64::from(slot),
                found: effects.found,
                lost: effects.lost,
                counter: index.constituent(slot)?.counter,
            }
        };

        events::log(&event);
        Ok(())
    }
}
