use {
    super::GovernAccounts,
    crate::events::{self, PauseChanged},
    anchor_lang::prelude::*,
};

/// Stops new money. The guardian may pause too.
pub(crate) fn pause(ctx: Context<GovernAccounts>) -> Result<()> {
    let clock = Clock::get()?;
    let by = ctx.accounts.authority.key();
    let header = {
        let mut token = ctx.accounts.token.load_mut()?;
        token.pause(&by, &clock)?;
        token.header(&ctx.accounts.token.key(), &clock)?
    };
    events::log(&PauseChanged {
        header,
        by,
        paused: 1,
    });
    Ok(())
}
