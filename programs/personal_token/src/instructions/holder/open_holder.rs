use {
    super::OpenHolder,
    crate::error::{TokenError, require},
    anchor_lang::prelude::*,
};

pub(crate) fn open_holder(ctx: Context<OpenHolder>) -> Result<()> {
    let a = ctx.accounts;
    {
        let token = a.token.load()?;
        let own = token.is_open()? && a.authority.key() == a.wallet.key();
        require(
            own || token.admits(a.authority.key),
            TokenError::NotAdmitted,
        )?;
    }
    a.admit()
}
