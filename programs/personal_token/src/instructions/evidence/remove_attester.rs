use {
    super::GovernAttestersAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, AttesterRemoved},
    },
    anchor_lang::prelude::*,
};

/// Removes an attester while nobody else holds or buys shares. Errors: `NotAlone`,
/// `NotAttester`.
pub(crate) fn remove_attester(
    ctx: Context<GovernAttestersAccounts>,
    attester: Pubkey,
) -> Result<()> {
    let header = ctx.accounts.change(|list, alone| {
        require(alone, TokenError::NotAlone)?;
        list.expel(&attester)
    })?;

    events::log(&AttesterRemoved { header, attester });
    Ok(())
}
