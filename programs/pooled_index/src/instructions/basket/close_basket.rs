use {
    crate::{
        error::{IndexError, require},
        events::{self, BasketClosed},
        host::AccountIo,
        state::{Basket, BasketKind, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Closes a basket from which everything was paid. Anybody may.
#[derive(Accounts)]
pub struct CloseBasket<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The basket; it is closed.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
    /// Who paid the basket's rent and gets it back.
    ///
    /// CHECK: proven by the basket.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_basket(ctx: Context<CloseBasket>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let header = {
        let basket = a.basket.load()?;
        require(basket.index == key, IndexError::WrongIndex)?;
        basket.require(BasketKind::Payout)?;
        require(basket.is_empty(), IndexError::BasketNotEmpty)?;
        AccountIo::same(a.rent_payer.key, &basket.rent_payer)?;
        a.index.load_mut()?.header(&key, &clock)?
    };
    AccountIo::close(a.basket.as_ref(), &a.rent_payer)?;

    events::log(&BasketClosed {
        header,
        basket: a.basket.key(),
    });
    Ok(())
}
