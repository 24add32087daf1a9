//! Accounts of what the curator does to the index as a whole.

use {
    crate::{
        error::ProgramResult,
        events::{self, PauseChanged, WindDownStarted},
        instructions::accrue,
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// A change of the curator's that needs only the index.
#[derive(Accounts)]
pub struct CurateAccounts<'info> {
    /// The curator, who signs; other keys as the instruction says.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
}

impl CurateAccounts<'_> {
    pub(super) fn change_pause(
        &self,
        change: impl FnOnce(&mut PooledIndex, &Pubkey, i64) -> ProgramResult<i64>,
    ) -> Result<()> {
        let clock = Clock::get()?;
        let event = {
            let mut index = self.index.load_mut()?;
            let until = change(&mut index, self.authority.key, clock.unix_timestamp)?;
            PauseChanged {
                header: index.header(&self.index.key(), &clock)?,
                by: self.authority.key(),
                until,
                pausable_from: index.pausable_from,
            }
        };

        events::log(&event);
        Ok(())
    }
}

/// The curator ends the index, or leaves, which ends it too: fees stop, and only
/// redemptions, harvests and claims remain. There is no way back.
#[derive(Accounts)]
pub struct WindDown<'info> {
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint; fees up to now are due.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
}

impl WindDown<'_> {
    pub(super) fn end(
        &self,
        clock: &Clock,
        change: impl FnOnce(&mut PooledIndex) -> ProgramResult<()>,
    ) -> Result<WindDownStarted> {
        let mut index = self.index.load_mut()?;
        index.require_curator(self.curator.key)?;
        accrue(&mut index, &self.mint, clock.unix_timestamp)?;
        change(&mut index)?;
        Ok(WindDownStarted {
            header: index.header(&self.index.key(), clock)?,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
        })
    }
}
