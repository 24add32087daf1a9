use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantClosed},
        host::AccountIo,
        state::{Grant, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// A grant of which nothing is left ends: its account closes. Anybody sees to it.
#[derive(Accounts)]
pub struct CloseGrantAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant; it is closed.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// Who paid the grant's rent and gets it back.
    ///
    /// CHECK: proven by the grant.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_grant(ctx: Context<CloseGrantAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let grant = a.grant.load()?;
        require(grant.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.rent_payer.key, &grant.rent_payer)?;
        grant.require_over()?;

        GrantClosed {
            header: token.header(&key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
        }
    };
    AccountIo::close(a.grant.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
