use {
    super::restrict::RestrictRebalanceAccounts,
    crate::{
        error::{IndexError, require},
        events::{self, RebalanceEnded},
    },
    anchor_lang::prelude::*,
};

/// Stops a rebalance, or frees the place of one that is over.
pub(crate) fn end_rebalance(ctx: Context<RestrictRebalanceAccounts>, nonce: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut rebalance = a.rebalance.load_mut()?;
        require(rebalance.index == key, IndexError::WrongIndex)?;
        require(rebalance.nonce == nonce, IndexError::NotAnnounced)?;
        let launches = index.require_launcher(a.authority.key).is_ok();

        rebalance.end(&mut index, launches, clock.unix_timestamp)?;
        RebalanceEnded {
            header: index.header(&key, &clock)?,
            nonce,
            by: a.authority.key(),
        }
    };

    events::log(&event);
    Ok(())
}
