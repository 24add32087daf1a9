//! `upside index auction`: trades towards the weights, at a falling price.

use {
    super::{Found, bid},
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report::{Slot, SlotAmount},
        style::{Column, cell, grouped, span, table},
        values::{IndexQuery, Price, Quantity, TokenQuery, seconds, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_math::price_of,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        index::{Auction, AuctionTerms, fetch, instruction, quote},
        inspect::Amount,
        state::Account,
    },
};

/// Trades towards the weights, at a falling price
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Open an auction of one constituent for another, as curator
    Open(OpenArgs),
    /// Buy in an auction at the price of this second
    Bid(bid::BidArgs),
    /// Close an auction: the curator at any time, anyone when it is over
    Close(bid::CloseArgs),
    /// List open auctions with their prices
    List(ListArgs),
}

/// Open an auction of one constituent for another, as curator
///
/// Sells of what the index holds above its weight, for what it holds below. The price
/// falls exponentially from start to end, in units of what is bought for a whole unit of
/// what is sold. It starts after the notice period at the earliest.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index auction open MAKERS cash ADA --amount 500 --from 20 --to 5 --lasts 1d
  upside index auction open MAKERS ADA cash --amount ALL --from 0.50 --to 0.05")]
pub struct OpenArgs {
    /// The index
    index: IndexQuery,
    /// What to sell: a token, a mint, or cash
    sell: TokenQuery,
    /// What to buy for it
    buy: TokenQuery,
    /// How much to sell at most; ALL that is above the weight
    #[arg(long, value_name = "AMOUNT", default_value = "ALL")]
    amount: Quantity,
    /// Price at the start, in what is bought for a whole unit of what is sold
    #[arg(long, value_name = "PRICE")]
    from: Price,
    /// Price at the end
    #[arg(long, value_name = "PRICE")]
    to: Price,
    /// Time until it starts, at most 90d [default: the notice period]
    #[arg(long, value_name = "SPAN", value_parser = seconds)]
    starts_in: Option<u32>,
    /// Time from start to end, 60s to 30d
    #[arg(long, value_name = "SPAN", default_value = "1d", value_parser = seconds)]
    lasts: u32,
}

/// List open auctions with their prices
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index auction list MAKERS")]
pub struct ListArgs {
    /// The index
    index: IndexQuery,
}

/// An auction opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    index: String,
    symbol: String,
    auction: u64,
    sells: SlotAmount,
    buys: String,
    /// For a whole unit.
    from: Amount,
    to: Amount,
    starts_at: i64,
    ends_at: i64,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!("Open auction {} of {}", self.auction, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (from, to) = (grouped(&self.from), grouped(&self.to));
        let price = format!("{from} falling to {to} {} for each", self.buys);
        vec![
            ("sells", self.sells.text()),
            ("price", price),
            ("starts", stamp(self.starts_at)),
            ("ends", stamp(self.ends_at)),
        ]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open(&args, ctx).await?),
        Command::Bid(args) => out.show(&bid::bid(&args, ctx).await?),
        Command::Close(args) => out.show(&bid::close(&args, ctx).await?),
        Command::List(args) => out.show(&list(&args, ctx).await?),
    }
}

/// Atoms of what is bought for a whole unit of what is sold.
fn of_one(price: u128, sell: &Slot, buy: &Slot) -> Result<Amount> {
    let one = 10u64
        .checked_pow(u32::from(sell.decimals))
        .unwrap_or(u64::MAX);
    let atoms = price_of(one, price).map_err(SdkError::from)?;
    Ok(Amount::new(atoms, buy.decimals))
}

async fn open(args: &OpenArgs, ctx: &Context) -> Result<Done<Opened>> {
    let found = Found::of(&args.index, ctx).await?;
    let (sell, buy) = (found.slots.find(&args.sell)?, found.slots.find(&args.buy)?);
    if sell.number == buy.number {
        return Err(CliError::usage(
            format!("{} cannot be sold for itself", sell.name),
            "name two constituents: what to sell, then what to buy",
        ));
    }
    let data = &found.pool.index.data;
    let held = data.constituent(sell.number).map_err(SdkError::from)?;
    let above = held.counter.saturating_sub(target(&found, sell.number)?);
    let terms = AuctionTerms {
        sell_slot: sell.number,
        buy_slot: buy.number,
        sell_atoms: args.amount.atoms(sell.decimals, above)?,
        start_price: args.from.per_atom(buy.decimals, sell.decimals)?,
        end_price: args.to.per_atom(buy.decimals, sell.decimals)?,
        starts_in: args.starts_in.unwrap_or(data.terms.notice_seconds),
        duration: args.lasts,
    };
    explain(&terms, data.terms.notice_seconds, sell)?;
    let payer = ctx.keys.payer()?;
    let open = instruction::open_auction(&found.pool.index, &payer, terms);
    let steps = Plan::single("open an auction", vec![open]).steps;
    let report = ctx.send(&steps).await?;
    let starts_at = found.pool.clock.unix_timestamp + i64::from(terms.starts_in);
    let opened = Opened {
        index: found.key(),
        symbol: found.symbol.clone(),
        auction: data.auctions_opened,
        sells: found.slots.amount(sell.number, terms.sell_atoms),
        buys: buy.name.clone(),
        from: of_one(terms.start_price, sell, buy)?,
        to: of_one(terms.end_price, sell, buy)?,
        starts_at,
        ends_at: starts_at + i64::from(terms.duration),
    };
    Ok(Done::new(opened, report))
}

/// What a slot should hold by its weight, with the fee accrued.
fn target(found: &Found, slot: u8) -> Result<u64> {
    let weight = found
        .pool
        .index
        .data
        .constituent(slot)
        .map_err(SdkError::from)?;
    let supply = quote::effective_supply(&found.pool)?;
    let up = upside_math::Rounding::Up;
    let target = upside_math::target_atoms(weight.weight, supply, up);
    Ok(target.map_err(SdkError::from)?)
}

/// Says which of the terms is impossible, where the program would only say that one is.
fn explain(terms: &AuctionTerms, notice: u32, sell: &Slot) -> Result<()> {
    let wrong = |message: String, hint: &str| Err(CliError::usage(message, hint));
    if terms.sell_atoms == 0 {
        return wrong(
            format!("nothing of {} is above its weight", sell.name),
            "lower its weight first: `upside index weights propose`",
        );
    }
    if terms.start_price < terms.end_price {
        return wrong(
            "the price would rise".to_string(),
            "give a --from that is at least --to",
        );
    }
    if terms.starts_in < notice {
        return wrong(
            format!("the notice period is {}", span(notice.into())),
            "give a later --starts-in, or leave it out",
        );
    }
    let valid = terms.validate(notice).map_err(SdkError::from);
    Ok(valid?)
}

/// Open auctions.
#[derive(Debug, Serialize)]
pub struct Auctions {
    index: String,
    symbol: String,
    auctions: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    auction: u64,
    sells: SlotAmount,
    buys: String,
    /// For a whole unit, now; none before and after.
    price: Option<Amount>,
    from: Amount,
    to: Amount,
    starts_at: i64,
    ends_at: i64,
}

impl fmt::Display for Auctions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.auctions.is_empty() {
            return f.write_str("No auctions are open");
        }
        let columns = [
            Column::Numbers("auction"),
            Column::Numbers("left"),
            Column::Words("sells"),
            Column::Words("for"),
            Column::Numbers("price now"),
            Column::Numbers("from"),
            Column::Numbers("to"),
            Column::Words("starts"),
            Column::Words("ends"),
        ];
        let rows = self.auctions.iter().map(|line| {
            vec![
                cell(line.auction),
                cell(grouped(&line.sells.amount)),
                cell(&line.sells.name),
                cell(&line.buys),
                cell(line.price.as_ref().map_or("-".to_string(), grouped)),
                cell(grouped(&line.from)),
                cell(grouped(&line.to)),
                cell(stamp(line.starts_at)),
                cell(stamp(line.ends_at)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

async fn list(args: &ListArgs, ctx: &Context) -> Result<Auctions> {
    let found = Found::of(&args.index, ctx).await?;
    let mut lines = Vec::new();
    for auction in fetch::auctions(&ctx.client, &found.pool.index).await? {
        lines.push(line(&found, &auction)?);
    }
    Ok(Auctions {
        index: found.key(),
        symbol: found.symbol.clone(),
        auctions: lines,
    })
}

fn line(found: &Found, auction: &Account<Auction>) -> Result<Line> {
    let data = &auction.data;
    let slot = |number: u8| {
        found.slots.get(number).ok_or_else(|| {
            CliError::Sdk(SdkError::NotFound {
                what: "constituent",
                query: format!("slot {number}"),
            })
        })
    };
    let (sell, buy) = (slot(data.sell_slot)?, slot(data.buy_slot)?);
    let price = data.price(found.pool.clock.unix_timestamp).ok();
    Ok(Line {
        auction: data.number,
        sells: found.slots.amount(sell.number, data.sell_left),
        buys: buy.name.clone(),
        price: price.map(|price| of_one(price, sell, buy)).transpose()?,
        from: of_one(data.start_price.unsigned(), sell, buy)?,
        to: of_one(data.end_price.unsigned(), sell, buy)?,
        starts_at: data.starts_at,
        ends_at: data.ends_at,
    })
}
