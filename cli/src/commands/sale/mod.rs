//! `upside sale`: registered shares against payment, in one instruction.

mod best;
mod buy;
mod list;
mod open;

pub use best::Part;

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        style::{grouped, short},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, fetch,
        inspect::Amount,
        state::{Account, Sale},
    },
};

/// Registered shares for a price: offer, list, cancel, buy, buy the cheapest
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
    /// Buy where it is cheapest, from as many sales as it takes
    BuyBest(best::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::open(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Cancel(args) => out.show(&open::cancel(&args, ctx).await?),
        Command::Buy(args) => out.show(&buy::run(&args, ctx).await?),
        Command::BuyBest(args) => out.show(&best::run(&args, ctx).await?),
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

/// What a seller owes the owner, in words.
pub fn royalty_of(bps: u16, cost: &Amount) -> String {
    if bps == 0 {
        return "none".to_string();
    }
    let percent = Amount::new(u64::from(bps), 2).amount;
    format!(
        "{percent} % of what is received beyond {}, which was paid and is not back yet",
        grouped(cost)
    )
}

/// Points out a price that is far from the last round's.
pub fn far_off(price: u64, last: u64, decimals: u8) -> Option<String> {
    let (price, reference) = (u128::from(price), u128::from(last));
    if last == 0 || (price <= reference * 2 && price * 2 >= reference) {
        return None;
    }
    let (large, small) = (price.max(reference), price.min(reference).max(1));
    let times = u64::try_from(large.saturating_mul(10) / small).unwrap_or(u64::MAX);
    let side = if price > reference { "above" } else { "below" };
    Some(format!(
        "the price is {} times {side} the last round's, {}",
        Amount::new(times, 1).amount,
        grouped(&Amount::new(last, decimals))
    ))
}
