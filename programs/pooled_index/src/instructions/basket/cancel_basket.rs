use {
    crate::{
        error::{IndexError, require},
        events::{self, BasketCancelled},
        state::{Basket, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Gives a contribution up: its wallet at any time, anybody after the deadline.
#[derive(Accounts)]
pub struct CancelBasket<'info> {
    /// The basket's wallet, who signs; anybody after the deadline.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
}

pub(crate) fn cancel_basket(ctx: Context<CancelBasket>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let header = {
        let mut basket = a.basket.load_mut()?;
        require(basket.index == key, IndexError::WrongIndex)?;
        basket.cancel(a.authority.key, clock.unix_timestamp)?;
        a.index.load_mut()?.header(&key, &clock)?
    };

    events::log(&BasketCancelled {
        header,
        basket: a.basket.key(),
        by: a.authority.key(),
    });
    Ok(())
}
