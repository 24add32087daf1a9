//! `upside index curator`: who runs the index.

use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        send::{Mode, Report},
        values::{Address, IndexQuery, Role},
    },
    serde::Serialize,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        index::{Index, instruction, symbol},
        state::Account,
    },
};

/// Who runs the index: hand over, name roles, leave
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Propose a new curator, or withdraw the proposal, as curator
    Propose(ProposeArgs),
    /// Take an index over, as the proposed curator
    Accept(AcceptArgs),
    /// Name guardian and fee recipient, as curator
    Roles(RolesArgs),
    /// Leave for good, which winds the index down, as curator
    Resign(ResignArgs),
}

/// Propose a new curator, or withdraw the proposal, as curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index curator propose MAKERS 7kbn…
  upside index curator propose MAKERS none")]
pub struct ProposeArgs {
    /// The index
    index: IndexQuery,
    /// Who is to run it; none withdraws a proposal
    curator: Role,
}

/// Take an index over, as the proposed curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k next.json index curator accept MAKERS")]
pub struct AcceptArgs {
    /// The index
    index: IndexQuery,
}

/// Name guardian and fee recipient, as curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index curator roles MAKERS --guardian 7kbn…
  upside index curator roles MAKERS --fee-recipient treasury.json --guardian none")]
pub struct RolesArgs {
    /// The index
    index: IndexQuery,
    /// Who may pause besides the curator; none for nobody
    #[arg(long, value_name = "KEY")]
    guardian: Option<Role>,
    /// Who receives fee shares
    #[arg(long, value_name = "KEY")]
    fee_recipient: Option<Address>,
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
    change: &'static str,
    curator: Option<String>,
    pending_curator: Option<String>,
    guardian: Option<String>,
    fee_recipient: String,
}

impl Outcome for Curated {
    fn title(&self) -> String {
        let what = match self.change {
            "proposed" if self.pending_curator.is_none() => "Withdraw the proposed curator of",
            "proposed" => "Propose a curator of",
            "accepted" => "Take over",
            "roles" => "Name the roles of",
            _ => "The curator leaves",
        };
        format!("{what} {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let shown = |key: &Option<String>| key.clone().unwrap_or("nobody".to_string());
        let mut rows = vec![("curator", shown(&self.curator))];
        if let Some(pending) = &self.pending_curator {
            rows.push(("proposed", format!("{pending}, who must accept")));
        }
        rows.extend([
            ("guardian", shown(&self.guardian)),
            ("fee recipient", self.fee_recipient.clone()),
        ]);
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Propose(args) => out.show(&propose(&args, ctx).await?),
        Command::Accept(args) => out.show(&accept(&args, ctx).await?),
        Command::Roles(args) => out.show(&roles(&args, ctx).await?),
        Command::Resign(args) => out.show(&resign(&args, ctx).await?),
    }
}

/// The outcome, from the index as it will be.
fn curated(after: &Account<Index>, change: &'static str, report: Report) -> Done<Curated> {
    let data = &after.data;
    let named = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    let curated = Curated {
        index: after.key.to_string(),
        symbol: symbol(data).to_string(),
        change,
        curator: named(&data.curator),
        pending_curator: named(&data.pending_curator),
        guardian: named(&data.guardian),
        fee_recipient: data.fee_recipient.to_string(),
    };
    Done::new(curated, report)
}

async fn propose(args: &ProposeArgs, ctx: &Context) -> Result<Done<Curated>> {
    let mut index = ctx.index(&args.index).await?;
    let propose = instruction::propose_curator(&index, &args.curator.0);
    let steps = Plan::single("propose a curator", vec![propose]).steps;
    let report = ctx.send(&steps).await?;
    index.data.pending_curator = args.curator.0;
    Ok(curated(&index, "proposed", report))
}

async fn accept(args: &AcceptArgs, ctx: &Context) -> Result<Done<Curated>> {
    let mut index = ctx.index(&args.index).await?;
    let me = ctx.keys.me()?;
    if index.data.pending_curator != me {
        return Err(SdkError::from(IndexError::NotPendingCurator).into());
    }
    let accept = instruction::accept_curator(&index);
    let steps = Plan::single("take the index over", vec![accept]).steps;
    let report = ctx.send(&steps).await?;
    index.data.curator = me;
    index.data.pending_curator = Pubkey::default();
    Ok(curated(&index, "accepted", report))
}

async fn roles(args: &RolesArgs, ctx: &Context) -> Result<Done<Curated>> {
    if args.guardian.is_none() && args.fee_recipient.is_none() {
        return Err(CliError::usage(
            "no role to name",
            "give --guardian or --fee-recipient",
        ));
    }
    let mut index = ctx.index(&args.index).await?;
    // The program takes both: who is not named stays.
    let guardian = args.guardian.as_ref();
    let guardian = guardian.map_or(index.data.guardian, |role| role.0);
    let recipient = args.fee_recipient.as_ref();
    let recipient = recipient.map_or(index.data.fee_recipient, |address| address.key);
    let set = instruction::set_index_roles(&index, &guardian, &recipient);
    let steps = Plan::single("name the roles", vec![set]).steps;
    let report = ctx.send(&steps).await?;
    index.data.guardian = guardian;
    index.data.fee_recipient = recipient;
    Ok(curated(&index, "roles", report))
}

async fn resign(args: &ResignArgs, ctx: &Context) -> Result<Done<Curated>> {
    let mut index = ctx.index(&args.index).await?;
    if ctx.mode == Mode::Send {
        let what = format!("{} would be wound down for good\n", symbol(&index.data));
        ctx.output.ask(&what, "Leave?")?;
    }
    let resign = instruction::resign_curator(&index);
    let steps = Plan::single("leave as curator", vec![resign]).steps;
    let report = ctx.send(&steps).await?;
    index.data.curator = Pubkey::default();
    index.data.pending_curator = Pubkey::default();
    Ok(curated(&index, "resigned", report))
}
