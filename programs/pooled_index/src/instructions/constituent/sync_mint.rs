use {super::sync_custody::SyncCustodyAccounts, crate::host::TokenIo, anchor_lang::prelude::*};

/// Books cash that somebody sent unasked, or takes what an issuer seized out of the
/// counter.
pub(crate) fn sync_mint(ctx: Context<SyncCustodyAccounts>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    a.sync(slot, |index, now| {
        Ok(index.sync_mint(slot, TokenIo::balance(&a.custody)?, now)?)
    })
}
