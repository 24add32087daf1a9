use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantCancelled},
        host::AccountIo,
        state::{Grant, PersonalToken, TokenStatus},
    },
    anchor_lang::prelude::*,
};

/// An offer ends: the owner takes it back, the beneficiary declines it, anybody sees to it
/// after its end and in a wind-down. What it reserved is free again.
#[derive(Accounts)]
pub struct CancelGrantAccounts<'info> {
    /// The owner or the beneficiary; anybody after its end and in a wind-down.
    pub authority: Signer<'info>,
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

pub(crate) fn cancel_grant(ctx: Context<CancelGrantAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut grant = a.grant.load_mut()?;
        require(grant.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.rent_payer.key, &grant.rent_payer)?;
        grant.require_offered()?;
        if *a.authority.key == token.owner {
            token.require_owner(a.authority.key, &clock)?;
        } else if *a.authority.key != grant.beneficiary {
            let over = grant.is_lapsed(clock.unix_timestamp);
            let wound_up = token.status()? == TokenStatus::WindDown;
            require(over || wound_up, TokenError::OfferNotLapsed)?;
        }

        token.free_grant(&mut grant)?;
        GrantCancelled {
            header: token.header(&key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            by: *a.authority.key,
            shares: grant.shares,
            offered: token.offered,
        }
    };
    AccountIo::close(a.grant.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
