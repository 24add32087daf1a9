//! `upside index fees`: fees in shares.

use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::{self, facts, grouped, paint, span},
        values::{IndexQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        action::Plan,
        amount,
        error::SdkError,
        event::IndexEvent,
        index::{INDEX_SHARE_DECIMALS, instruction, quote},
        inspect::Amount,
    },
};

/// Fees in shares: show, collect
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show rates and what has accrued
    Show(ShowArgs),
    /// Mint what has accrued to the fee recipient; anyone may
    Collect(CollectArgs),
}

/// Show rates and what has accrued
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index fees show MAKERS")]
pub struct ShowArgs {
    /// The index
    index: IndexQuery,
}

/// Mint what has accrued to the fee recipient; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index fees collect MAKERS")]
pub struct CollectArgs {
    /// The index
    index: IndexQuery,
}

/// Rates and what has accrued.
#[derive(Debug, Serialize)]
pub struct Fees {
    index: String,
    symbol: String,
    recipient: String,
    /// In percent.
    management_fee: String,
    entry_fee: String,
    exit_fee: String,
    /// Not yet minted; it counts like shares that exist.
    pending: Amount,
    /// When a change was announced for, unix seconds.
    changes_at: Option<i64>,
    #[serde(skip)]
    notice: i64,
}

impl fmt::Display for Fees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}",
            paint(style::BOLD, format!("Fees of {}", self.symbol))
        )?;
        let changes = match self.changes_at {
            Some(at) => format!("announced for {}", stamp(at)),
            None => format!("with {} of notice", span(self.notice)),
        };
        f.write_str(&facts(&[
            ("management", format!("{} % a year", self.management_fee)),
            ("entry", format!("{} %", self.entry_fee)),
            ("exit", format!("{} %, none in wind-down", self.exit_fee)),
            ("accrued", format!("{} shares", grouped(&self.pending))),
            ("recipient", self.recipient.clone()),
            ("changes", changes),
        ]))
    }
}

/// Fees minted.
#[derive(Debug, Serialize)]
pub struct Collected {
    index: String,
    symbol: String,
    recipient: String,
    shares: Amount,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!(
            "Collect {} shares of {} in fees",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("to", self.recipient.clone())]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect(&args, ctx).await?),
    }
}

/// Accrued up to now, in share atoms.
fn pending(found: &Found) -> Result<u64, SdkError> {
    let effective = quote::effective_supply(&found.pool)?;
    Ok(effective.saturating_sub(found.pool.mint_supply))
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<Fees> {
    let found = Found::of(&args.index, ctx).await?;
    let data = &found.pool.index.data;
    let percent = |bps: u16| amount::print(u64::from(bps), 2);
    Ok(Fees {
        index: found.key(),
        symbol: found.symbol.clone(),
        recipient: data.fee_recipient.to_string(),
        management_fee: percent(data.parameters.management_fee_bps),
        entry_fee: percent(data.parameters.entry_fee_bps),
        exit_fee: percent(data.parameters.exit_fee_bps),
        pending: Amount::new(pending(&found)?, INDEX_SHARE_DECIMALS),
        changes_at: (data.parameters_at != 0).then_some(data.parameters_at),
        notice: data.terms.notice_seconds.into(),
    })
}

async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let found = Found::of(&args.index, ctx).await?;
    let recipient = found.pool.index.data.fee_recipient;
    let make = found.share_account(&recipient, ctx).await?;
    let mut instructions: Vec<_> = make.into_iter().collect();
    instructions.push(instruction::collect_fees(&found.pool.index));
    let steps = Plan::single("collect fees", instructions).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::FeesCollected(event) => Some(event.shares),
        _ => None,
    });
    let shares = landed.map_or_else(|| pending(&found), Ok)?;
    let collected = Collected {
        index: found.key(),
        symbol: found.symbol.clone(),
        recipient: recipient.to_string(),
        shares: Amount::new(shares, INDEX_SHARE_DECIMALS),
    };
    Ok(Done::new(collected, report))
}
