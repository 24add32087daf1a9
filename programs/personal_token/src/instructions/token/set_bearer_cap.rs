use {
    super::GovernAccounts,
    crate::events::{self, BearerCapChanged},
    anchor_lang::prelude::*,
};

/// Bounds how many shares may be outside as bearer tokens. Below what is outside
/// already it only stops further withdrawals.
pub(crate) fn set_bearer_cap(ctx: Context<GovernAccounts>, bearer_cap: u64) -> Result<()> {
    let (header, bearer) = ctx
        .accounts
        .as_owner(|token| token.set_bearer_cap(bearer_cap))?;
    events::log(&BearerCapChanged {
        header,
        bearer_cap,
        bearer,
    });
    Ok(())
}
