//! `upside index wrap`: tickets for what cannot move.

mod show;
mod slot;
mod unwrap;

use crate::{context::Context, error::Result};

/// Tickets for what cannot move
///
/// What the state shows immovable (a person whose transfers are closed, a frozen account, a
/// paused mint) and showed immovable a notice before is wrapped: tickets, minted once, take
/// its place and are redeemed, contributed and traded like any mint. Once it moves again
/// each is worth one atom of it and its part of what they earned.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Note whether the state shows that a slot cannot move; anyone may
    Note(slot::SlotArgs),
    /// Wrap a slot that was noted as stuck a notice ago; anyone may
    Open(slot::SlotArgs),
    /// Show what is noted and what is wrapped
    Show(show::Args),
    /// Collect what a wrapped person owes for the tickets; anyone may
    Harvest(slot::WrapperArgs),
    /// Turn tickets of yours into what they stand for, once it moves
    Unwrap(unwrap::Args),
    /// Make a slot itself again, once it moves; anyone may
    UnwrapSlot(slot::WrapperArgs),
    /// Close a wrapper of which no ticket is left; anyone may
    Close(slot::WrapperArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Note(args) => out.show(&slot::note(&args, ctx).await?),
        Command::Open(args) => out.show(&slot::open(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::Harvest(args) => out.show(&slot::harvest(&args, ctx).await?),
        Command::Unwrap(args) => out.show(&unwrap::run(&args, ctx).await?),
        Command::UnwrapSlot(args) => out.show(&slot::unwrap_slot(&args, ctx).await?),
        Command::Close(args) => out.show(&slot::close(&args, ctx).await?),
    }
}
