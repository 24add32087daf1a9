//! Accounts of what makes an announced rebalance tighter, or ends it.

use {
    crate::state::{PooledIndex, Rebalance},
    anchor_lang::prelude::*,
};

/// The launcher or the curator makes the value of one announced order better for the
/// index, or ends the whole; others end it once it is over.
#[derive(Accounts)]
pub struct RestrictRebalanceAccounts<'info> {
    /// The launcher or the curator, who signs; anybody ends what is over.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The index's rebalance.
    #[account(mut)]
    pub rebalance: AccountLoader<'info, Rebalance>,
}
