use {
    crate::{
        error::{TokenError, require},
        events::{self, ContributionCollected},
        host::AccountIo,
        state::{Contribution, Holder, PersonalToken, Round},
    },
    anchor_lang::prelude::*,
};

/// Registers the shares of a contribution to a round that succeeded, with what
/// they earned since the close. Anyone may do it for the backer.
#[derive(Accounts)]
pub struct CollectContribution<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The contribution; it is closed.
    #[account(mut)]
    pub contribution: AccountLoader<'info, Contribution>,
    /// The backer's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// Who paid the contribution's rent and gets it back.
    ///
    /// CHECK: proven by the contribution.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn collect_contribution(ctx: Context<CollectContribution>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let contribution = a.contribution.load()?;
        let mut holder = a.holder.load_mut()?;
        require(
            round.token == key && holder.token == key,
            TokenError::WrongToken,
        )?;
        require(
            contribution.round == a.round.key(),
            TokenError::WrongAccount,
        )?;
        require(contribution.wallet == holder.wallet, TokenError::NotHolder)?;
        AccountIo::same(a.rent_payer.key, &contribution.rent_payer)?;
        let shares = contribution.shares()?.0;

        round.claim(&contribution)?;
        token.release(clock.unix_timestamp)?;
        let (paid, since) = (contribution.paid, &round.checkpoints);
        token.hand_over(&mut holder, shares, paid, since, &round.royalty)?;
        ContributionCollected {
            header: token.header(&key, &clock)?,
            round: round.number,
            wallet: holder.wallet,
            shares,
            uncollected: round.uncollected,
        }
    };
    AccountIo::close(a.contribution.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
