use {
    crate::{
        error::{TokenError, require},
        events::{self, HolderClosed},
        host::AccountIo,
        state::{Holder, PersonalToken, TokenStatus},
    },
    anchor_lang::{prelude::*, system_program},
};

/// Closes an empty holder account; its rent returns to who paid it. Of what it could
/// claim, less than an atom of each stream stays there.
#[derive(Accounts)]
pub struct CloseHolder<'info> {
    /// The holder's wallet. In a wind-down anybody, if the wallet is no program's account, so
    /// that it can open its own again, and carries no cost of withdrawn shares.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account; it is closed.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The holder's wallet.
    ///
    /// CHECK: proven by the holder account.
    pub wallet: UncheckedAccount<'info>,
    /// Who paid the holder account's rent and gets it back.
    ///
    /// CHECK: proven by the holder account.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_holder(ctx: Context<CloseHolder>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let holder = a.holder.load()?;
        require(holder.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.wallet.key, &holder.wallet)?;
        AccountIo::same(a.rent_payer.key, &holder.rent_payer)?;
        if *a.authority.key != holder.wallet {
            let over = token.status()? == TokenStatus::WindDown;
            let plain = *a.wallet.owner == system_program::ID;
            require(over && plain, TokenError::NotHolder)?;
            require(holder.withdrawn == 0, TokenError::HolderNotEmpty)?;
        }
        holder.require_empty()?;

        token.forget_holder()?;
        HolderClosed {
            header: token.header(&key, &clock)?,
            wallet: holder.wallet,
            holders: token.holders,
        }
    };
    AccountIo::close(a.holder.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
