use {
    super::ManageRoundAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, RoundExtended},
    },
    anchor_lang::prelude::*,
};

/// The owner moves the end of an open round, once, by at most 90 days and not on its last
/// day. Backers may leave again until a day before the new end.
pub(crate) fn extend_round(ctx: Context<ManageRoundAccounts>, closes_at: i64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;
        token.require_running()?;

        let before = round.closes_at;
        round.extend(closes_at, clock.unix_timestamp)?;
        RoundExtended {
            header: token.header(a.token.as_ref().key, &clock)?,
            round: round.number,
            before,
            closes_at,
        }
    };

    events::log(&event);
    Ok(())
}
