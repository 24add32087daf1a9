use {
    super::HandOverSeatAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, SuccessorNamed},
    },
    anchor_lang::prelude::*,
};

/// Announces who takes the signing attester's seat; zero for nobody. Errors:
/// `NotAttester`, `InvalidAttester`, `AlreadyAttester`.
pub(crate) fn name_successor(ctx: Context<HandOverSeatAccounts>, successor: Pubkey) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, attester) = (a.token.key(), a.authority.key());
    let event = {
        let mut token = a.token.load_mut()?;
        let mut list = a.attesters.load_mut()?;
        require(list.token == key, TokenError::WrongToken)?;
        let effective_at = token.after_notice(clock.unix_timestamp)?;

        list.name_successor(&attester, &successor, &token.owner, effective_at)?;
        SuccessorNamed {
            header: token.header(&key, &clock)?,
            attester,
            successor,
            effective_at,
        }
    };

    events::log(&event);
    Ok(())
}
