//! A lock is counted against an announcement, or for it.

use {
    crate::{
        events::{self, VoteCounted},
        instructions::{accrue, cancel_if_vetoed},
        state::{Lock, PooledIndex, VoteSide},
    },
    anchor_lang::prelude::*,
};

/// A lock is counted against an announcement, or for it, with all of its shares.
#[derive(Accounts)]
pub struct CountLockAccounts<'info> {
    /// The wallet whose lock it is; it signs.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The lock.
    #[account(mut)]
    pub lock: AccountLoader<'info, Lock>,
}

impl CountLockAccounts<'_> {
    pub(super) fn count(&self, nonce: u64, side: VoteSide) -> Result<()> {
        let clock = Clock::get()?;
        let now = clock.unix_timestamp;
        let key = self.index.key();
        let mut index = self.index.load_mut()?;
        let mut lock = self.lock.load_mut()?;
        lock.require(&key, self.wallet.key)?;
        accrue(&mut index, &self.mint, now)?;

        let vote = index.vote(&mut lock, nonce, side, now)?;
        events::log(&VoteCounted {
            header: index.header(&key, &clock)?,
            nonce,
            wallet: self.wallet.key(),
            side: u64::from(side as u8),
            weight: vote.weight,
            against: vote.against,
            support: vote.support,
        });
        cancel_if_vetoed(&mut index, &key, &clock, nonce)?;
        Ok(())
    }
}
