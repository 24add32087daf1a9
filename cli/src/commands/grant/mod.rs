//! `upside grant`: shares for help, which vest over time.

mod accept;
mod cancel;
mod collect;
mod granted;
mod list;
mod offer;
mod revoke;
mod rows;

use crate::{context::Context, error::Result};

/// Shares for help that vest over time: offer, accept, collect, revoke
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer new shares that vest over time, as owner; many at once from a CSV file
    Offer(offer::Args),
    /// Accept an offer, as its beneficiary: the shares are created
    Accept(accept::Args),
    /// End an offer: as owner, as its beneficiary, or as anybody after its end
    Cancel(cancel::CancelArgs),
    /// List all open offers and grants
    List(list::ListArgs),
    /// Show one grant: what has vested, what can be collected
    Show(list::ShowArgs),
    /// Collect what has vested and what it earned, as beneficiary
    Collect(collect::Args),
    /// Take back what has not vested, as owner: it is burned
    Revoke(revoke::Args),
    /// Close a grant of which nothing is left: the rent goes back to who paid it
    Close(cancel::CloseArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Offer(args) => out.show(&offer::run(&args, ctx).await?),
        Command::Accept(args) => out.show(&accept::run(&args, ctx).await?),
        Command::Cancel(args) => out.show(&cancel::cancel(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect::run(&args, ctx).await?),
        Command::Revoke(args) => out.show(&revoke::run(&args, ctx).await?),
        Command::Close(args) => out.show(&cancel::close(&args, ctx).await?),
    }
}
