use {super::curate::CurateAccounts, anchor_lang::prelude::*};

/// Stops new money for 14 days. The guardian may pause too.
pub(crate) fn pause(ctx: Context<CurateAccounts>) -> Result<()> {
    ctx.accounts.change_pause(|index, signer, now| {
        index.require_guardian(signer)?;
        index.pause(now)
    })
}
