use {
    super::open_candidacy_of,
    crate::{
        custody::IndexSigner,
        events::{self, SharesUnlocked},
        host::{AccountIo, Host, TokenIo},
        instructions::prove_shares,
        state::{Index, Lock},
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_program::Transfer,
};

/// A wallet takes locked shares back, at any time. They count nowhere from then on. An
/// empty lock is closed.
#[derive(Accounts)]
pub struct UnlockShares<'info> {
    /// Whose shares.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the wallet's account of the shares, proven by its fields.
    #[account(mut)]
    pub shares: UncheckedAccount<'info>,
    /// CHECK: the index's own account of its shares, proven by its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The lock.
    #[account(mut)]
    pub lock: AccountLoader<'info, Lock>,
    /// CHECK: who paid the lock's rent, proven by the lock.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the candidacy that the lock backs, proven by the lock; also if it was closed.
    #[account(mut)]
    pub candidacy: Option<UncheckedAccount<'info>>,
    /// CHECK: Token-2022, proven by its address.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn unlock_shares(ctx: Context<UnlockShares>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        let mut lock = a.lock.load_mut()?;
        lock.require(&key, a.wallet.key)?;
        AccountIo::same(a.rent_payer.key, &lock.rent_payer)?;
        prove_shares(&index, &key, &a.mint, &a.vault, &a.token_program)?;
        TokenIo::prove_account(&a.shares, a.mint.key, a.wallet.key)?;

        let mut backed = open_candidacy_of(&lock, a.candidacy.as_deref())?;
        index.unlock(&mut lock, backed.as_deref_mut(), amount)?;
        let event = SharesUnlocked {
            header: index.header(&key, &clock)?,
            wallet: a.wallet.key(),
            amount,
            shares: lock.shares,
            locked: index.locked,
        };
        (event, IndexSigner::of(&index))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: INDEX_SHARE_DECIMALS,
        from: &a.vault,
        to: &a.shares,
        authority: a.index.as_ref(),
    }
    .by_seeds::<Host>(amount, &signer.seeds())?;
    if event.shares == 0 {
        AccountIo::close(a.lock.as_ref(), &a.rent_payer)?;
    }

    events::log(&event);
    Ok(())
}
