//! `upside index parameters`: fees and the age of harvests, under notice.

use {
    super::weights::due,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        style::span,
        values::{IndexQuery, Percent, seconds, stamp},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        amount,
        error::SdkError,
        index::{ParametersArgs, instruction, symbol},
    },
};

/// Fees and the age of harvests, under notice
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Announce parameters, as curator
    Propose(ProposeArgs),
    /// Apply announced parameters after the notice; anyone may
    Apply(ApplyArgs),
}

/// Announce parameters, as curator
///
/// What is not named stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index parameters propose MAKERS --management-fee 0.5% --max-harvest-age 6h")]
pub struct ProposeArgs {
    /// The index
    index: IndexQuery,
    /// Yearly fee in shares, up to 5 %
    #[arg(long, value_name = "PERCENT")]
    management_fee: Option<Percent>,
    /// Fee on contributions in shares, up to 3 %
    #[arg(long, value_name = "PERCENT")]
    entry_fee: Option<Percent>,
    /// Fee on redemptions in shares, up to 1 %
    #[arg(long, value_name = "PERCENT")]
    exit_fee: Option<Percent>,
    /// Age after which dividends have to be harvested before a contribution, 60s to 7d
    #[arg(long, value_name = "SPAN", value_parser = seconds)]
    max_harvest_age: Option<u32>,
}

/// Apply announced parameters after the notice; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index parameters apply MAKERS")]
pub struct ApplyArgs {
    /// The index
    index: IndexQuery,
}

/// Parameters announced or applied.
#[derive(Debug, Serialize)]
pub struct Parameters {
    index: String,
    symbol: String,
    applied: bool,
    /// In percent.
    management_fee: String,
    entry_fee: String,
    exit_fee: String,
    /// In seconds.
    max_harvest_age: u32,
    /// From when they can be applied, unix seconds.
    effective_at: i64,
}

impl Outcome for Parameters {
    fn title(&self) -> String {
        let verb = if self.applied { "Apply" } else { "Announce" };
        format!("{verb} parameters of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            (
                "management fee",
                format!("{} % a year", self.management_fee),
            ),
            ("entry fee", format!("{} %", self.entry_fee)),
            ("exit fee", format!("{} %", self.exit_fee)),
            (
                "harvests",
                format!("at most {} old", span(self.max_harvest_age.into())),
            ),
        ];
        if !self.applied {
            rows.push(("from", stamp(self.effective_at)));
            let apply = format!("`upside index parameters apply {}`", self.symbol);
            rows.push(("next", apply));
        }
        rows
    }
}

impl Parameters {
    fn of(index: &str, symbol: &str, applied: bool, args: &ParametersArgs, at: i64) -> Self {
        let percent = |bps: u16| amount::print(u64::from(bps), 2);
        Parameters {
            index: index.to_string(),
            symbol: symbol.to_string(),
            applied,
            management_fee: percent(args.management_fee_bps),
            entry_fee: percent(args.entry_fee_bps),
            exit_fee: percent(args.exit_fee_bps),
            max_harvest_age: args.max_harvest_age,
            effective_at: at,
        }
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Propose(args) => out.show(&propose(&args, ctx).await?),
        Command::Apply(args) => out.show(&apply(&args, ctx).await?),
    }
}

async fn propose(args: &ProposeArgs, ctx: &Context) -> Result<Done<Parameters>> {
    let named = args.management_fee.is_some()
        || args.entry_fee.is_some()
        || args.exit_fee.is_some()
        || args.max_harvest_age.is_some();
    if !named {
        return Err(CliError::usage(
            "no parameter to change",
            "give --management-fee, --entry-fee, --exit-fee or --max-harvest-age",
        ));
    }
    let index = ctx.index(&args.index).await?;
    let now = index.data.parameters;
    let bps = |new: Option<Percent>, old: u16| new.map_or(old, Percent::bps);
    let new = ParametersArgs {
        management_fee_bps: bps(args.management_fee, now.management_fee_bps),
        entry_fee_bps: bps(args.entry_fee, now.entry_fee_bps),
        exit_fee_bps: bps(args.exit_fee, now.exit_fee_bps),
        max_harvest_age: args.max_harvest_age.unwrap_or(now.max_harvest_age),
    };
    new.validated().map_err(SdkError::from)?;
    let at = index.data.after_notice(ctx.now().await?);
    let at = at.map_err(SdkError::from)?;
    let propose = instruction::propose_parameters(&index, new);
    let steps = Plan::single("announce parameters", vec![propose]).steps;
    let report = ctx.send(&steps).await?;
    let (key, symbol) = (index.key.to_string(), symbol(&index.data));
    Ok(Done::new(
        Parameters::of(&key, symbol, false, &new, at),
        report,
    ))
}

async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Parameters>> {
    let index = ctx.index(&args.index).await?;
    let (at, new) = (index.data.parameters_at, index.data.pending_parameters);
    due(at, ctx.now().await?)?;
    let apply = instruction::apply_parameters(&index);
    let steps = Plan::single("apply parameters", vec![apply]).steps;
    let report = ctx.send(&steps).await?;
    let new = ParametersArgs {
        management_fee_bps: new.management_fee_bps,
        entry_fee_bps: new.entry_fee_bps,
        exit_fee_bps: new.exit_fee_bps,
        max_harvest_age: new.max_harvest_age,
    };
    let (key, symbol) = (index.key.to_string(), symbol(&index.data));
    Ok(Done::new(
        Parameters::of(&key, symbol, true, &new, at),
        report,
    ))
}
