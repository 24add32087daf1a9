use {
    crate::{
        error::{ProgramResult, TokenError, require},
        host::{AccountIo, ThisProgram, TokenIo},
        state::{Contribution, PersonalToken, Round},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Pays a contribution back out of the escrow and closes it.
#[derive(Accounts)]
pub struct ReturningAccounts<'info> {
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
    /// The backer's account of the quote mint, which receives the payment back: the
    /// associated one, or any that nobody else can take from; any at all if the backer signs.
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

impl ReturningAccounts<'_> {
    pub(super) fn prove(
        &self,
        backer: &AccountInfo,
        token: &PersonalToken,
        round: &Round,
        mine: &Contribution,
    ) -> ProgramResult<()> {
        require(
            round.token == *self.token.as_ref().key,
            TokenError::WrongToken,
        )?;
        AccountIo::same(self.round.as_ref().key, &mine.round)?;
        require(mine.wallet == *backer.key, TokenError::NotHolder)?;
        AccountIo::same(self.rent_payer.key, &mine.rent_payer)?;
        token_io::prove_asset(
            token.quote(),
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        let (to, mint) = (&self.destination, self.quote_mint.key);
        TokenIo::prove_receiver(to, mint, &mine.wallet, backer.is_signer)
    }

    #[inline(never)]
    pub(super) fn pay_back(&self, amount: u64, decimals: u8, signer: &TokenSigner) -> Result<()> {
        AccountIo::close(self.contribution.as_ref(), &self.rent_payer)?;
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.quote_vault,
            to: &self.destination,
            authority: self.token.as_ref(),
        }
        .by_seeds::<ThisProgram>(amount, &signer.seeds())
    }
}
