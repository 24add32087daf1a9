use {super::curate::CurateAccounts, anchor_lang::prelude::*};

/// Admits new money again. Only the curator may.
pub(crate) fn unpause(ctx: Context<CurateAccounts>) -> Result<()> {
    ctx.accounts.change_pause(|index, signer, now| {
        index.require_curator(signer)?;
        index.unpause(now)?;
        Ok(now)
    })
}
