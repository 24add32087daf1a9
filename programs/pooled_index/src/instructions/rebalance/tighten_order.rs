use {
    super::restrict::RestrictRebalanceAccounts,
    crate::{
        error::{IndexError, require},
        events::{self, OrderTightened},
    },
    anchor_lang::prelude::*,
};

/// `value` is the new lowest value of a slot that is sold, the new highest of one that
/// is bought, Q64.64.
pub(crate) fn tighten_order(
    ctx: Context<RestrictRebalanceAccounts>,
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
