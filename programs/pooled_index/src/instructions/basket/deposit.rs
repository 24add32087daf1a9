use {
    super::require_length,
    crate::{
        custody::{self, Accounts as Constituents, Rest},
        error::{IndexError, require},
        events::{self, BasketDeposited},
        state::{Basket, BasketKind, PooledIndex, SlotAtoms},
    },
    anchor_lang::prelude::*,
};

/// Constituents move from a wallet into its basket, each slot once. Their accounts follow,
/// in the order of the slots named. What a person owes the index at this moment is noted:
/// the basket pays for it, and its atoms earn for the index from now on.
#[derive(Accounts)]
pub struct Deposit<'info> {
    /// The wallet whose basket it is; it signs and gives the atoms.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

/// `amounts` are slots and atoms.
pub(crate) fn deposit<'info>(
    ctx: Context<'info, Deposit<'info>>,
    amounts: Vec<SlotAtoms>,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, basket_key) = (a.index.key(), a.basket.key());
    require_length(amounts.len())?;
    let mut rest = Rest(ctx.remaining_accounts);
    for SlotAtoms {
        slot,
        atoms: amount,
    } in amounts
    {
        let (accounts, dues) = {
            let index = a.index.load()?;
            let (constituent, program) = (index.constituent(slot)?, &a.personal_token_program);
            let accounts = custody::next(&mut rest, constituent, program, a.wallet.key)?;
            let dues = match &accounts {
                Constituents::Personal(person) => person.dues(&index, clock.unix_timestamp)?,
                Constituents::Mint(_) => Default::default(),
            };
            (accounts, dues)
        };
        let event = {
            let mut index = a.index.load_mut()?;
            let mut basket = a.basket.load_mut()?;
            require(basket.index == key, IndexError::WrongIndex)?;
            require(basket.wallet == *a.wallet.key, IndexError::NotBasketOwner)?;
            basket.require(BasketKind::Contribution)?;
            index.require_running(clock.unix_timestamp)?;

            index.deposit(&mut basket, slot, amount, &dues)?;
            BasketDeposited {
                header: index.header(&key, &clock)?,
                basket: basket_key,
                place: u64::from(slot),
                amount,
                due: dues.map(|due| due.atoms),
            }
        };

        let cost = {
            let index = a.index.load()?;
            let before = accounts.cost()?;
            custody::bring_in(&accounts, &index, slot, &a.wallet, amount)?;
            accounts.cost()?.saturating_sub(before)
        };
        a.basket.load_mut()?.note_cost(slot, cost)?;

        events::log(&event);
    }
    rest.done()?;
    Ok(())
}
