use {
    crate::{
        events::{self, PolicyCancelled},
        instructions::GovernAccounts,
    },
    anchor_lang::prelude::*,
};

/// Withdraws the announcement: the policies in force stay.
pub(crate) fn cancel_policy(ctx: Context<GovernAccounts>) -> Result<()> {
    let (header, (admission, transfer_policy)) = ctx.accounts.as_owner(|token| {
        token.cancel_policy()?;
        Ok((token.admission, token.transfer_policy))
    })?;
    events::log(&PolicyCancelled {
        header,
        admission: u64::from(admission),
        transfer_policy: u64::from(transfer_policy),
    });
    Ok(())
}
