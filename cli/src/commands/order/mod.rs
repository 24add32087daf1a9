//! `upside order`: what holders want done with their dividends.

mod execute;
mod list;
mod set;
mod standing;

use crate::{context::Context, error::Result};

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
