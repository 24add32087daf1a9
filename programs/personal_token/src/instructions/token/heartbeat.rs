use {
    super::GovernAccounts,
    crate::events::{self, OwnerSeen},
    anchor_lang::prelude::*,
};

/// A sign of life, for owners with nothing else to sign.
pub(crate) fn heartbeat(ctx: Context<GovernAccounts>) -> Result<()> {
    let (header, at) = ctx.accounts.as_owner(|token| Ok(token.owner_seen))?;
    events::log(&OwnerSeen { header, at });
    Ok(())
}
