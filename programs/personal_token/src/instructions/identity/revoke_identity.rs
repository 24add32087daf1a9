use {
    crate::{
        error::{TokenError, require},
        events::{self, IdentityRevoked},
        host::AccountIo,
        state::{Identity, PersonalToken, TokenStatus},
    },
    anchor_lang::prelude::*,
};

/// Who vouched takes it back; once it has expired, or in a wind-down, anybody clears it
/// away. The rent returns to who paid it.
#[derive(Accounts)]
pub struct RevokeIdentity<'info> {
    /// Who vouched; anybody once the statement has expired, and in a wind-down.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The statement; it is closed.
    #[account(mut)]
    pub identity: AccountLoader<'info, Identity>,
    /// Who paid the statement's rent and gets it back.
    ///
    /// CHECK: proven by the statement.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn revoke_identity(ctx: Context<RevokeIdentity>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let identity = a.identity.load()?;
        require(identity.token == key, TokenError::WrongToken)?;
        let wound_up = token.status()? == TokenStatus::WindDown;
        let over = wound_up || identity.is_expired(clock.unix_timestamp);
        let may = over || identity.attester == *a.authority.key;
        require(may, TokenError::NotAttester)?;
        AccountIo::same(a.rent_payer.key, &identity.rent_payer)?;
        IdentityRevoked {
            header: token.header(&key, &clock)?,
            owner: identity.owner,
            attester: identity.attester,
        }
    };
    AccountIo::close(a.identity.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
