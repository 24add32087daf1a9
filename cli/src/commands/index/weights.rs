//! `upside index weights`: what the index should hold, under notice.

use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report::{SlotAmount, slot_rows},
        values::{IndexQuery, PieceArg, stamp},
    },
    serde::Serialize,
    upside_sdk::{IndexError, action::Plan, error::SdkError, index::instruction},
};

/// What the index should hold, under notice
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Announce weights, as curator
    Propose(ProposeArgs),
    /// Apply announced weights after the notice; anyone may
    Apply(ApplyArgs),
}

/// Announce weights, as curator
///
/// A weight is how much a whole share of the index should hold. Those not named keep
/// theirs. Auctions trade towards them; nothing moves by itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index weights propose MAKERS ADA=0.4 BEN=0.8 cash=2")]
pub struct ProposeArgs {
    /// The index
    index: IndexQuery,
    /// What, and how much of it a whole share of the index should hold
    #[arg(value_name = "TOKEN_OR_MINT=AMOUNT", required = true)]
    weights: Vec<PieceArg>,
}

/// Apply announced weights after the notice; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index weights apply MAKERS")]
pub struct ApplyArgs {
    /// The index
    index: IndexQuery,
}

/// Weights announced or applied.
#[derive(Debug, Serialize)]
pub struct Weights {
    index: String,
    symbol: String,
    applied: bool,
    /// Of a whole share of the index.
    weights: Vec<SlotAmount>,
    /// From when they can be applied, unix seconds.
    effective_at: i64,
}

impl Outcome for Weights {
    fn title(&self) -> String {
        let verb = if self.applied { "Apply" } else { "Announce" };
        format!("{verb} weights of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("a share holds", &self.weights);
        if self.applied {
            let open = "`upside index auction open` trades towards them";
            rows.push(("next", open.to_string()));
        } else {
            rows.push(("from", stamp(self.effective_at)));
            let apply = format!("`upside index weights apply {}`", self.symbol);
            rows.push(("next", apply));
        }
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Propose(args) => out.show(&propose(&args, ctx).await?),
        Command::Apply(args) => out.show(&apply(&args, ctx).await?),
    }
}

async fn propose(args: &ProposeArgs, ctx: &Context) -> Result<Done<Weights>> {
    let found = Found::of(&args.index, ctx).await?;
    let mut weights: Vec<(u8, u64)> = Vec::new();
    for piece in &args.weights {
        let slot = found.slots.find(&piece.what)?;
        if weights.iter().any(|(number, _)| *number == slot.number) {
            return Err(CliError::usage(
                format!("{} is named twice", slot.name),
                "give one weight for each",
            ));
        }
        weights.push((slot.number, piece.amount.atoms(slot.decimals)?));
    }
    let index = &found.pool.index;
    let now = found.pool.clock.unix_timestamp;
    let effective_at = index.data.after_notice(now).map_err(SdkError::from)?;
    let shown = found.slots.amounts(&weights);
    let propose = instruction::propose_weights(index, weights);
    let steps = Plan::single("announce weights", vec![propose]).steps;
    let report = ctx.send(&steps).await?;
    let weights = Weights {
        index: found.key(),
        symbol: found.symbol.clone(),
        applied: false,
        weights: shown,
        effective_at,
    };
    Ok(Done::new(weights, report))
}

async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Weights>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let data = &found.pool.index.data;
    due(data.weights_at, found.pool.clock.unix_timestamp)?;
    let changed = found.pool.constituents();
    let changed: Vec<(u8, u64)> = changed
        .filter(|(_, slot)| slot.pending_weight != slot.weight)
        .map(|(number, slot)| (number, slot.pending_weight))
        .collect();
    let apply = instruction::apply_weights(&found.pool.index, &me);
    let steps = Plan::single("apply weights", vec![apply]).steps;
    let report = ctx.send(&steps).await?;
    let weights = Weights {
        index: found.key(),
        symbol: found.symbol.clone(),
        applied: true,
        weights: found.slots.amounts(&changed),
        effective_at: data.weights_at,
    };
    Ok(Done::new(weights, report))
}

/// Refuses before the notice is over, as the program would.
pub fn due(at: i64, now: i64) -> Result<()> {
    let error = match at {
        0 => IndexError::NothingToApply,
        at if now < at => IndexError::NoticePending,
        _ => return Ok(()),
    };
    Err(SdkError::from(error).into())
}
