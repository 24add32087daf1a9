use {
    super::prove::prove,
    crate::{
        error::{TokenError, require},
        events::{self, PassClosed},
        host::AccountIo,
        seeds,
        state::{Holder, Pass, PersonalToken, Product, TokenStatus},
    },
    anchor_lang::prelude::*,
};

/// Closes a pass that is over and frees the shares that it locked; its rent returns to who
/// paid it.
#[derive(Accounts)]
pub struct ClosePass<'info> {
    /// The wallet whose pass it is; in a wind-down anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The product.
    #[account(mut)]
    pub product: AccountLoader<'info, Product>,
    /// The pass; it is closed.
    #[account(mut)]
    pub pass: AccountLoader<'info, Pass>,
    /// The wallet's holder account, if the pass locked shares. It may not exist any more.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub holder: Option<UncheckedAccount<'info>>,
    /// Who paid the pass's rent and gets it back.
    ///
    /// CHECK: proven by the pass.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_pass(ctx: Context<ClosePass>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut product = a.product.load_mut()?;
        let pass = a.pass.load()?;
        prove(&pass, &product, a.product.as_ref().key, &key)?;
        let wound_up = token.status()? == TokenStatus::WindDown;
        let may = wound_up || pass.wallet == *a.authority.key;
        require(may, TokenError::NotPassHolder)?;
        AccountIo::same(a.rent_payer.key, &pass.rent_payer)?;
        let ended = a.unlock(&pass)? || wound_up;
        pass.require_over(&product, ended, clock.unix_timestamp)?;

        product.forget_pass()?;
        PassClosed {
            header: token.header(&key, &clock)?,
            product: product.number,
            wallet: pass.wallet,
            units: pass.units,
            passes: product.passes,
        }
    };
    AccountIo::close(a.pass.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

impl ClosePass<'_> {
    /// Frees what the pass locked. Returns whether the pass ended before, because the
    /// shares were redeemed.
    #[inline(never)]
    fn unlock(&self, pass: &Pass) -> Result<bool> {
        if pass.locked == 0 {
            return Ok(false);
        }
        let account = self.holder.as_ref().ok_or(TokenError::WrongAccount)?;
        let (token, wallet) = (self.token.as_ref().key, pass.wallet);
        let seeds = seeds::holder(token, &wallet);
        AccountIo::prove_address(account, &seeds)?;
        if *account.owner != crate::ID {
            return Ok(true);
        }
        require(account.is_writable, TokenError::WrongAccount)?;
        let mut holder = AccountIo::load::<Holder>(account)?;
        let ended = !holder.holds(pass);
        holder.unlock_from_pass(pass)?;
        Ok(ended)
    }
}
