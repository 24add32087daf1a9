use {
    super::sync_custody::SyncCustodyAccounts, crate::host::AccountIo, anchor_lang::prelude::*,
    personal_token::state::Holder,
};

/// Books registered shares that others gave, or takes what is missing out of the
/// counter.
pub(crate) fn sync_personal(ctx: Context<SyncCustodyAccounts>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    a.sync(slot, |index, now| {
        let shares = AccountIo::read::<Holder>(&a.custody)?.shares;
        Ok(index.sync_personal(slot, shares, now)?)
    })
}
