use {
    crate::{
        error::{TokenError, require},
        events::{self, EndowmentJoined},
        instructions::GovernAccounts,
    },
    anchor_lang::prelude::*,
};

/// A year after a wind-down began, what the owner left in the endowment of the asset at
/// `place` becomes reserve. Anyone may.
pub(crate) fn join_endowment(ctx: Context<GovernAccounts>, place: u8) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = usize::from(place);
        require(token.supply > 0, TokenError::NothingToRedeem)?;
        let effects = token.join_endowment(place, clock.unix_timestamp)?;
        EndowmentJoined {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint: token.asset(place)?.mint,
            amount: effects.found,
            reserve: effects.reserve,
        }
    };

    events::log(&event);
    Ok(())
}
