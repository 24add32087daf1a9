//! `upside sale`: registered shares against payment, in one instruction.

pub mod best;
mod buy;
mod list;
mod offered;
mod open;
pub mod price;

use crate::{context::Context, error::Result};

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
