use {
    super::{fees::accrue, shares::require_in_time},
    crate::{
        custody::{self, Rest},
        error::{IndexError, require},
        events::{self, AuctionTraded},
        state::{Auction, Index},
    },
    anchor_lang::prelude::*,
};

/// What a bidder takes and gives at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct BidArgs {
    /// Atoms to take of what the auction sells.
    pub sell_atoms: u64,
    /// Most atoms to give for them.
    pub most: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// A wallet buys in an auction at the price of this second. The accounts of the
/// bought constituent follow, which the wallet gives, and then those of the sold one.
#[derive(Accounts)]
pub struct Bid<'info> {
    /// The bidder.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The auction.
    #[account(mut)]
    pub auction: AccountLoader<'info, Auction>,
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn bid<'info>(ctx: Context<'info, Bid<'info>>, args: BidArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    require_in_time(now, args.deadline)?;
    let (event, sell, buy) = {
        let mut index = a.index.load_mut()?;
        let mut auction = a.auction.load_mut()?;
        require(auction.index == key, IndexError::WrongIndex)?;
        index.require_running()?;
        accrue(&mut index, &a.mint, now)?;
        let cost = auction.cost(args.sell_atoms, now)?;
        require(cost <= args.most, IndexError::Slippage)?;

        index.trade(&mut auction, args.sell_atoms, cost, now)?;
        let event = AuctionTraded {
            header: index.header(&key, &clock)?,
            number: auction.number,
            wallet: a.wallet.key(),
            sold: args.sell_atoms,
            bought: cost,
            sell_left: auction.sell_left,
        };
        (event, auction.sell_slot, auction.buy_slot)
    };

    {
        let index = a.index.load()?;
        let (program, wallet) = (&a.personal_token_program, &a.wallet);
        let mut rest = Rest(ctx.remaining_accounts);
        let bought = custody::next(&mut rest, index.constituent(buy)?, program, wallet.key)?;
        let sold = custody::next(&mut rest, index.constituent(sell)?, program, wallet.key)?;
        rest.done()?;
        custody::bring_in(&bought, &index, buy, wallet, event.bought)?;
        custody::pay_out(&sold, &index, sell, a.index.as_ref(), event.sold)?;
    }

    events::log(&event);
    Ok(())
}
