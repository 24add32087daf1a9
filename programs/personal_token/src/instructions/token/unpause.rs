use {
    super::Govern,
    crate::{
        error::{TokenError, require},
        events::{self, PauseChanged},
    },
    anchor_lang::prelude::*,
};

/// Admits new money again. Only the owner may.
pub(crate) fn unpause(ctx: Context<Govern>) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        require(token.paused == 1, TokenError::NotPaused)?;
        token.paused = 0;
        Ok(())
    })?;
    events::log(&PauseChanged {
        header,
        by: ctx.accounts.authority.key(),
        paused: 0,
    });
    Ok(())
}
