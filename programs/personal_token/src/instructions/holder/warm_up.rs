use {
    crate::{
        error::{TokenError, require},
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Deposited shares that have waited out their day are registered: they earn and vote
/// from now on. Anybody may see to it; every other instruction that names the holder
/// account does it too.
#[derive(Accounts)]
pub struct WarmUp<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn warm_up(ctx: Context<WarmUp>) -> Result<()> {
    let a = ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut token = a.token.load_mut()?;
    let mut holder = a.holder.load_mut()?;
    require(holder.token == a.token.key(), TokenError::WrongToken)?;
    require(holder.has_warmed(now), TokenError::NothingToWarm)?;

    token.release(now)?;
    token.settle(&mut holder)?;
    token.invariant()?;
    Ok(())
}
