use {
    super::HandOverSeatAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, AttesterSucceeded},
    },
    anchor_lang::prelude::*,
};

/// The named successor takes an attester's seat. What it signed before counts nothing, and
/// what the attester before it signed counts no more. Errors: `NotAttester`,
/// `NotSuccessor`, `NoticePending`, `InvalidAttester`, `AlreadyAttester`.
pub(crate) fn take_seat(ctx: Context<HandOverSeatAccounts>, attester: Pubkey) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, successor) = (a.token.key(), a.authority.key());
    let event = {
        let mut token = a.token.load_mut()?;
        let mut list = a.attesters.load_mut()?;
        require(list.token == key, TokenError::WrongToken)?;

        list.succeed(&attester, &successor, &token.owner, clock.unix_timestamp)?;
        AttesterSucceeded {
            header: token.header(&key, &clock)?,
            attester,
            successor,
        }
    };

    events::log(&event);
    Ok(())
}
