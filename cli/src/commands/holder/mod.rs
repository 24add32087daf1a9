//! `upside holder`: registered shares and where they go.

mod approval;
mod bearer;
mod cap_table;
mod close;
mod export;
mod import;
pub mod issue;
mod list;
mod ocf;
mod open;
mod rows;
pub mod show;
mod transfer;
mod venue;

use crate::{context::Context, error::Result};

/// Registered shares: open an account, transfer, withdraw to a wallet and back
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Open a holder account: yours, or as owner or registrar anybody's
    Open(open::Args),
    /// List holders: sorted, in pages
    List(list::Args),
    /// Show one wallet's shares, dividends and cash
    Show(show::Args),
    /// Give registered shares to another holder
    Transfer(transfer::Args),
    /// Approve one transfer between two wallets, as owner
    Approve(approval::ApproveArgs),
    /// Take an unused approval back, as owner
    Revoke(approval::RevokeArgs),
    /// Turn registered shares into bearer tokens in your wallet
    Withdraw(bearer::WithdrawArgs),
    /// Turn bearer tokens in your wallet into registered shares
    Deposit(bearer::DepositArgs),
    /// Have deposited shares earn and vote whose day is over; anyone may
    Warm(bearer::WarmArgs),
    /// Register new shares to a holder, or to all of a cap table, as owner
    Issue(issue::Args),
    /// Mark a holder as a venue, which sends and receives freely, as owner
    Venue(venue::Args),
    /// Close an empty holder account
    Close(close::Args),
    /// Write the cap table to files: a spreadsheet, or the Open Cap Table Format
    Export(export::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::Transfer(args) => out.show(&transfer::run(&args, ctx).await?),
        Command::Approve(args) => out.show(&approval::approve(&args, ctx).await?),
        Command::Revoke(args) => out.show(&approval::revoke(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&bearer::withdraw(&args, ctx).await?),
        Command::Deposit(args) => out.show(&bearer::deposit(&args, ctx).await?),
        Command::Warm(args) => out.show(&bearer::warm(&args, ctx).await?),
        Command::Issue(args) => issue::run(&args, ctx).await,
        Command::Venue(args) => out.show(&venue::run(&args, ctx).await?),
        Command::Close(args) => out.show(&close::run(&args, ctx).await?),
        Command::Export(args) => out.show(&export::run(&args, ctx).await?),
    }
}
