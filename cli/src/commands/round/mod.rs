//! `upside round`: new shares for sale.

mod close;
mod collect;
mod contribute;
mod end;
mod leave;
mod list;
mod open;
mod settle;

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::TokenQuery,
    },
    serde::Serialize,
    upside_sdk::{
        action, fetch,
        state::{Account, PersonalToken, Round},
    },
};

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

/// Rounds that sell at once while somebody pays holders: by number, for scripts too.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Selling(Vec<u64>);

impl Selling {
    /// Looks for them.
    pub async fn of(token: &Account<PersonalToken>, ctx: &Context) -> Result<Self> {
        Ok(Selling(action::selling_at_once(&ctx.client, token).await?))
    }

    /// What whoever pays is to mind; `None` if no round sells.
    pub fn row(&self) -> Option<(&'static str, String)> {
        let rounds = match self.0.as_slice() {
            [] => return None,
            [one] => format!("round {one} sells at once"),
            many => {
                let many: Vec<_> = many.iter().map(u64::to_string).collect();
                format!("rounds {} sell at once", many.join(", "))
            }
        };
        Some((
            "mind",
            format!("{rounds}: whoever buys before this lands has part in it; close it first"),
        ))
    }

    /// Shows it before anything is sent, to whoever reads.
    pub fn warn(&self, ctx: &Context) {
        if let Some((_, text)) = self.row() {
            ctx.output.note(format!("warning: {text}"));
        }
    }
}

/// A round of a token.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The token
    pub token: TokenQuery,
    /// Number of the round [default: the newest]
    #[arg(short, long, value_name = "NUMBER")]
    pub round: Option<u64>,
}

/// What the commands of a round work on.
pub struct Found {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The round.
    pub round: Account<Round>,
    /// The token's symbol.
    pub symbol: String,
    /// Decimals of the quote currency.
    pub decimals: u8,
}

impl Which {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Found> {
        let token = ctx.token(&self.token).await?;
        let number = match (self.round, token.data.rounds.checked_sub(1)) {
            (Some(number), _) => number,
            (None, Some(newest)) => newest,
            (None, None) => {
                return Err(CliError::usage(
                    "this token has no rounds yet",
                    "its owner opens one with `upside round open`",
                ));
            }
        };
        let round = fetch::round(&ctx.client, &token.key, number).await?;
        let symbol = ctx.symbol(&token).await?;
        let decimals = token.data.quote().decimals;
        Ok(Found {
            token,
            round,
            symbol,
            decimals,
        })
    }
}
