use {
    crate::{
        error::{IndexError, require},
        events::{self, OrderTightened},
        state::{Index, Rebalance},
    },
    anchor_lang::prelude::*,
};

/// The launcher or the curator makes the value of one announced order better for the
/// index, or ends the whole; others end it once it is over.
#[derive(Accounts)]
pub struct RestrictRebalance<'info> {
    /// The launcher or the curator; of what is over anybody ends it.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The index's rebalance.
    #[account(mut)]
    pub rebalance: AccountLoader<'info, Rebalance>,
}

/// `value` is the new lowest value of a slot that is sold, the new highest of one that
/// is bought, Q64.64.
pub(crate) fn tighten_order(
    ctx: Context<RestrictRebalance>,
    nonce: u64,
    slot: u8,
    value: u128,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut rebalance = a.rebalance.load_mut()?;
        index.require_launcher(a.authority.key)?;
        require(rebalance.index == key, IndexError::WrongIndex)?;

        let order = rebalance.tighten(&index, nonce, slot, value, clock.unix_timestamp)?;
        OrderTightened {
            header: index.header(&key, &clock)?,
            nonce,
            by: a.authority.key(),
            place: u64::from(slot),
            low: [order.low.low, order.low.high],
            high: [order.high.low, order.high.high],
        }
    };

    events::log(&event);
    Ok(())
}
