//! `upside index rebalance`: sell of some, buy of others, announced as a whole.

mod bid;
mod draft;
mod lines;
mod restrict;
mod seal;
mod show;

use crate::{context::Context, error::Result};

/// Sell of some, buy of others, announced as a whole
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Put a draft together, as curator
    Draft(draft::Args),
    /// Announce the draft, as curator
    Seal(seal::Args),
    /// Show the draft, or what is announced and traded
    Show(show::Args),
    /// Trade with the index at the price of this second; anyone may
    Bid(bid::Args),
    /// Make a price better for the index, as launcher or curator
    Tighten(restrict::TightenArgs),
    /// End it: the launcher or the curator at any time, anyone when it is over
    Stop(restrict::StopArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Draft(args) => out.show(&draft::run(&args, ctx).await?),
        Command::Seal(args) => out.show(&seal::run(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::Bid(args) => out.show(&bid::run(&args, ctx).await?),
        Command::Tighten(args) => out.show(&restrict::tighten(&args, ctx).await?),
        Command::Stop(args) => out.show(&restrict::stop(&args, ctx).await?),
    }
}
