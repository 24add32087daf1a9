use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::opening::*,
    crate::error::{TokenError, require},
    anchor_lang::prelude::*,
};

/// Opens the holder account of a wallet that has the credential which the token names.
#[derive(Accounts)]
pub struct OpenHolderByCredential<'info> {
    /// The wallet, which is also the authority, and the holder account to make.
    pub opening: OpenHolder<'info>,
    /// The wallet's attestation under the credential that the token names.
    ///
    /// CHECK: proven by owner, address and fields.
    pub credential: UncheckedAccount<'info>,
}

pub(crate) fn open_holder_by_credential(ctx: Context<OpenHolderByCredential>) -> Result<()> {
    let a = ctx.accounts;
    let wallet = a.opening.wallet.key();
    let own = a.opening.authority.key() == wallet;
    require(own, TokenError::NotAdmitted)?;
    {
        let now = Clock::get()?.unix_timestamp;
        let token = a.opening.token.load()?;
        let data = a.credential.try_borrow_data()?;
        let account = (a.credential.key, a.credential.owner, &data[..]);
        token.require_credential(account, &wallet, now)?;
    }
    a.opening.admit()
}
