use {
    super::ManageRoundAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, RoundCancelled},
    },
    anchor_lang::prelude::*,
};

/// The owner ends a round that escrows: everybody is refunded.
pub(crate) fn cancel_round(ctx: Context<ManageRoundAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;

        round.cancel(&mut token)?;
        RoundCancelled {
            header: token.header(a.token.as_ref().key, &clock)?,
            round: round.number,
            raised: round.raised,
        }
    };

    events::log(&event);
    Ok(())
}
