use {
    crate::{
        error::{IndexError, require},
        events::{self, WrapperClosed},
        host::{AccountIo, TokenIo},
        state::{PooledIndex, Wrapper},
    },
    anchor_lang::prelude::*,
};

/// Closes a wrapper of which no ticket is left. What tickets that their holders burned
/// without unwrapping left behind is the index's. Anybody may.
#[derive(Accounts)]
pub struct CloseWrapperAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The wrapper; it is closed.
    #[account(mut)]
    pub wrapper: AccountLoader<'info, Wrapper>,
    /// The mint of tickets.
    ///
    /// CHECK: proven by the wrapper.
    pub ticket_mint: UncheckedAccount<'info>,
    /// Who paid the wrapper's rent and gets it back.
    ///
    /// CHECK: proven by the wrapper.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_wrapper(ctx: Context<CloseWrapperAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let wrapper = a.wrapper.load()?;
        require(wrapper.index == key, IndexError::WrongIndex)?;
        AccountIo::same(a.ticket_mint.key, &wrapper.mint)?;
        AccountIo::same(a.rent_payer.key, &wrapper.rent_payer)?;
        let supply = TokenIo::mint_supply(&a.ticket_mint)?;
        index.end_wrapper(&wrapper, supply, clock.unix_timestamp)?;
        WrapperClosed {
            header: index.header(&key, &clock)?,
            place: u64::from(wrapper.slot),
            mint: wrapper.mint,
            atoms: wrapper.atoms,
            pots: wrapper.pots,
        }
    };
    AccountIo::close(a.wrapper.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
