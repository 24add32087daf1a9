use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report::SlotAmount,
        values::{IndexQuery, Percent, Quantity, When},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        fetch as tokens,
        index::{Auction, BidArgs as Bid, find_auction, instruction},
        instruction::{create_associated, open_holder},
        state::Account,
    },
};

/// Buy in an auction at the price of this second
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index auction bid MAKERS 0 50
  upside index auction bid MAKERS 0 ALL --slippage 0")]
pub struct BidArgs {
    /// The index
    index: IndexQuery,
    /// Number of the auction
    auction: u64,
    /// How much to take of what it sells; ALL that is left
    amount: Quantity,
    /// By how much more than now it may cost, in percent: prices only fall
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "2m")]
    deadline: When,
}

/// Close an auction: the curator at any time, anyone when it is over
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index auction close MAKERS 0")]
pub struct CloseArgs {
    /// The index
    index: IndexQuery,
    /// Number of the auction
    auction: u64,
}

/// A bid that was taken.
#[derive(Debug, Serialize)]
pub struct Taken {
    index: String,
    symbol: String,
    auction: u64,
    wallet: String,
    got: SlotAmount,
    gave: SlotAmount,
    left: SlotAmount,
}

impl Outcome for Taken {
    fn title(&self) -> String {
        format!("Bid in auction {} of {}", self.auction, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("gets", self.got.text()),
            ("gives", self.gave.text()),
            ("left", self.left.text()),
            ("wallet", self.wallet.clone()),
        ]
    }
}

/// An auction closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    index: String,
    symbol: String,
    auction: u64,
    unsold: SlotAmount,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close auction {} of {}", self.auction, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("unsold", self.unsold.text())]
    }
}

async fn auction(found: &Found, number: u64, ctx: &Context) -> Result<Account<Auction>> {
    let key = find_auction(&found.pool.index.key, number).0;
    match tokens::account(&ctx.client, &key, "auction").await {
        Err(SdkError::NotFound { what, .. }) => Err(CliError::Sdk(SdkError::NotFound {
            what,
            query: format!("number {number} of {}", found.symbol),
        })),
        auction => Ok(auction?),
    }
}

pub async fn bid(args: &BidArgs, ctx: &Context) -> Result<Done<Taken>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let auction = auction(&found, args.auction, ctx).await?;
    let data = &auction.data;
    let slot = |number| {
        let slot = found.pool.index.data.constituent(number);
        slot.map_err(SdkError::from)
    };
    let (sell, buy) = (slot(data.sell_slot)?, slot(data.buy_slot)?);
    let decimals = found
        .slots
        .get(data.sell_slot)
        .map_or(0, |slot| slot.decimals);
    let sell_atoms = args.amount.atoms(decimals, data.sell_left)?;
    let cost = data.cost(sell_atoms, found.pool.clock.unix_timestamp);
    let cost = cost.map_err(SdkError::from)?;
    let part = 10_000 + u128::from(args.slippage.bps());
    let most = (u128::from(cost) * part).div_ceil(10_000);
    let bid = Bid {
        sell_atoms,
        most: u64::try_from(most).unwrap_or(u64::MAX),
        deadline: found.at(args.deadline),
    };
    found.require(&me, &[(data.buy_slot, cost)], ctx).await?;
    let mut instructions = Vec::new();
    for slot in [buy, sell] {
        let place = instruction::place_of(slot, &me);
        if tokens::raw(&ctx.client, &[place])
            .await?
            .iter()
            .all(Option::is_none)
        {
            let payer = ctx.keys.payer()?;
            instructions.push(if slot.kind == upside_sdk::index::Kind::Personal as u8 {
                open_holder(&slot.key, &payer, &me, &me)
            } else {
                create_associated(&payer, &me, &slot.key, &slot.token_program())
            });
        }
    }
    instructions.push(instruction::bid(&found.pool.index, &auction, &me, bid)?);
    let report = ctx.send(&Plan::single("bid", instructions).steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::AuctionTraded(event) => Some((event.sold, event.bought, event.sell_left)),
        _ => None,
    });
    let left = data.sell_left.saturating_sub(sell_atoms);
    let (sold, bought, left) = landed.unwrap_or((sell_atoms, cost, left));
    let taken = Taken {
        index: found.key(),
        symbol: found.symbol.clone(),
        auction: data.number,
        wallet: me.to_string(),
        got: found.slots.amount(data.sell_slot, sold),
        gave: found.slots.amount(data.buy_slot, bought),
        left: found.slots.amount(data.sell_slot, left),
    };
    Ok(Done::new(taken, report))
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let auction = auction(&found, args.auction, ctx).await?;
    let close = instruction::close_auction(&auction, &me);
    let steps = Plan::single("close the auction", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let closed = Closed {
        index: found.key(),
        symbol: found.symbol.clone(),
        auction: auction.data.number,
        unsold: found
            .slots
            .amount(auction.data.sell_slot, auction.data.sell_left),
    };
    Ok(Done::new(closed, report))
}
