use {
    super::shown::show,
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, SlotUnwrapped},
        host::{AccountIo, TokenIo},
        seeds::TOKEN_PROGRAM,
        state::{PooledIndex, Wrapper},
    },
    anchor_lang::prelude::*,
};

/// A wrapped slot that moves again is itself again: the index's own tickets are burned for
/// their part. Tickets outside stay worth theirs. What is due is collected before. Of a
/// person the mint and the payout vault of each stream in a coin follow. Anybody may.
#[derive(Accounts)]
pub struct UnwrapSlotAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The wrapper.
    #[account(mut)]
    pub wrapper: AccountLoader<'info, Wrapper>,
    /// The mint of tickets.
    ///
    /// CHECK: proven by the wrapper.
    #[account(mut)]
    pub ticket_mint: UncheckedAccount<'info>,
    /// The index's account of tickets; it is closed.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The personal token or the mint that is wrapped.
    ///
    /// CHECK: proven by the wrapper.
    pub constituent: UncheckedAccount<'info>,
    /// The index's account of it.
    ///
    /// CHECK: proven by the wrapper.
    pub custody: UncheckedAccount<'info>,
    /// Who paid the rent of the account of tickets and gets it back.
    ///
    /// CHECK: proven by the wrapper.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// Classic SPL Token.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn unwrap_slot<'info>(ctx: Context<'info, UnwrapSlotAccounts<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.index.key(), clock.unix_timestamp);
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        let mut wrapper = a.wrapper.load_mut()?;
        a.prove(&index, &wrapper)?;
        let accounts = [a.constituent.as_ref(), a.custody.as_ref()];
        let original = wrapper.original();
        let shown = show(&index, &original, accounts, ctx.remaining_accounts, now)?;
        let seen = [
            TokenIo::balance(&a.vault)?,
            TokenIo::mint_supply(&a.ticket_mint)?,
        ];
        let unwrapped = index.unwrap_slot(&mut wrapper, &shown, seen, now)?;
        let event = SlotUnwrapped {
            header: index.header(&key, &clock)?,
            place: u64::from(wrapper.slot),
            key: wrapper.key,
            mint: wrapper.mint,
            tickets: unwrapped.tickets,
            atoms: unwrapped.part.atoms,
            pots: unwrapped.part.pots,
            left: wrapper.tickets,
        };
        (event, IndexSigner::of(&index))
    };

    let (program, index) = (&a.token_program, a.index.as_ref());
    let seeds = signer.seeds();
    if event.tickets > 0 {
        TokenIo::burn(
            program,
            &a.ticket_mint,
            &a.vault,
            index,
            event.tickets,
            Some(&seeds),
        )?;
    }
    TokenIo::close_account(program, &a.vault, &a.rent_payer, index, &seeds)?;

    events::log(&event);
    Ok(())
}

impl UnwrapSlotAccounts<'_> {
    /// Errors: `WrongIndex`, `NotWrapped`, `WrongAccount`, `WrongTokenProgram`.
    fn prove(&self, index: &PooledIndex, wrapper: &Wrapper) -> Result<()> {
        require(wrapper.index == self.index.key(), IndexError::WrongIndex)?;
        wrapper.require_active()?;
        AccountIo::same(self.ticket_mint.key, &wrapper.mint)?;
        AccountIo::same(self.vault.key, &index.constituent(wrapper.slot)?.custody)?;
        AccountIo::same(self.rent_payer.key, &wrapper.rent_payer)?;
        require(
            *self.token_program.key == TOKEN_PROGRAM,
            IndexError::WrongTokenProgram,
        )?;
        Ok(())
    }
}
