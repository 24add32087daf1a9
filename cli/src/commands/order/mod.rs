//! `upside order`: what holders want done with their dividends.

mod execute;
mod list;
mod set;

use {
    crate::{context::Context, error::Result, style::short},
    serde::Serialize,
    upside_sdk::{
        inspect::Amount,
        state::{PersonalToken, StandingOrder},
    },
};

/// Standing orders on your dividends: reinvest them, or leave them to the owner
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Say what becomes of your dividends, until when, and at which price
    Set(set::SetArgs),
    /// End your order, or anybody's that has ended
    Cancel(set::CancelArgs),
    /// List a token's standing orders
    List(list::Args),
    /// Execute orders: one wallet's, or all that can be executed now
    Execute(execute::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Set(args) => out.show(&set::set(&args, ctx).await?),
        Command::Cancel(args) => out.show(&set::cancel(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Execute(args) => out.show(&execute::run(&args, ctx).await?),
    }
}

/// One standing order, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Standing {
    wallet: String,
    /// Whether it buys shares; else the dividends are left to the owner.
    buys: bool,
    /// The owner's key, or the round's address.
    to: String,
    /// Of a whole share, in the quote currency; `null` if it buys none.
    max_price: Option<Amount>,
    /// Most shares that exist before it; `null` if it buys none.
    max_supply: Option<Amount>,
    /// The terms under which it holds; `null` if it buys none.
    terms_version: Option<u64>,
    ends_at: i64,
    /// Whether owner or terms, supply and time are still those that it names.
    holds: bool,
}

impl Standing {
    fn new(order: &StandingOrder, token: &PersonalToken, now: i64) -> Self {
        let buys = order.buys == 1;
        let of_shares = |atoms| Amount::new(atoms, upside_math::SHARE_DECIMALS);
        let price = Amount::new(order.max_price, token.quote().decimals);
        Standing {
            wallet: order.wallet.to_string(),
            buys,
            to: order.to.to_string(),
            max_price: buys.then_some(price),
            max_supply: buys.then(|| of_shares(order.max_supply)),
            terms_version: buys.then_some(order.terms_version),
            ends_at: order.ends_at,
            holds: order.holds(token, now),
        }
    }

    fn what(&self) -> String {
        match self.buys {
            true => format!("buy in round {}", short(&self.to)),
            false => "leave to the owner".to_string(),
        }
    }
}
