use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, IndexLaunched},
        host::{AccountIo, TokenIo},
        seeds::TOKEN_2022_PROGRAM,
        state::{LOCKED_SHARES, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// The curator launches a seeded index: mints its first shares, of which a part is
/// locked for good in the index's own account.
#[derive(Accounts)]
pub struct Launch<'info> {
    /// Signs and pays the rent of the account of locked shares.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs and gets the shares that are not locked.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The index's associated account of its own shares, in which some are locked for good.
    ///
    /// CHECK: the associated token program proves it.
    #[account(mut)]
    pub locked: UncheckedAccount<'info>,
    /// The curator's account of the shares, to which those that are not locked go.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub share_account: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// The associated token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn launch(ctx: Context<Launch>, shares: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, free, signer) = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        AccountIo::same(a.mint.key, &index.mint)?;
        require(
            *a.token_program.key == TOKEN_2022_PROGRAM,
            IndexError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&a.share_account, a.mint.key, a.curator.key)?;

        let free = index.launch(shares, clock.unix_timestamp)?;
        let event = IndexLaunched {
            header: index.header(&a.index.key(), &clock)?,
            curator: a.curator.key(),
            supply: index.supply,
            locked: LOCKED_SHARES,
        };
        (event, free, IndexSigner::of(&index))
    };

    let index = a.index.as_ref();
    TokenIo::create_associated(
        &a.payer,
        &a.locked,
        index,
        &a.mint,
        &a.system_program,
        &a.token_program,
        &a.associated_token_program,
    )?;
    TokenIo::prove_account(&a.locked, a.mint.key, index.key)?;
    for (account, amount) in [(&a.locked, LOCKED_SHARES), (&a.share_account, free)] {
        let seeds = signer.seeds();
        TokenIo::mint_to(&a.token_program, &a.mint, account, index, amount, &seeds)?;
    }

    events::log(&event);
    Ok(())
}
