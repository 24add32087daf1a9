use {
    super::curate::WindDown,
    crate::{
        events::{self},
        state::Index,
    },
    anchor_lang::prelude::*,
};

pub(crate) fn wind_down(ctx: Context<WindDown>) -> Result<()> {
    let clock = Clock::get()?;
    let event = ctx.accounts.end(&clock, Index::wind_down)?;

    events::log(&event);
    Ok(())
}
