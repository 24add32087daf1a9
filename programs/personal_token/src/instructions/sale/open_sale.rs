use {
    crate::{
        error::{TokenError, require},
        events::{self, SaleOpened},
        host::AccountIo,
        seeds,
        state::{Holder, PersonalToken, Sale, SaleTerms},
    },
    anchor_lang::prelude::*,
};

/// A holder offers registered shares for a price. They stay theirs, locked, until
/// somebody buys or the sale ends.
#[derive(Accounts)]
pub struct OpenSale<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The seller.
    pub seller: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The seller's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The sale to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub sale: UncheckedAccount<'info>,
    /// The system program, which makes the sale.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_sale(ctx: Context<OpenSale>, terms: SaleTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, seller) = (a.token.key(), a.seller.key());
    {
        let holder = a.holder.load()?;
        require(holder.token == key, TokenError::WrongToken)?;
        require(holder.wallet == seller, TokenError::NotHolder)?;
    }

    let number = terms.number.to_le_bytes();
    let seeds = seeds::sale(&key, &seller, &number);
    let bump = AccountIo::create_own::<Sale>(&a.payer, &a.sale, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let mut sale = AccountIo::load_new::<Sale>(&a.sale)?;
        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        sale.open(&mut holder, &terms, a.payer.key, bump, clock.unix_timestamp)?;
        SaleOpened {
            header: token.header(&key, &clock)?,
            seller,
            buyer: terms.buyer,
            number: terms.number,
            shares: terms.shares,
            price: terms.price,
            expires_at: terms.expires_at,
        }
    };

    events::log(&event);
    Ok(())
}
