use {
    crate::{
        error::{TokenError, require},
        events::{self, OrderSet},
        host::AccountIo,
        seeds,
        state::{Holder, Order, PersonalToken, StandingOrder},
    },
    anchor_lang::prelude::*,
};

/// A holder says what becomes of their dividends in the quote mint, in place of what they
/// said before.
#[derive(Accounts)]
pub struct SetOrder<'info> {
    /// Pays the rent of a new order and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    pub holder: AccountLoader<'info, Holder>,
    /// The wallet's order. It is made if it is missing.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub order: UncheckedAccount<'info>,
    /// The system program, which makes the order.
    pub system_program: Program<'info, System>,
}

pub(crate) fn set_order(ctx: Context<SetOrder>, order: Order, ends_at: i64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    {
        let holder = a.holder.load()?;
        require(holder.token == key, TokenError::WrongToken)?;
        require(holder.wallet == *a.wallet.key, TokenError::NotHolder)?;
    }
    let new = *a.order.owner != crate::ID;
    if new {
        let seeds = seeds::order(&key, a.wallet.key);
        let bump = AccountIo::create_own::<StandingOrder>(&a.payer, &a.order, &seeds)?;
        let mut mine = AccountIo::load_new::<StandingOrder>(&a.order)?;
        mine.open([&key, a.wallet.key, a.payer.key], bump);
    }
    let event = {
        let mut token = a.token.load_mut()?;
        let mut mine = AccountIo::load::<StandingOrder>(&a.order)?;
        let own = mine.token == key && mine.wallet == *a.wallet.key;
        require(own, TokenError::WrongAccount)?;
        token.require_active()?;
        let rent_payer = mine.rent_payer;
        let keys = [&key, a.wallet.key, &rent_payer];
        mine.set(&token, keys, &order, ends_at, clock.unix_timestamp)?;
        OrderSet {
            header: token.header(&key, &clock)?,
            wallet: mine.wallet,
            buys: u64::from(mine.buys),
            to: mine.to,
            max_price: mine.max_price,
            max_supply: mine.max_supply,
            terms_version: mine.terms_version,
            ends_at: mine.ends_at,
        }
    };

    events::log(&event);
    Ok(())
}
