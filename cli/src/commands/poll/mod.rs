//! `upside poll`: questions to the holders.

mod act;
mod decimals;
mod put;
mod show;

use crate::{context::Context, error::Result};

/// Questions to the holders: put, vote, apply
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Put a question to the holders, as owner or with 1 % of the eligible shares
    #[command(subcommand)]
    Put(put::Command),
    /// Vote with all that your shares weigh, as holder
    Vote(act::VoteArgs),
    /// Apply a poll that passed; anyone may
    Apply(act::ApplyArgs),
    /// Take a poll back, as who put it
    Cancel(act::CancelArgs),
    /// Close a poll that is over; anyone may
    Close(act::CloseArgs),
    /// List polls: open, lapsed, void and applied ones
    List(show::ListArgs),
    /// Show a poll: what would change, and where it stands
    Show(show::ShowArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Put(command) => out.show(&put::run(&command, ctx).await?),
        Command::Vote(args) => out.show(&act::vote(&args, ctx).await?),
        Command::Apply(args) => out.show(&act::apply(&args, ctx).await?),
        Command::Cancel(args) => out.show(&act::cancel(&args, ctx).await?),
        Command::Close(args) => out.show(&act::close(&args, ctx).await?),
        Command::List(args) => out.show(&show::list(&args, ctx).await?),
        Command::Show(args) => out.show(&show::show(&args, ctx).await?),
    }
}
