//! `upside bid`: money that waits for registered shares.

mod best;
mod fill;
mod list;
mod open;

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        style::short,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, fetch,
        inspect::Amount,
        state::{Account, Bid},
    },
};

/// Standing offers to buy registered shares: open, list, show, cancel, fill, fill the best
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer to buy shares for a price; the money waits until somebody sells
    Open(open::OpenArgs),
    /// List what is bid, highest first
    List(list::ListArgs),
    /// Show one bid
    Show(list::ShowArgs),
    /// End a bid: yours, or anybody's that has expired; its money goes back
    Cancel(open::CancelArgs),
    /// Sell into a bid: shares and payment change hands at once
    Fill(fill::Args),
    /// Sell where it brings most, into as many bids as it takes
    FillBest(best::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::open(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Cancel(args) => out.show(&open::cancel(&args, ctx).await?),
        Command::Fill(args) => out.show(&fill::run(&args, ctx).await?),
        Command::FillBest(args) => out.show(&best::run(&args, ctx).await?),
    }
}

/// One bid, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Wanted {
    bidder: String,
    number: u64,
    shares: Amount,
    /// Of a whole share, in the quote currency.
    price: Amount,
    /// Who alone may sell.
    seller: Option<String>,
    expires_at: i64,
    expired: bool,
    bought: Amount,
    /// What waits for sellers, in the quote currency.
    escrow: Amount,
}

impl Wanted {
    fn new(bid: &Bid, decimals: u8, now: i64) -> Self {
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let anybody = bid.seller == Pubkey::default();
        Wanted {
            bidder: bid.bidder.to_string(),
            number: bid.number,
            shares: shares(bid.shares),
            price: Amount::new(bid.price, decimals),
            seller: (!anybody).then(|| bid.seller.to_string()),
            expires_at: bid.expires_at,
            expired: now > bid.expires_at,
            bought: shares(bid.bought),
            escrow: Amount::new(bid.escrow, decimals),
        }
    }
}

/// A bidder's bid by its number, or their only one.
async fn find(
    ctx: &Context,
    token: &Pubkey,
    bidder: &Pubkey,
    number: Option<u64>,
) -> Result<Account<Bid>> {
    if let Some(number) = number {
        return Ok(fetch::bid(&ctx.client, token, bidder, number).await?);
    }
    let mut own = of_bidder(ctx, token, bidder).await?;
    let numbers: Vec<String> = own.iter().map(|bid| bid.data.number.to_string()).collect();
    match own.pop() {
        Some(bid) if numbers.len() == 1 => Ok(bid),
        Some(_) => Err(CliError::usage(
            format!(
                "{} has several bids: {}",
                short(&bidder.to_string()),
                numbers.join(", ")
            ),
            "say which with --number",
        )),
        None => Err(CliError::usage(
            format!("{} bids nothing", short(&bidder.to_string())),
            "see `upside bid list TOKEN`",
        )),
    }
}

async fn of_bidder(ctx: &Context, token: &Pubkey, bidder: &Pubkey) -> Result<Vec<Account<Bid>>> {
    let mut bids = fetch::bids(&ctx.client, token).await?;
    bids.retain(|bid| bid.data.bidder == *bidder);
    bids.sort_by_key(|bid| bid.data.number);
    Ok(bids)
}
