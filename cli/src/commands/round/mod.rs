//! `upside round`: new shares for sale.

mod close;
mod collect;
mod contribute;
mod end;
mod leave;
mod list;
mod open;
mod settle;

use crate::{context::Context, error::Result};

/// New shares for sale: open, contribute, close, collect or refund, settle
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Open a round, as owner
    Open(open::Args),
    /// List all rounds of a token
    List(list::ListArgs),
    /// Show one round with its contributions
    Show(list::ShowArgs),
    /// Put money into a round
    Contribute(contribute::Args),
    /// Take your contribution back while the round is open
    Leave(leave::Args),
    /// Move a round's end, once, as owner
    Extend(end::ExtendArgs),
    /// End a round with a minimum raise, as owner: everybody is refunded
    Cancel(end::CancelArgs),
    /// Close a round that is over; anyone may
    Close(close::Args),
    /// Register the shares of contributions to a round that succeeded; anyone may
    Collect(collect::CollectArgs),
    /// Pay contributions to a failed round back; anyone may
    Refund(collect::RefundArgs),
    /// Pay the owner's part of a successful round's proceeds; anyone may
    Settle(settle::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Contribute(args) => out.show(&contribute::run(&args, ctx).await?),
        Command::Leave(args) => out.show(&leave::run(&args, ctx).await?),
        Command::Extend(args) => out.show(&end::extend(&args, ctx).await?),
        Command::Cancel(args) => out.show(&end::cancel(&args, ctx).await?),
        Command::Close(args) => out.show(&close::run(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect::collect(&args, ctx).await?),
        Command::Refund(args) => out.show(&collect::refund(&args, ctx).await?),
        Command::Settle(args) => out.show(&settle::run(&args, ctx).await?),
    }
}
