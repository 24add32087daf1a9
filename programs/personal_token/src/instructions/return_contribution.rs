use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, ContributionLeft, ContributionRefunded},
        host::{AccountIo, Host, TokenIo},
        state::{Contribution, PersonalToken, Round},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// A backer takes a contribution back.
#[derive(Accounts)]
pub struct LeaveRound<'info> {
    /// The backer.
    pub backer: Signer<'info>,
    /// The contribution, and where it goes back.
    pub returning: Returning<'info>,
}

/// A contribution to a failed round goes back.
#[derive(Accounts)]
pub struct RefundContribution<'info> {
    /// The backer, who need not sign.
    ///
    /// CHECK: proven by the contribution.
    pub backer: UncheckedAccount<'info>,
    /// The contribution, and where it goes back.
    pub returning: Returning<'info>,
}

/// Pays a contribution back out of the escrow and closes it.
#[derive(Accounts)]
pub struct Returning<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The contribution; it is closed.
    #[account(mut)]
    pub contribution: AccountLoader<'info, Contribution>,
    /// Who paid the contribution's rent and gets it back.
    ///
    /// CHECK: proven by the contribution.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The backer's account of the quote mint, which receives the payment back.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The quote vault, where the payment waits.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// The quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// The token program of the quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
}

impl Returning<'_> {
    fn prove(
        &self,
        backer: &Pubkey,
        token: &PersonalToken,
        round: &Round,
        mine: &Contribution,
    ) -> Outcome<()> {
        require(
            round.token == *self.token.as_ref().key,
            TokenError::WrongToken,
        )?;
        AccountIo::same(self.round.as_ref().key, &mine.round)?;
        require(mine.wallet == *backer, TokenError::NotHolder)?;
        AccountIo::same(self.rent_payer.key, &mine.rent_payer)?;
        token_io::prove_asset(
            token.quote(),
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        TokenIo::prove_account(&self.destination, self.quote_mint.key, &mine.wallet)
    }

    #[inline(never)]
    fn pay_back(&self, amount: u64, decimals: u8, signer: &TokenSigner) -> Result<()> {
        AccountIo::close(self.contribution.as_ref(), &self.rent_payer)?;
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.quote_vault,
            to: &self.destination,
            authority: self.token.as_ref(),
        }
        .by_seeds::<Host>(amount, &signer.seeds())
    }
}

/// A backer takes the whole contribution back until a day before the round's end.
pub(crate) fn leave_round(ctx: Context<LeaveRound>) -> Result<()> {
    let backer = ctx.accounts.backer.key;
    let a = &ctx.accounts.returning;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let mine = a.contribution.load()?;
        a.prove(backer, &token, &round, &mine)?;

        round.leave(&mine, clock.unix_timestamp)?;
        token.free_escrow(mine.paid)?;
        let event = ContributionLeft {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            wallet: mine.wallet,
            paid: mine.paid,
            raised: round.raised,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    a.pay_back(event.paid, decimals, &signer)?;

    events::log(&event);
    Ok(())
}

/// A contribution to a failed round goes back to the backer. Anyone may do it.
pub(crate) fn refund_contribution(ctx: Context<RefundContribution>) -> Result<()> {
    let backer = ctx.accounts.backer.key;
    let a = &ctx.accounts.returning;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let mine = a.contribution.load()?;
        a.prove(backer, &token, &round, &mine)?;
        round.refund(&mine)?;

        token.free_escrow(mine.paid)?;
        let event = ContributionRefunded {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            wallet: mine.wallet,
            paid: mine.paid,
            escrow: token.quote().escrow,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    a.pay_back(event.paid, decimals, &signer)?;

    events::log(&event);
    Ok(())
}
