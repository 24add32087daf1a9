use {
    super::require_length,
    crate::{
        custody::{self, Rest, Theirs},
        error::{IndexError, require},
        events::{self, BasketWithdrawn},
        host::TokenIo,
        state::{Basket, BasketKind, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Slots of an index, each once, in any order.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct SlotList(
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_bytes")
    )]
    pub Vec<u8>,
);

/// What anybody may do with a basket.
#[derive(Accounts)]
pub struct WithdrawBasket<'info> {
    /// The basket's wallet; it signs only if atoms go to other accounts than its own.
    pub wallet: Option<Signer<'info>>,
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

/// Pays all atoms of the slots named: anybody to the wallet's holder accounts and to its
/// associated account, and to another only if the last account shows that the associated one
/// cannot be paid; the wallet sends to any. Slots without anything are passed over; what refuses to
/// move stays payable. What was deposited and comes back has the cost with which it came.
pub(crate) fn withdraw_basket<'info>(
    ctx: Context<'info, WithdrawBasket<'info>>,
    SlotList(slots): SlotList,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, basket_key) = (a.index.key(), a.basket.key());
    require_length(slots.len())?;
    let wallet = a.basket.load()?.wallet;
    let last = ctx.remaining_accounts.split_last();
    let shown = last.and_then(|(last, _)| TokenIo::unpayable_mint(last, &wallet));
    let listed = match (shown, last) {
        (Some(_), Some((_, listed))) => listed,
        _ => ctx.remaining_accounts,
    };
    let mut rest = Rest(listed);
    let mut paid = false;
    for slot in slots {
        if a.basket.load()?.amount(slot)? == 0 {
            rest.skip(a.index.load()?.slot(slot)?)?;
            continue;
        }
        paid = true;
        let (header, amount, cost) = {
            let mut index = a.index.load_mut()?;
            let mut basket = a.basket.load_mut()?;
            require(basket.index == key, IndexError::WrongIndex)?;
            basket.require(BasketKind::Payout)?;

            if let Some(signer) = &a.wallet {
                let own = *signer.key == basket.wallet;
                require(own, IndexError::NotBasketOwner)?;
            }
            let amount = index.withdraw(&mut basket, slot)?;
            let header = index.header(&key, &clock)?;
            (header, amount, basket.cost(slot))
        };

        let to = {
            let index = a.index.load()?;
            let (constituent, program) = (index.constituent(slot)?, &a.personal_token_program);
            let whose = match &a.wallet {
                Some(_) => Theirs::Named,
                None => Theirs::Own(&wallet, shown),
            };
            let accounts = custody::next_of(&mut rest, constituent, program, whose)?;
            let index_account = a.index.as_ref();
            custody::pay_back(&accounts, &index, slot, index_account, amount, cost)?;
            accounts.theirs()
        };

        events::log(&BasketWithdrawn {
            header,
            basket: basket_key,
            place: u64::from(slot),
            amount,
            to,
        });
    }
    rest.done()?;
    require(paid, IndexError::BasketEmpty)?;
    Ok(())
}
