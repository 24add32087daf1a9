use {
    super::GovernAccounts,
    crate::events::{self, OwnershipProposed},
    anchor_lang::prelude::*,
};

/// Proposes a new owner, who must accept; zero withdraws the proposal.
pub(crate) fn propose_owner(ctx: Context<GovernAccounts>, pending_owner: Pubkey) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.propose_owner(&pending_owner);
        Ok(())
    })?;
    events::log(&OwnershipProposed {
        header,
        pending_owner,
    });
    Ok(())
}
