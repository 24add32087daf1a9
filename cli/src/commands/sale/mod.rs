//! `upside sale`: registered shares against payment, in one instruction.

mod buy;
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
        state::{Account, Sale},
    },
};

/// Registered shares for a price: offer, list, cancel, buy
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer your registered shares for a price
    Open(open::OpenArgs),
    /// List what is offered, cheapest first
    List(list::Args),
    /// End a sale unsold: yours, or anybody's that has expired
    Cancel(open::CancelArgs),
    /// Buy from a sale: payment and shares change hands at once
    Buy(buy::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::open(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Cancel(args) => out.show(&open::cancel(&args, ctx).await?),
        Command::Buy(args) => out.show(&buy::run(&args, ctx).await?),
    }
}

/// One sale, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Offered {
    seller: String,
    number: u64,
    shares: Amount,
    /// Of a whole share, in the quote currency.
    price: Amount,
    /// Who alone may buy.
    buyer: Option<String>,
    expires_at: i64,
    expired: bool,
    sold: Amount,
    /// Shares of the seller that it keeps locked: those offered, and what royalty may take.
    locked: Amount,
    royalty_bps: u16,
    royalty_paid: Amount,
}

impl Offered {
    fn new(sale: &Sale, decimals: u8, now: i64) -> Self {
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let anybody = sale.buyer == Pubkey::default();
        Offered {
            seller: sale.seller.to_string(),
            number: sale.number,
            shares: shares(sale.shares),
            price: Amount::new(sale.price, decimals),
            buyer: (!anybody).then(|| sale.buyer.to_string()),
            expires_at: sale.expires_at,
            expired: now > sale.expires_at,
            sold: shares(sale.sold),
            locked: shares(sale.locked().unwrap_or_default()),
            royalty_bps: sale.royalty_bps,
            royalty_paid: shares(sale.royalty_paid),
        }
    }
}

/// A seller's sale by its number, or their only one.
async fn find(
    ctx: &Context,
    token: &Pubkey,
    seller: &Pubkey,
    number: Option<u64>,
) -> Result<Account<Sale>> {
    if let Some(number) = number {
        return Ok(fetch::sale(&ctx.client, token, seller, number).await?);
    }
    let mut own = of_seller(ctx, token, seller).await?;
    let numbers: Vec<String> = own
        .iter()
        .map(|sale| sale.data.number.to_string())
        .collect();
    match own.pop() {
        Some(sale) if numbers.len() == 1 => Ok(sale),
        Some(_) => Err(CliError::usage(
            format!(
                "{} has several sales: {}",
                short(&seller.to_string()),
                numbers.join(", ")
            ),
            "say which with --number",
        )),
        None => Err(CliError::usage(
            format!("{} offers nothing", short(&seller.to_string())),
            "see `upside sale list TOKEN`",
        )),
    }
}

async fn of_seller(ctx: &Context, token: &Pubkey, seller: &Pubkey) -> Result<Vec<Account<Sale>>> {
    let mut sales = fetch::sales(&ctx.client, token).await?;
    sales.retain(|sale| sale.data.seller == *seller);
    sales.sort_by_key(|sale| sale.data.number);
    Ok(sales)
}
