use {
    crate::{
        error::{TokenError, require},
        host::TokenIo,
        state::{Holder, PersonalToken},
        token_io,
    },
    anchor_lang::prelude::*,
};

/// Registered shares to bearer tokens in the wallet, or back.
#[derive(Accounts)]
pub struct MoveBearerAccounts<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The wallet's own account of the share mint, for the bearer tokens.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub wallet_tokens: UncheckedAccount<'info>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

impl MoveBearerAccounts<'_> {
    pub(super) fn prove(&self, token: &PersonalToken, holder: &Holder) -> Result<()> {
        require(holder.token == self.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *self.wallet.key, TokenError::NotHolder)?;
        token_io::prove_shares(
            token,
            &self.mint,
            &self.share_custody,
            &self.token_2022_program,
        )?;
        TokenIo::prove_account(&self.wallet_tokens, &token.mint, &holder.wallet)?;
        Ok(())
    }
}
