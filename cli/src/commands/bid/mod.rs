//! `upside bid`: money that waits for registered shares.

mod best;
mod fill;
mod list;
mod open;
mod waiting;

use crate::{context::Context, error::Result};

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
