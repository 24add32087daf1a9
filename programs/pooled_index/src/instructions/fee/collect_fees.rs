use {
    super::accrue,
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, FeesCollected},
        host::TokenIo,
        seeds::TOKEN_2022_PROGRAM,
        state::{MAX_RECIPIENTS, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Mints the pending fee shares to the recipients by their portions. Their accounts of the
/// shares follow, in the order of their places. Anybody may.
#[derive(Accounts)]
pub struct CollectFees<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn collect_fees<'info>(ctx: Context<'info, CollectFees<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (portions, recipients, signer) = {
        let mut index = a.index.load_mut()?;
        require(
            *a.token_program.key == TOKEN_2022_PROGRAM,
            IndexError::WrongTokenProgram,
        )?;
        accrue(&mut index, &a.mint, clock.unix_timestamp)?;
        let count = index.fee_recipients().count();
        let accounts = ctx.remaining_accounts.len();
        require(accounts >= count, IndexError::MissingAccounts)?;
        require(accounts == count, IndexError::ExtraAccounts)?;
        for (recipient, account) in index.fee_recipients().zip(ctx.remaining_accounts) {
            TokenIo::prove_associated(account, a.mint.key, &recipient.key)?;
        }
        let shares = index.collect_fees()?;
        let portions: [u64; MAX_RECIPIENTS] = index.fee_portions(shares)?;
        (portions, index.recipients, IndexSigner::of(&index))
    };

    let paid = portions.iter().zip(ctx.remaining_accounts);
    for ((shares, account), recipient) in paid.zip(recipients) {
        if *shares == 0 {
            continue;
        }
        let seeds = signer.seeds();
        TokenIo::mint_to(
            &a.token_program,
            &a.mint,
            account,
            a.index.as_ref(),
            *shares,
            &seeds,
        )?;
        let mut index = a.index.load_mut()?;
        events::log(&FeesCollected {
            header: index.header(&key, &clock)?,
            recipient: recipient.key,
            shares: *shares,
            supply: index.supply,
        });
    }
    Ok(())
}
