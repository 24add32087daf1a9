//! `upside pass`: proof of purchase.

mod buy;
mod spend;
mod verify;

use crate::{context::Context, error::Result};

/// Passes: buy, use, verify
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Get a pass, or extend yours, in the way that the product asks
    Buy(buy::Args),
    /// Use units of a pass up: its wallet and the point of sale both sign
    Use(spend::UseArgs),
    /// Show a wallet's pass
    Show(verify::Args),
    /// Verify a wallet's pass: exit code 0 only where it is valid
    Verify(verify::VerifyArgs),
    /// Close a pass that is over; its rent returns to who paid it
    Close(spend::CloseArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Buy(args) => out.show(&buy::run(&args, ctx).await?),
        Command::Use(args) => out.show(&spend::take(&args, ctx).await?),
        Command::Show(args) => out.show(&verify::check(&args, ctx).await?),
        Command::Verify(args) => verify::run(&args, ctx).await,
        Command::Close(args) => out.show(&spend::close(&args, ctx).await?),
    }
}
