use {
    crate::{
        error::{TokenError, require},
        events::{self, EstateOpened},
        instructions::ChangeClaimAccounts,
    },
    anchor_lang::prelude::*,
};

/// In a wind-down, the custody of a claim whose mint is not listed is shared out in kind:
/// receipts of redemptions from now on take their part of it. Anyone may.
pub(crate) fn open_estate(ctx: Context<ChangeClaimAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;

        let estate = claim.open_estate(&mut token, clock.unix_timestamp)?;
        EstateOpened {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            estate,
            mint: claim.mint,
            units: claim.held()?,
            shares: token.supply,
        }
    };

    events::log(&event);
    Ok(())
}
