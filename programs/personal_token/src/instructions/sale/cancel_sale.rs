use {
    crate::{
        error::{TokenError, require},
        events::{self, SaleCancelled},
        host::AccountIo,
        state::{Holder, PersonalToken, Sale},
    },
    anchor_lang::prelude::*,
};

/// A sale ends unsold: its seller ends it at any time, anybody once it has expired.
#[derive(Accounts)]
pub struct CancelSale<'info> {
    /// The seller; anybody after the expiry.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The seller's holder account, proven by the sale.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The sale.
    #[account(mut)]
    pub sale: AccountLoader<'info, Sale>,
    /// Who paid the sale's rent and gets it back.
    ///
    /// CHECK: proven by the sale.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn cancel_sale(ctx: Context<CancelSale>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let sale = a.sale.load()?;
        require(
            sale.token == key && holder.token == key,
            TokenError::WrongToken,
        )?;
        require(holder.wallet == sale.seller, TokenError::WrongAccount)?;
        AccountIo::same(a.rent_payer.key, &sale.rent_payer)?;
        let expired = clock.unix_timestamp > sale.expires_at;
        let may = expired || *a.authority.key == sale.seller;
        require(may, TokenError::SaleNotExpired)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        holder.unlock(sale.shares)?;
        SaleCancelled {
            header: token.header(&key, &clock)?,
            seller: sale.seller,
            by: a.authority.key(),
            number: sale.number,
            shares: sale.shares,
            locked: holder.locked,
        }
    };
    AccountIo::close(a.sale.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
