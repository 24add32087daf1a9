use {super::sync_custody::SyncCustody, crate::host::TokenIo, anchor_lang::prelude::*};

/// Books cash that somebody sent unasked, or takes what an issuer seized out of the
/// counter.
pub(crate) fn sync_mint(ctx: Context<SyncCustody>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    a.sync(slot, |index, now| {
        Ok(index.sync_mint(slot, TokenIo::balance(&a.custody)?, now)?)
    })
}
