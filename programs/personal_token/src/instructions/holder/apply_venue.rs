use {
    crate::{
        error::{TokenError, require},
        events::{self, VenueChanged},
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Applies an announced mark whose notice is over. Anyone may.
#[derive(Accounts)]
pub struct ApplyVenueAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn apply_venue(ctx: Context<ApplyVenueAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == key, TokenError::WrongToken)?;

        holder.apply_venue(&token, clock.unix_timestamp)?;
        VenueChanged {
            header: token.header(&key, &clock)?,
            wallet: holder.wallet,
            venue: u64::from(holder.venue),
        }
    };

    events::log(&event);
    Ok(())
}
