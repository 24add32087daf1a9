use {
    crate::{
        custody::{self, Accounts as Constituents, Rest, Theirs},
        error::{IndexError, require},
        events::{
            self, BasketCancelled, BasketClosed, BasketDeposited, BasketOpened, BasketWithdrawn,
        },
        host::AccountIo,
        seeds,
        state::{Basket, BasketKind, Index, MAX_CONSTITUENTS, SlotAtoms},
    },
    anchor_lang::prelude::*,
};

/// A wallet opens a basket for a contribution in several transactions.
#[derive(Accounts)]
pub struct OpenBasket<'info> {
    /// Whose basket; pays the rent and gets it back.
    #[account(mut)]
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the basket to make, proven by its seeds.
    #[account(mut)]
    pub basket: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

/// `shares` is what anybody may finish the basket with until `deadline` (unix
/// seconds, at most 7 days from now); the wallet itself may finish it with any number.
/// The entry fee is that of now.
pub(crate) fn open_basket(
    ctx: Context<OpenBasket>,
    nonce: u64,
    shares: u64,
    deadline: i64,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, wallet) = (a.index.key(), a.wallet.key());
    a.index.load()?.require_running(clock.unix_timestamp)?;

    let number = nonce.to_le_bytes();
    let seeds: [&[u8]; 4] = [seeds::BASKET, key.as_ref(), wallet.as_ref(), &number];
    let bump = AccountIo::create_own::<Basket>(&a.wallet, &a.basket, &seeds)?;
    {
        let mut basket = AccountIo::load_new::<Basket>(&a.basket)?;
        basket.open(BasketKind::Contribution, &key, &wallet, nonce);
        basket.bump = bump;
        basket.ask(&*a.index.load()?, shares, deadline, clock.unix_timestamp)?;
    }
    let header = a.index.load_mut()?.header(&key, &clock)?;

    events::log(&BasketOpened {
        header,
        wallet,
        basket: a.basket.key(),
        shares,
        deadline,
    });
    Ok(())
}

/// Constituents move from a wallet into its basket, each slot once. Their accounts follow,
/// in the order of the slots named. What a person owes the index at this moment is noted:
/// the basket pays for it, and its atoms earn for the index from now on.
#[derive(Accounts)]
pub struct Deposit<'info> {
    /// Whose basket.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
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

/// What anybody may do with a basket.
#[derive(Accounts)]
pub struct WithdrawBasket<'info> {
    /// The basket's wallet, if its atoms go to other accounts than its own.
    pub wallet: Option<Signer<'info>>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

/// Slots of an index, each once, in any order.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct SlotList(
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_bytes")
    )]
    pub Vec<u8>,
);

/// Pays all atoms of the slots named: anybody to the wallet's own associated and holder
/// accounts, the wallet to any. Slots without anything are passed over; what refuses to
/// move stays payable. What was deposited and comes back has the cost with which it came.
pub(crate) fn withdraw_basket<'info>(
    ctx: Context<'info, WithdrawBasket<'info>>,
    SlotList(slots): SlotList,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, basket_key) = (a.index.key(), a.basket.key());
    require_length(slots.len())?;
    let mut rest = Rest(ctx.remaining_accounts);
    let mut paid = false;
    for slot in slots {
        if a.basket.load()?.amount(slot)? == 0 {
            rest.skip(a.index.load()?.slot(slot)?)?;
            continue;
        }
        paid = true;
        let (mut event, wallet, cost) = {
            let mut index = a.index.load_mut()?;
            let mut basket = a.basket.load_mut()?;
            require(basket.index == key, IndexError::WrongIndex)?;
            basket.require(BasketKind::Payout)?;

            if let Some(signer) = &a.wallet {
                let own = *signer.key == basket.wallet;
                require(own, IndexError::NotBasketOwner)?;
            }
            let amount = index.withdraw(&mut basket, slot)?;
            let event = BasketWithdrawn {
                header: index.header(&key, &clock)?,
                basket: basket_key,
                place: u64::from(slot),
                amount,
                to: Pubkey::default(),
            };
            (event, basket.wallet, basket.cost(slot))
        };

        {
            let index = a.index.load()?;
            let (constituent, program) = (index.constituent(slot)?, &a.personal_token_program);
            let whose = match &a.wallet {
                Some(_) => Theirs::Named,
                None => Theirs::Own(&wallet),
            };
            let accounts = custody::next_of(&mut rest, constituent, program, whose)?;
            event.to = accounts.theirs();
            let (index_account, amount) = (a.index.as_ref(), event.amount);
            custody::pay_back(&accounts, &index, slot, index_account, amount, cost)?;
        }

        events::log(&event);
    }
    rest.done()?;
    require(paid, IndexError::BasketEmpty)?;
    Ok(())
}

fn require_length(length: usize) -> Result<()> {
    let fits = length > 0 && length <= MAX_CONSTITUENTS;
    require(fits, IndexError::LengthMismatch)?;
    Ok(())
}

/// Gives a contribution up: its wallet at any time, anybody after the deadline.
#[derive(Accounts)]
pub struct CancelBasket<'info> {
    /// The basket's wallet, or after the deadline anybody.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
}

pub(crate) fn cancel_basket(ctx: Context<CancelBasket>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let header = {
        let mut basket = a.basket.load_mut()?;
        require(basket.index == key, IndexError::WrongIndex)?;
        basket.cancel(a.authority.key, clock.unix_timestamp)?;
        a.index.load_mut()?.header(&key, &clock)?
    };

    events::log(&BasketCancelled {
        header,
        basket: a.basket.key(),
        by: a.authority.key(),
    });
    Ok(())
}

/// Closes a basket from which everything was paid. Anybody may.
#[derive(Accounts)]
pub struct CloseBasket<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The basket.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
    /// CHECK: who paid the basket's rent, proven by the basket.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_basket(ctx: Context<CloseBasket>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let header = {
        let basket = a.basket.load()?;
        require(basket.index == key, IndexError::WrongIndex)?;
        basket.require(BasketKind::Payout)?;
        require(basket.is_empty(), IndexError::BasketNotEmpty)?;
        AccountIo::same(a.rent_payer.key, &basket.rent_payer)?;
        a.index.load_mut()?.header(&key, &clock)?
    };
    AccountIo::close(a.basket.as_ref(), &a.rent_payer)?;

    events::log(&BasketClosed {
        header,
        basket: a.basket.key(),
    });
    Ok(())
}
