use {
    super::GovernAccounts,
    crate::events::{self, ExecutorSet},
    anchor_lang::prelude::*,
};

/// Names who may wind the token up after the owner's inactivity; zero for nobody.
pub(crate) fn set_executor(ctx: Context<GovernAccounts>, executor: Pubkey) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.set_executor(&executor);
        Ok(())
    })?;
    events::log(&ExecutorSet { header, executor });
    Ok(())
}
