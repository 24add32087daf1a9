//! The accounts that every movement of an index's shares needs.

use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, ProgramResult, require},
        host::{AccountIo, TokenIo},
        seeds::TOKEN_2022_PROGRAM,
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// The index, its share mint and the account that receives or gives shares.
#[derive(Accounts)]
pub struct ShareAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// A wallet's account of the shares, which receives or gives them.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub share_account: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
}

impl ShareAccounts<'_> {
    /// Proves mint, token program and that the share account is `wallet`'s, and
    /// accrues fees. Errors: `WrongAccount`, `WrongTokenProgram`, `WrongTokenAccount`.
    pub(crate) fn prepare(
        &self,
        index: &mut PooledIndex,
        wallet: &Pubkey,
        now: i64,
    ) -> ProgramResult<()> {
        AccountIo::same(self.mint.key, &index.mint)?;
        require(
            *self.token_program.key == TOKEN_2022_PROGRAM,
            IndexError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&self.share_account, self.mint.key, wallet)?;
        index.accrue(TokenIo::mint_supply(&self.mint)?, now)
    }

    /// Mints shares; the index signs.
    pub(crate) fn mint(&self, shares: u64) -> Result<()> {
        let signer = IndexSigner::of(&*self.index.load()?);
        let index = self.index.as_ref();
        TokenIo::mint_to(
            &self.token_program,
            &self.mint,
            &self.share_account,
            index,
            shares,
            &signer.seeds(),
        )
    }
}

/// Proves share mint, token program and the index's own account of its shares, in which
/// locked ones lie. Errors: `WrongAccount`, `WrongTokenProgram`.
#[inline(never)]
pub(crate) fn prove_shares(
    index: &PooledIndex,
    key: &Pubkey,
    mint: &AccountInfo,
    vault: &AccountInfo,
    token_program: &AccountInfo,
) -> ProgramResult<()> {
    AccountIo::same(mint.key, &index.mint)?;
    require(
        *token_program.key == TOKEN_2022_PROGRAM,
        IndexError::WrongTokenProgram,
    )?;
    TokenIo::prove_associated(vault, mint.key, key)
}

/// Refuses after the deadline, unix seconds. Errors: `DeadlinePassed`.
pub(crate) fn require_in_time(now: i64, deadline: i64) -> ProgramResult<()> {
    require(now <= deadline, IndexError::DeadlinePassed)
}
