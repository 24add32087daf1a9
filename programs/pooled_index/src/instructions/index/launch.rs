use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, IndexLaunched},
        host::{AccountIo, TokenIo},
        seeds::TOKEN_2022_PROGRAM,
        state::{Index, LOCKED_SHARES},
    },
    anchor_lang::prelude::*,
};

/// The curator launches a seeded index: mints its first shares, of which a part is
/// locked for good in the index's own account.
#[derive(Accounts)]
pub struct Launch<'info> {
    /// Pays the rent of the locked account.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the index's associated account of its shares; the associated token
    /// program proves it.
    #[account(mut)]
    pub locked: UncheckedAccount<'info>,
    /// CHECK: the curator's account of the shares, proven by its fields.
    #[account(mut)]
    pub shares: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
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
        TokenIo::prove_account(&a.shares, a.mint.key, a.curator.key)?;

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
    for (account, amount) in [(&a.locked, LOCKED_SHARES), (&a.shares, free)] {
        let seeds = signer.seeds();
        TokenIo::mint_to(&a.token_program, &a.mint, account, index, amount, &seeds)?;
    }

    events::log(&event);
    Ok(())
}
