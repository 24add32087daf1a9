use {
    crate::{
        error::{IndexError, require},
        events::{self, SharesLocked},
        host::{AccountIo, ThisProgram, TokenIo},
        instructions::prove_shares,
        seeds,
        state::{Lock, PooledIndex},
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_support::Transfer,
};

/// A wallet locks shares of the index, so that they count in announcements and for
/// candidates. The age of the whole lock begins anew.
#[derive(Accounts)]
pub struct LockShares<'info> {
    /// Signs, pays the rent of a new lock, and gets it back when the lock is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The wallet whose shares are locked; it signs.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The wallet's account of the shares, from which they come.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub share_account: UncheckedAccount<'info>,
    /// The index's own account of its shares, in which they are locked.
    ///
    /// CHECK: proven by its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The lock; made here if it is not there.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub lock: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn lock_shares(ctx: Context<LockShares>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, wallet) = (a.index.key(), a.wallet.key());
    if a.lock.owner != &crate::ID {
        let seeds = seeds::lock(&key, &wallet);
        let bump = AccountIo::create_own::<Lock>(&a.payer, &a.lock, &seeds)?;
        let mut lock = AccountIo::load_new::<Lock>(&a.lock)?;
        lock.open(&key, &wallet, a.payer.key, bump);
    }
    let event = {
        let mut index = a.index.load_mut()?;
        let mut lock = AccountIo::load::<Lock>(&a.lock)?;
        lock.require(&key, &wallet)?;
        prove_shares(&index, &key, &a.mint, &a.vault, &a.token_program)?;
        TokenIo::prove_account(&a.share_account, a.mint.key, &wallet)?;

        index.lock(&mut lock, amount, clock.unix_timestamp)?;
        SharesLocked {
            header: index.header(&key, &clock)?,
            wallet,
            amount,
            shares: lock.shares,
            locked: index.locked,
        }
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: INDEX_SHARE_DECIMALS,
        from: &a.share_account,
        to: &a.vault,
        authority: &a.wallet,
    }
    .by_wallet::<ThisProgram>(amount)?;
    let held = TokenIo::balance(&a.vault)?;
    require(held >= event.locked, IndexError::VaultShort)?;

    events::log(&event);
    Ok(())
}
