use {
    crate::{
        error::{TokenError, require},
        events::{self, OfferingClosed},
        state::{Offering, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner ends an offering. Passes that it gave go on.
#[derive(Accounts)]
pub struct CloseOffering<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offering.
    #[account(mut)]
    pub offering: AccountLoader<'info, Offering>,
}

pub(crate) fn close_offering(ctx: Context<CloseOffering>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut offering = a.offering.load_mut()?;
        require(offering.token == key, TokenError::WrongToken)?;
        token.require_owner(a.owner.key, &clock)?;

        offering.close()?;
        OfferingClosed {
            header: token.header(&key, &clock)?,
            offering: offering.number,
            sold: offering.sold,
            passes: offering.passes,
        }
    };

    events::log(&event);
    Ok(())
}
