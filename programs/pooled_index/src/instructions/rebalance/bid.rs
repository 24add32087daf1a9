use {
    super::person::{is_settled, redeemable},
    crate::{
        custody::{self, Accounts as Constituents, Kept, Rest},
        error::{IndexError, require},
        events::{self, RebalanceTraded},
        host::AccountIo,
        instructions::{accrue, require_in_time},
        seeds,
        state::{Basket, PooledIndex, Rebalance, Trade},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// What a bidder takes and gives at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidArgs {
    /// Number of the announcement.
    pub nonce: u64,
    /// Slot that the index sells of.
    pub sell: u8,
    /// Slot that the index buys of.
    pub buy: u8,
    /// Atoms to take of the slot that is sold.
    pub take: u64,
    /// Most atoms to give of the slot that is bought.
    pub most: u64,
    /// The wallet's number of the basket that keeps what it takes; not read without one.
    pub basket_number: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// A wallet trades with the index at the price of this second. The accounts of the
/// slot bought follow, which the wallet gives, and then those of the slot sold. With a
/// basket what is taken stays in it, to be paid out once it can move; then of a person
/// that is sold only the token and the index's holder account follow, of a mint nothing.
#[derive(Accounts)]
pub struct Bid<'info> {
    /// The bidder, who signs, pays a basket's rent and gets it back.
    #[account(mut)]
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The index's rebalance.
    #[account(mut)]
    pub rebalance: AccountLoader<'info, Rebalance>,
    /// The basket to make, which keeps what is taken; left out if that is paid at once.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub basket: Option<UncheckedAccount<'info>>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn bid<'info>(ctx: Context<'info, Bid<'info>>, args: BidArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    require_in_time(now, args.deadline)?;
    let (bought, sold) = a.constituents(&args, ctx.remaining_accounts)?;
    let trade = a.read(&args, &bought, &sold)?;
    let basket = a.make_basket(&args)?;
    let event = {
        let mut index = a.index.load_mut()?;
        let mut rebalance = a.rebalance.load_mut()?;
        require(rebalance.index == key, IndexError::WrongIndex)?;
        accrue(&mut index, &a.mint, now)?;
        let cost = rebalance.cost(&index, &trade, now)?;
        require(cost <= args.most, IndexError::Slippage)?;

        let effects = rebalance.trade(&mut index, &trade, cost, now)?;
        a.keep(&mut index, &trade)?;
        RebalanceTraded {
            header: index.header(&key, &clock)?,
            nonce: args.nonce,
            wallet: a.wallet.key(),
            sell: u64::from(args.sell),
            buy: u64::from(args.buy),
            sold: args.take,
            bought: cost,
            sell_left: effects.sell_left,
            buy_left: effects.buy_left,
            basket,
        }
    };

    {
        let index = a.index.load()?;
        custody::bring_in(&bought, &index, args.buy, &a.wallet, event.bought)?;
        require_emptied_clean(&index, &args, &sold, now)?;
        if let Sold::Paid(sold) = &sold {
            custody::pay_out(sold, &index, args.sell, a.index.as_ref(), args.take)?;
        }
    }

    events::log(&event);
    Ok(())
}

/// The accounts of what is sold.
enum Sold<'a, 'info> {
    /// They go to the wallet.
    Paid(Constituents<'a, 'info>),
    /// They stay in a basket.
    Kept(Kept<'a, 'info>),
}

impl<'info> Bid<'info> {
    /// Proves the accounts of both slots. Errors: `NotAConstituent`, `MissingAccounts`,
    /// `ExtraAccounts`, `WrongAccount`, `WrongHolder`, `WrongMint`, `WrongTokenAccount`,
    /// `WrongTokenProgram`.
    #[inline(never)]
    fn constituents<'a>(
        &'a self,
        args: &BidArgs,
        accounts: &'a [AccountInfo<'info>],
    ) -> Result<(Constituents<'a, 'info>, Sold<'a, 'info>)> {
        let index = self.index.load()?;
        let (program, wallet) = (self.personal_token_program.as_ref(), self.wallet.key);
        let mut rest = Rest(accounts);
        let bought = custody::next(&mut rest, index.constituent(args.buy)?, program, wallet)?;
        let sold = index.constituent(args.sell)?;
        let sold = match &self.basket {
            None => Sold::Paid(custody::next(&mut rest, sold, program, wallet)?),
            Some(_) => Sold::Kept(custody::kept(&mut rest, sold)?),
        };
        rest.done()?;
        Ok((bought, sold))
    }

    /// What the accounts of persons say about the trade. Errors: `PersonUnsettled`.
    #[inline(never)]
    fn read(
        &self,
        args: &BidArgs,
        bought: &Constituents<'_, 'info>,
        sold: &Sold<'_, 'info>,
    ) -> Result<Trade> {
        let mut bought_supply = 0;
        if let Constituents::Personal(person) = bought {
            let token = AccountIo::read::<PersonalToken>(person.token)?;
            let holder = AccountIo::read::<Holder>(person.ours)?;
            require(is_settled(&token, &holder)?, IndexError::PersonUnsettled)?;
            bought_supply = token.supply;
        }
        let (mut sold_supply, mut redeemed) = (0, 0);
        if let Some([token, _]) = sold.person() {
            let token = AccountIo::read::<PersonalToken>(token)?;
            let asset = self.index.load()?.constituent(args.buy)?.key;
            sold_supply = token.supply;
            redeemed = redeemable(&token, args.take, &asset)?;
        }
        Ok(Trade {
            nonce: args.nonce,
            sell: args.sell,
            buy: args.buy,
            take: args.take,
            sold_supply,
            bought_supply,
            redeemable: redeemed,
        })
    }

    /// Makes the basket that keeps what is taken; zero without one.
    #[inline(never)]
    fn make_basket(&self, args: &BidArgs) -> Result<Pubkey> {
        let Some(account) = &self.basket else {
            return Ok(Pubkey::default());
        };
        let (index, wallet, nonce) = (self.index.key(), self.wallet.key(), args.basket_number);
        let number = nonce.to_le_bytes();
        let seeds = seeds::basket(&index, &wallet, &number);
        let bump = AccountIo::create_own::<Basket>(&self.wallet, account, &seeds)?;
        let mut basket = AccountIo::load_new::<Basket>(account)?;
        basket.open_payout(&index, &wallet, nonce, bump, args.deadline);
        Ok(account.key())
    }

    /// Books what stays in the basket.
    #[inline(never)]
    fn keep(&self, index: &mut PooledIndex, trade: &Trade) -> Result<()> {
        if let Some(account) = &self.basket {
            let mut basket = AccountIo::load_new::<Basket>(account)?;
            index.keep(&mut basket, trade.sell, trade.take)?;
        }
        Ok(())
    }
}

impl<'a, 'info> Sold<'a, 'info> {
    /// Token and the index's holder account of a person; `None` of a mint.
    fn person(&self) -> Option<[&'a AccountInfo<'info>; 2]> {
        match self {
            Sold::Paid(Constituents::Personal(person)) => Some([person.token, person.ours]),
            Sold::Kept(Kept::Personal(accounts)) => Some(*accounts),
            Sold::Paid(Constituents::Mint(_)) | Sold::Kept(Kept::Mint) => None,
        }
    }
}

/// A person whose slot is empty now must have nothing due to the index.
#[inline(never)]
fn require_emptied_clean(index: &PooledIndex, args: &BidArgs, sold: &Sold, now: i64) -> Result<()> {
    if let Some([token, holder]) = sold.person()
        && !index.constituent(args.sell)?.is_held()
    {
        custody::require_nothing_due(index, token, holder, now)?;
    }
    Ok(())
}
