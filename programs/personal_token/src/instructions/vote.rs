use {
    crate::{
        error::{TokenError, require},
        events::{self, VoteCast},
        state::{Holder, PersonalToken, Vote},
    },
    anchor_lang::prelude::*,
};

/// A holder votes what exits' profits shall do. The vote stays until changed and
/// weighs what the holder's registered shares weigh.
#[derive(Accounts)]
pub struct CastVote<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn vote(ctx: Context<CastVote>, vote: u8) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let choice = Vote::try_from(vote)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == a.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *a.wallet.key, TokenError::NotHolder)?;

        token.cast(&mut holder, choice)?;
        VoteCast {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            vote: u64::from(vote),
            distribute: token.distribute_votes,
            reinvest: token.reinvest_votes,
        }
    };

    events::log(&event);
    Ok(())
}
