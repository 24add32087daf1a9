use {
    super::shown::show,
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, SlotWrapped},
        host::{AccountIo, TokenIo},
        seeds::{self, TOKEN_PROGRAM},
        state::{PooledIndex, Wrapper, ticket_decimals},
    },
    anchor_lang::prelude::*,
};

/// Bytes of a mint of the classic token program.
const MINT_SPACE: usize = 82;

/// Wraps a slot that was noted as stuck a notice ago and is so still: tickets, minted
/// once, take its place. Of a person the mint and the payout vault of each stream in a
/// coin follow. Anybody may.
#[derive(Accounts)]
pub struct WrapAccounts<'info> {
    /// Signs and pays all rent; that of the wrapper and of the account of tickets comes back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The wrapper to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub wrapper: UncheckedAccount<'info>,
    /// The mint of tickets to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub ticket_mint: UncheckedAccount<'info>,
    /// The index's associated account of tickets.
    ///
    /// CHECK: the associated token program proves it.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The personal token or the mint in the slot.
    ///
    /// CHECK: proven by the index.
    pub constituent: UncheckedAccount<'info>,
    /// The index's account of it.
    ///
    /// CHECK: proven by the index.
    pub custody: UncheckedAccount<'info>,
    /// Classic SPL Token.
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

pub(crate) fn wrap<'info>(ctx: Context<'info, WrapAccounts<'info>>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.index.key(), clock.unix_timestamp);
    require(
        *a.token_program.key == TOKEN_PROGRAM,
        IndexError::WrongTokenProgram,
    )?;
    let (shown, number, decimals, signer) = {
        let index = a.index.load()?;
        let constituent = index.constituent(slot)?;
        let accounts = [a.constituent.as_ref(), a.custody.as_ref()];
        let shown = show(&index, constituent, accounts, ctx.remaining_accounts, now)?;
        (
            shown,
            index.wraps,
            ticket_decimals(constituent)?,
            IndexSigner::of(&index),
        )
    };
    a.make_accounts(number, decimals)?;
    let event = {
        let mut index = a.index.load_mut()?;
        let mut wrapper = AccountIo::load_new::<Wrapper>(&a.wrapper)?;
        let keys = [a.ticket_mint.key, a.vault.key];
        let tickets = index.wrap(&mut wrapper, slot, &shown, keys, now)?;
        SlotWrapped {
            header: index.header(&key, &clock)?,
            place: u64::from(slot),
            key: a.constituent.key(),
            mint: a.ticket_mint.key(),
            number,
            tickets,
            before: wrapper.before,
        }
    };

    let index = a.index.as_ref();
    let seeds = signer.seeds();
    TokenIo::mint_to(
        &a.token_program,
        &a.ticket_mint,
        &a.vault,
        index,
        event.tickets,
        &seeds,
    )?;

    events::log(&event);
    Ok(())
}

impl WrapAccounts<'_> {
    /// Makes the mint, the index's account of it and the wrapper. Errors: `WrongAccount`,
    /// `AlreadyExists`, `WrongTokenProgram`.
    #[inline(never)]
    fn make_accounts(&self, number: u64, decimals: u8) -> Result<()> {
        let index = self.index.key();
        let number = number.to_le_bytes();
        let seeds = seeds::tickets(&index, &number);
        let bump = AccountIo::prove_address(&self.ticket_mint, &seeds)?;
        let bump = [bump];
        let signer = seeds::tickets_signer(&index, &number, &bump);
        AccountIo::create(
            &self.payer,
            &self.ticket_mint,
            MINT_SPACE,
            &TOKEN_PROGRAM,
            &signer,
        )?;
        TokenIo::initialize_mint(&self.token_program, &self.ticket_mint, &index, decimals)?;
        TokenIo::create_associated(
            &self.payer,
            &self.vault,
            self.index.as_ref(),
            &self.ticket_mint,
            &self.system_program,
            &self.token_program,
            &self.associated_token_program,
        )?;
        TokenIo::prove_account(&self.vault, self.ticket_mint.key, &index)?;
        let seeds = seeds::wrapper(self.ticket_mint.key);
        let bump = AccountIo::create_own::<Wrapper>(&self.payer, &self.wrapper, &seeds)?;
        AccountIo::load_new::<Wrapper>(&self.wrapper)?.open(&index, self.payer.key, bump);
        Ok(())
    }
}
