use {
    crate::{
        error::{IndexError, require},
        events::{self, RebalanceSealed},
        instructions::accrue,
        state::{PooledIndex, Rebalance, SealArgs},
    },
    anchor_lang::prelude::*,
};

/// The curator announces the draft: from now on its orders only become tighter. They
/// are traded once the notice is over.
#[derive(Accounts)]
pub struct SealRebalance<'info> {
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The index's rebalance.
    #[account(mut)]
    pub rebalance: AccountLoader<'info, Rebalance>,
}

pub(crate) fn seal_rebalance(ctx: Context<SealRebalance>, args: SealArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut rebalance = a.rebalance.load_mut()?;
        index.require_curator(a.curator.key)?;
        require(rebalance.index == key, IndexError::WrongIndex)?;
        accrue(&mut index, &a.mint, now)?;

        rebalance.seal(&mut index, &args, now)?;
        let orders = rebalance.traded().count();
        RebalanceSealed {
            header: index.header(&key, &clock)?,
            nonce: rebalance.nonce,
            content: rebalance.content,
            orders: u64::try_from(orders).map_err(|_| IndexError::Overflow)?,
            starts_at: rebalance.starts_at,
            ends_at: rebalance.ends_at,
            long_notice: u64::from(rebalance.long_notice),
            by_majority: u64::from(rebalance.by_majority),
        }
    };

    events::log(&event);
    Ok(())
}
