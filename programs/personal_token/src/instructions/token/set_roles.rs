use {
    super::GovernAccounts,
    crate::events::{self, RolesChanged},
    anchor_lang::prelude::*,
};

/// Names who may pause and who may admit besides the owner; zero for nobody.
pub(crate) fn set_roles(
    ctx: Context<GovernAccounts>,
    guardian: Pubkey,
    registrar: Pubkey,
) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.set_roles(&guardian, &registrar);
        Ok(())
    })?;
    events::log(&RolesChanged {
        header,
        guardian,
        registrar,
    });
    Ok(())
}
