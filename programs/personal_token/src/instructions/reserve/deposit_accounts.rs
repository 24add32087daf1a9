use {
    crate::{
        error::{TokenError, require},
        host::ThisProgram,
        mint_policy,
        state::PersonalToken,
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Somebody pays into a vault of the token.
#[derive(Accounts)]
pub struct DepositAccounts<'info> {
    /// Who pays: anybody; to the reserve in another mint than the quote mint, the owner.
    pub giver: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The giver's account of the mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The token's vault of the mint, which receives the payment.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The mint of a listed asset.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

impl DepositAccounts<'_> {
    /// Proves the accounts of a deposit and returns the place of the asset.
    pub(super) fn prove(&self, token: &PersonalToken, amount: u64) -> Result<usize> {
        require(amount > 0, TokenError::ZeroAmount)?;
        let place = token.asset_of(self.mint.key)?;
        let asset = token.asset(place)?;
        token_io::prove_asset(asset, &self.mint, &self.vault, &self.token_program)?;
        Ok(place)
    }

    #[inline(never)]
    pub(super) fn pay(&self, amount: u64) -> Result<()> {
        let facts = mint_policy::check(&self.mint)?;
        Transfer {
            program: &self.token_program,
            mint: &self.mint,
            decimals: facts.decimals,
            from: &self.payment,
            to: &self.vault,
            authority: &self.giver,
        }
        .by_wallet::<ThisProgram>(amount)
    }
}
