use {
    super::cancel_if_vetoed,
    crate::{
        error::{IndexError, require},
        instructions::accrue,
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// Cancels an announcement of any kind if locks against it hold enough by now: shares may
/// have left since the last of them was counted. Anybody may.
#[derive(Accounts)]
pub struct CountVeto<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
}

pub(crate) fn count_veto(ctx: Context<CountVeto>, nonce: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let mut index = a.index.load_mut()?;
    accrue(&mut index, &a.mint, clock.unix_timestamp)?;
    let vetoed = cancel_if_vetoed(&mut index, &key, &clock, nonce)?;
    require(vetoed, IndexError::NotVetoed)?;
    Ok(())
}
