use {
    crate::{
        error::{TokenError, require},
        events::{self, AuctionCancelled},
        state::{Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner stops an auction, whoever announced it, before it is over: what is unsold stays in custody.
#[derive(Accounts)]
pub struct CancelAuction<'info> {
    /// The owner; in a wind-down the executor too.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

pub(crate) fn cancel_auction(ctx: Context<CancelAuction>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_manager(a.owner.key, &clock)?;

        let unsold = claim.cancel_auction(clock.unix_timestamp)?;
        AuctionCancelled {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            auction: claim.auction.number,
            unsold,
        }
    };

    events::log(&event);
    Ok(())
}
