use {
    crate::{
        error::{TokenError, require},
        events::{self, VenueChanged},
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner marks a holder as a venue, which sends and receives freely under
/// every transfer policy, or takes the mark away.
#[derive(Accounts)]
pub struct SetVenue<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn set_venue(ctx: Context<SetVenue>, venue: bool) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (header, wallet) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == key, TokenError::WrongToken)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        holder.venue = u8::from(venue);
        (token.header(&key, &clock)?, holder.wallet)
    };

    events::log(&VenueChanged {
        header,
        wallet,
        venue: u64::from(venue),
    });
    Ok(())
}
