use {
    crate::{
        custody::Rest,
        error::{IndexError, ProgramResult, require},
        events::{self, OrderAdded},
        host::{AccountIo, TokenIo},
        state::{Constituent, MAX_ORDERS_ADDED, OrderInput, PooledIndex, Rebalance, SlotKind},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// The curator adds orders to the draft. For each of a person, in their order, the
/// personal token and its share mint follow.
#[derive(Accounts)]
pub struct AddOrders<'info> {
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The index's rebalance, whose draft gets the orders.
    #[account(mut)]
    pub rebalance: AccountLoader<'info, Rebalance>,
}

pub(crate) fn add_orders<'info>(
    ctx: Context<'info, AddOrders<'info>>,
    orders: Vec<OrderInput>,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    a.index.load()?.require_curator(a.curator.key)?;
    let fits = !orders.is_empty() && orders.len() <= MAX_ORDERS_ADDED;
    require(fits, IndexError::LengthMismatch)?;
    let mut rest = Rest(ctx.remaining_accounts);
    for args in orders {
        let event = {
            let mut index = a.index.load_mut()?;
            let mut rebalance = a.rebalance.load_mut()?;
            require(rebalance.index == key, IndexError::WrongIndex)?;
            let supply = mint_supply(&mut rest, index.constituent(args.slot)?)?;

            let order = rebalance.add(&index, &args, supply)?;
            OrderAdded {
                header: index.header(&key, &clock)?,
                place: u64::from(args.slot),
                key: order.key,
                side: u64::from(order.side),
                target: order.target,
                low: [order.low.low, order.low.high],
                high: [order.high.low, order.high.high],
                supply: order.supply,
            }
        };
        events::log(&event);
    }
    rest.done()?;
    Ok(())
}

/// Share atoms of a person in existence, also of those that bearers burned; 0 of a mint.
fn mint_supply(rest: &mut Rest, constituent: &Constituent) -> Result<u64> {
    if constituent.kind()? != SlotKind::Personal {
        return Ok(0);
    }
    let [token, mint] = rest.take::<2>()?;
    AccountIo::same(token.key, &constituent.key)?;
    prove_mint(token, mint)?;
    Ok(TokenIo::mint_supply(mint)?)
}

fn prove_mint(token: &AccountInfo, mint: &AccountInfo) -> Result<()> {
    let expected = AccountIo::read::<PersonalToken>(token)?.mint;
    let same: ProgramResult<()> = AccountIo::same(mint.key, &expected);
    Ok(same?)
}
