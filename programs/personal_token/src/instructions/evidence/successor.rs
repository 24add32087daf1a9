use {
    crate::{
        error::{TokenError, require},
        events::{self, AttesterSucceeded, SuccessorNamed},
        state::{Attesters, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// An accepted attester hands its seat to a successor, after the notice period.
#[derive(Accounts)]
pub struct HandOverSeat<'info> {
    /// The attester who names a successor; the successor who takes the seat.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    #[account(mut)]
    pub attesters: AccountLoader<'info, Attesters>,
}

/// Announces who takes the signing attester's seat; zero for nobody. Errors:
/// `NotAttester`, `InvalidAttester`, `AlreadyAttester`.
pub(crate) fn name_successor(ctx: Context<HandOverSeat>, successor: Pubkey) -> Result<()> {
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

/// The named successor takes an attester's seat. What it signed before counts nothing, and
/// what the attester before it signed counts no more. Errors: `NotAttester`,
/// `NotSuccessor`, `NoticePending`, `InvalidAttester`, `AlreadyAttester`.
pub(crate) fn take_seat(ctx: Context<HandOverSeat>, attester: Pubkey) -> Result<()> {
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
