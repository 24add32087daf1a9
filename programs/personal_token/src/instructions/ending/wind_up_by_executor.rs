use {
    crate::{
        events::{self, TokenWoundUp},
        instructions::GovernAccounts,
    },
    anchor_lang::prelude::*,
};

/// The executor winds the token up after the owner's inactivity, for good: holders
/// redeem without tax, claims only exit, nothing new begins.
pub(crate) fn wind_up_by_executor(ctx: Context<GovernAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let executor = a.authority.key();
    let event = {
        let mut token = a.token.load_mut()?;
        token.wind_up(&executor, clock.unix_timestamp)?;
        TokenWoundUp {
            header: token.header(&a.token.key(), &clock)?,
            executor,
            owner_seen: token.owner_seen,
        }
    };
    events::log(&event);
    Ok(())
}
