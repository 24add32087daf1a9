use {
    crate::{
        error::{IndexError, require},
        events::{self, ConstituentAdded},
        host::TokenIo,
        state::{Constituent, IndexStatus, PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    upside_support::mint_policy,
};

/// The curator adds an ordinary mint, and makes the index's token account of it.
/// Before the launch it may be listed as a coin, in which dividends are collected.
#[derive(Accounts)]
pub struct AddMint<'info> {
    /// Signs and pays the rent of the index's token account.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The mint to add.
    ///
    /// CHECK: proven by the mint policy.
    pub mint: UncheckedAccount<'info>,
    /// Who may mint it, if anybody may; it tells shares of indexes and persons from money.
    ///
    /// CHECK: proven by the mint.
    pub mint_authority: Option<UncheckedAccount<'info>>,
    /// The index's associated account of the mint; it is made here.
    ///
    /// CHECK: the associated token program proves it.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The program that owns the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
    /// The associated token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn add_mint(ctx: Context<AddMint>, coin: bool) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    {
        let index = a.index.load()?;
        index.require_curator(a.curator.key)?;
        require(
            index.status()? != IndexStatus::WindDown,
            IndexError::NotActive,
        )?;
    }
    let facts = mint_policy::check(&a.mint).map_err(IndexError::from)?;
    require(
        a.token_program.key == a.mint.owner,
        IndexError::WrongTokenProgram,
    )?;
    let authority = a.mint_authority.as_deref();
    mint_policy::require_not_ours(&a.mint, authority).map_err(IndexError::from)?;
    TokenIo::create_associated(
        &a.payer,
        &a.vault,
        a.index.as_ref(),
        &a.mint,
        &a.system_program,
        &a.token_program,
        &a.associated_token_program,
    )?;

    let key = a.mint.key();
    TokenIo::prove_account(&a.vault, &key, &a.index.key())?;
    let (header, place) = {
        let mut index = a.index.load_mut()?;
        let place = index.add_constituent(Constituent {
            key,
            custody: a.vault.key(),
            harvested_at: clock.unix_timestamp,
            kind: SlotKind::Mint.into(),
            decimals: facts.decimals,
            flags: facts.flags,
            ..Constituent::default()
        })?;
        if coin {
            index.require_seeding()?;
            index.list_coin(place, 0)?;
        }
        (index.header(&a.index.key(), &clock)?, place)
    };

    events::log(&ConstituentAdded {
        header,
        key,
        place: u64::from(place),
        kind: SlotKind::Mint as u64,
    });
    Ok(())
}
