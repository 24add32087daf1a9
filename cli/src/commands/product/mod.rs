//! `upside product`: what a person sells.

mod close;
mod list;
mod open;
pub mod product_report;

use crate::{context::Context, error::Result};

/// What a person sells: for a price, for shares held, for shares burned
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer something, as owner
    Open(Box<open::Args>),
    /// List all products of a token
    List(list::ListArgs),
    /// Show one product with its passes
    Show(list::ShowArgs),
    /// End a product, as owner; its passes go on
    Close(close::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Close(args) => out.show(&close::run(&args, ctx).await?),
    }
}
