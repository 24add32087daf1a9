use {
    super::open_candidacy_of,
    crate::{
        custody::IndexSigner,
        events::{self, SharesUnlocked},
        host::{AccountIo, ThisProgram, TokenIo},
        instructions::prove_shares,
        state::{Lock, PooledIndex},
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_support::Transfer,
};

/// A wallet takes locked shares back, at any time. They count nowhere from then on. An
/// empty lock is closed.
#[derive(Accounts)]
pub struct UnlockShares<'info> {
    /// The wallet whose lock it is; it signs.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The wallet's account of the shares, to which they go.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub share_account: UncheckedAccount<'info>,
    /// The index's own account of its shares, in which they are locked.
    ///
    /// CHECK: proven by its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The lock; it is closed if nothing is left in it.
    #[account(mut)]
    pub lock: AccountLoader<'info, Lock>,
    /// Who paid the lock's rent and gets it back if the lock is closed.
    ///
    /// CHECK: proven by the lock.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The candidacy that the lock backs, open or closed; left out if it backs nobody.
    ///
    /// CHECK: proven by the lock.
    #[account(mut)]
    pub candidacy: Option<UncheckedAccount<'info>>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
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
        TokenIo::prove_account(&a.share_account, a.mint.key, a.wallet.key)?;

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
        to: &a.share_account,
        authority: a.index.as_ref(),
    }
    .by_seeds::<ThisProgram>(amount, &signer.seeds())?;
    if event.shares == 0 {
        AccountIo::close(a.lock.as_ref(), &a.rent_payer)?;
    }

    events::log(&event);
    Ok(())
}
