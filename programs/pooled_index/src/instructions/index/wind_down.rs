use {
    super::curate::WindDown,
    crate::{
        events::{self},
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

pub(crate) fn wind_down(ctx: Context<WindDown>) -> Result<()> {
    let clock = Clock::get()?;
    let event = ctx.accounts.end(&clock, PooledIndex::wind_down)?;

    events::log(&event);
    Ok(())
}
