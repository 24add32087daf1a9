use {
    crate::{
        error::{TokenError, require},
        events::{self, VenueAnnounced, VenueChanged},
        instructions::token::is_owners_alone,
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner marks a holder as a venue, which receives freely and gives out freely what it
/// holds, or takes the mark away: at once if nobody else has shares, else it is announced.
/// The mark that it has cancels what was announced.
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
    /// The owner's holder account, which may not exist.
    ///
    /// CHECK: proven by its seeds.
    pub owner_holder: UncheckedAccount<'info>,
}

pub(crate) fn set_venue(ctx: Context<SetVenue>, venue: bool) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.token.key();
    let (announced, changed) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        let alone = is_owners_alone(&token, &key, &a.owner_holder)?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == key, TokenError::WrongToken)?;

        token.release(now)?;
        token.settle(&mut holder)?;
        let before = holder.venue;
        let effective_at = holder.mark_venue(&token, venue, alone, now)?;
        let header = token.header(&key, &clock)?;
        let wallet = holder.wallet;
        if holder.venue == before {
            let announced = VenueAnnounced {
                header,
                wallet,
                venue: u64::from(before),
                open: u64::from(venue),
                effective_at,
            };
            (Some(announced), None)
        } else {
            let changed = VenueChanged {
                header,
                wallet,
                venue: u64::from(holder.venue),
            };
            (None, Some(changed))
        }
    };

    if let Some(event) = &announced {
        events::log(event);
    }
    if let Some(event) = &changed {
        events::log(event);
    }
    Ok(())
}
