use {
    crate::{
        error::{TokenError, require},
        events::{self, OrderEnded},
        host::AccountIo,
        state::{PersonalToken, StandingOrder},
    },
    anchor_lang::prelude::*,
};

/// An order ends: by its holder at any time, by anybody after its last second, or in a wind-down.
#[derive(Accounts)]
pub struct CancelOrder<'info> {
    /// The holder's wallet; anybody once the order has ended.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The order; it is closed.
    #[account(mut)]
    pub order: AccountLoader<'info, StandingOrder>,
    /// Who paid the order's rent and gets it back.
    ///
    /// CHECK: proven by the order.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn cancel_order(ctx: Context<CancelOrder>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let order = a.order.load()?;
        require(order.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.rent_payer.key, &order.rent_payer)?;
        let may = order.may_close(&token, a.authority.key, clock.unix_timestamp);
        require(may, TokenError::OrderNotOver)?;
        OrderEnded {
            header: token.header(&key, &clock)?,
            wallet: order.wallet,
            by: a.authority.key(),
        }
    };
    AccountIo::close(a.order.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
