use {
    super::Govern,
    crate::events::{self, ExecutorSet, OwnerSeen, TokenWoundUp},
    anchor_lang::prelude::*,
};

/// A sign of life, for owners with nothing else to sign.
pub(crate) fn heartbeat(ctx: Context<Govern>) -> Result<()> {
    let (header, at) = ctx.accounts.as_owner(|token| Ok(token.owner_seen))?;
    events::log(&OwnerSeen { header, at });
    Ok(())
}

/// Names who may wind the token up after the owner's inactivity; zero for nobody.
pub(crate) fn set_executor(ctx: Context<Govern>, executor: Pubkey) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.executor = executor;
        Ok(())
    })?;
    events::log(&ExecutorSet { header, executor });
    Ok(())
}

/// The executor winds the token up after the owner's inactivity, for good: holders
/// redeem without tax, claims only exit, nothing new begins.
pub(crate) fn wind_up_by_executor(ctx: Context<Govern>) -> Result<()> {
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
