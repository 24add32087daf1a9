//! `upside index curator`: who runs the index.

use {
    crate::{
        context::Context,
        error::Result,
        send::{
            completed::{Done, Outcome},
            sent::Report,
        },
        values::IndexQuery,
    },
    serde::Serialize,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        index::{PooledIndex, instruction, symbol},
        state::Account,
    },
};

/// Who runs the index: take over, leave
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Take an index over, as the proposed curator
    Accept(AcceptArgs),
    /// Leave for good, which winds the index down, as curator
    Resign(ResignArgs),
}

/// Take an index over, as the proposed curator
///
/// `upside index announce` proposes one. Open announcements stay: look at them before.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k next.json index curator accept MAKERS")]
pub struct AcceptArgs {
    /// The index
    index: IndexQuery,
}

/// Leave for good, which winds the index down, as curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index curator resign MAKERS --yes")]
pub struct ResignArgs {
    /// The index
    index: IndexQuery,
}

/// Who runs an index from now on.
#[derive(Debug, Serialize)]
pub struct Curated {
    index: String,
    symbol: String,
    /// `accepted` or `resigned`.
    change: &'static str,
    curator: Option<String>,
    previous: String,
}

impl Outcome for Curated {
    fn title(&self) -> String {
        let what = match self.change {
            "accepted" => "Take over",
            _ => "The curator leaves",
        };
        format!("{what} {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let curator = self.curator.clone();
        vec![
            ("curator", curator.unwrap_or_else(|| "nobody".to_string())),
            ("before", self.previous.clone()),
        ]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Accept(args) => out.show(&accept(&args, ctx).await?),
        Command::Resign(args) => out.show(&resign(&args, ctx).await?),
    }
}

fn curated(index: &Account<PooledIndex>, curator: Option<Pubkey>, report: Report) -> Done<Curated> {
    let curated = Curated {
        index: index.key.to_string(),
        symbol: symbol(&index.data).to_string(),
        change: curator.map_or("resigned", |_| "accepted"),
        curator: curator.map(|key| key.to_string()),
        previous: index.data.curator.to_string(),
    };
    Done::new(curated, report)
}

async fn accept(args: &AcceptArgs, ctx: &Context) -> Result<Done<Curated>> {
    let index = ctx.index(&args.index).await?;
    let me = ctx.keys.me()?;
    if index.data.pending_curator != me {
        return Err(SdkError::from(IndexError::NotPendingCurator).into());
    }
    let accept = instruction::accept_curator(&index);
    let steps = Plan::single("take the index over", vec![accept]).steps;
    let report = ctx.send(&steps).await?;
    Ok(curated(&index, Some(me), report))
}

async fn resign(args: &ResignArgs, ctx: &Context) -> Result<Done<Curated>> {
    let index = ctx.index(&args.index).await?;
    if ctx.binds() {
        let what = format!(
            "{} would be wound down for good, and what is announced falls\n",
            symbol(&index.data)
        );
        ctx.ask(&what, "Leave?")?;
    }
    let resign = instruction::resign_curator(&index);
    let steps = Plan::single("leave as curator", vec![resign]).steps;
    let report = ctx.send(&steps).await?;
    Ok(curated(&index, None, report))
}
