use {
    crate::{
        events::{self, BasketOpened},
        host::AccountIo,
        seeds,
        state::{Basket, BasketKind, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// A wallet opens a basket for a contribution in several transactions.
#[derive(Accounts)]
pub struct OpenBasket<'info> {
    /// The wallet whose basket it is; it signs, pays the rent and gets it back.
    #[account(mut)]
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The basket to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub basket: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

/// `shares` is what anybody may finish the basket with until `deadline` (unix
/// seconds, at most 7 days from now); the wallet itself may finish it with any number.
/// The entry fee is that of now.
pub(crate) fn open_basket(
    ctx: Context<OpenBasket>,
    nonce: u64,
    shares: u64,
    deadline: i64,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, wallet) = (a.index.key(), a.wallet.key());
    a.index.load()?.require_running(clock.unix_timestamp)?;

    let number = nonce.to_le_bytes();
    let seeds = seeds::basket(&key, &wallet, &number);
    let bump = AccountIo::create_own::<Basket>(&a.wallet, &a.basket, &seeds)?;
    {
        let mut basket = AccountIo::load_new::<Basket>(&a.basket)?;
        basket.open(BasketKind::Contribution, &key, &wallet, nonce, bump);
        basket.ask(&*a.index.load()?, shares, deadline, clock.unix_timestamp)?;
    }
    let header = a.index.load_mut()?.header(&key, &clock)?;

    events::log(&BasketOpened {
        header,
        wallet,
        basket: a.basket.key(),
        shares,
        deadline,
    });
    Ok(())
}
