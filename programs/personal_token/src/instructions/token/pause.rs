use {
    super::Govern,
    crate::{
        error::{TokenError, require},
        events::{self, PauseChanged},
    },
    anchor_lang::prelude::*,
};

/// Stops new money. The guardian may pause too.
pub(crate) fn pause(ctx: Context<Govern>) -> Result<()> {
    let clock = Clock::get()?;
    let by = ctx.accounts.authority.key();
    let header = {
        let mut token = ctx.accounts.token.load_mut()?;
        if token.require_owner(&by, &clock).is_err() {
            let named = token.guardian != Pubkey::default();
            require(named && token.guardian == by, TokenError::NotGuardian)?;
        }
        token.require_running()?;
        token.paused = 1;
        token.header(&ctx.accounts.token.key(), &clock)?
    };
    events::log(&PauseChanged {
        header,
        by,
        paused: 1,
    });
    Ok(())
}
