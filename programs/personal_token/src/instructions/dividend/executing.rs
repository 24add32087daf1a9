use {
    crate::{
        error::{TokenError, require},
        host::{ThisProgram, TokenIo},
        state::{Holder, PersonalToken, StandingOrder},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What both kinds of execution share. Anybody sends it.
#[derive(Accounts)]
pub struct ExecutingAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account whose dividends are spent.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The order of the holder's wallet.
    pub order: AccountLoader<'info, StandingOrder>,
    /// The owner's account of the quote mint, which is paid: the associated one, or any that
    /// nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The quote vault, which pays the dividends.
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

impl ExecutingAccounts<'_> {
    pub(super) fn prove(
        &self,
        token: &PersonalToken,
        holder: &Holder,
        order: &StandingOrder,
    ) -> Result<()> {
        let key = *self.token.as_ref().key;
        let ours = holder.token == key && order.token == key;
        require(ours, TokenError::WrongToken)?;
        require(holder.wallet == order.wallet, TokenError::WrongAccount)?;
        token_io::prove_asset(
            token.quote(),
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        TokenIo::prove_payee(&self.proceeds, self.quote_mint.key, &token.owner)?;
        Ok(())
    }

    /// Pays the owner out of the quote vault.
    pub(super) fn pay(&self, amount: u64, decimals: u8, signer: &TokenSigner) -> Result<()> {
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.quote_vault,
            to: &self.proceeds,
            authority: self.token.as_ref(),
        }
        .by_seeds::<ThisProgram>(amount, &signer.seeds())
    }
}
