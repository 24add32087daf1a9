//! `upside claim`: the vault of equity and revenue.

mod change;
mod close;
mod custody;
mod declare;
mod evidence;
mod exit;
mod list;

use crate::{context::Context, error::Result};

/// The vault of equity and revenue: declare, attest, deposit, exit
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Declare a right: tokenized equity, equity on paper, or a share of revenue
    #[command(subcommand)]
    Declare(declare::Command),
    /// Bring tokenized equity into a claim's vault, as owner
    Deposit(custody::DepositArgs),
    /// Move tokenized equity from a claim into the reserve, as owner
    Release(custody::ReleaseArgs),
    /// Exit equity on paper: its proceeds run through the waterfall
    Exit(exit::ExitArgs),
    /// Book what arrived unasked in a claim's vault; anyone may
    Sync(custody::SyncArgs),
    /// Change the form of equity on paper: conversion, split, rollover
    Transform(change::TransformArgs),
    /// Give units up as worthless
    WriteOff(change::WriteOffArgs),
    /// Sign a statement on a claim, as attester
    Attest(evidence::AttestArgs),
    /// Take a statement back, as attester
    Revoke(evidence::RevokeArgs),
    /// Dispute a claim, as attester
    Dispute(evidence::DisputeArgs),
    /// End a dispute
    Resolve(evidence::ResolveArgs),
    /// Close the account of a claim of which nothing is left
    Close(close::Args),
    /// List all claims of a token
    List(list::ListArgs),
    /// Show one claim
    Show(list::ShowArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Declare(command) => out.show(&declare::run(&command, ctx).await?),
        Command::Deposit(args) => out.show(&custody::deposit(&args, ctx).await?),
        Command::Release(args) => out.show(&custody::release(&args, ctx).await?),
        Command::Exit(args) => out.show(&exit::exit(&args, ctx).await?),
        Command::Sync(args) => out.show(&custody::sync(&args, ctx).await?),
        Command::Transform(args) => out.show(&change::transform(&args, ctx).await?),
        Command::WriteOff(args) => out.show(&change::write_off(&args, ctx).await?),
        Command::Attest(args) => out.show(&evidence::attest(&args, ctx).await?),
        Command::Revoke(args) => out.show(&evidence::revoke(&args, ctx).await?),
        Command::Dispute(args) => out.show(&evidence::dispute(&args, ctx).await?),
        Command::Resolve(args) => out.show(&evidence::resolve(&args, ctx).await?),
        Command::Close(args) => out.show(&close::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
    }
}
