use {
    super::GovernAccounts,
    crate::{
        events::{self, PauseChanged},
        state::PersonalToken,
    },
    anchor_lang::prelude::*,
};

/// Admits new money again. Only the owner may.
pub(crate) fn unpause(ctx: Context<GovernAccounts>) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(PersonalToken::unpause)?;
    events::log(&PauseChanged {
        header,
        by: ctx.accounts.authority.key(),
        paused: 0,
    });
    Ok(())
}
