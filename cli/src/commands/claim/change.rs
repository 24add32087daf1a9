use {
    super::Which,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        style::grouped,
        values::{Document, Quantity, text},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        amount::Grouped,
        error::SdkError,
        inspect::Amount,
        instruction,
        state::{ClaimKind, Transformation, text},
    },
};

/// Change the form of equity on paper, as owner: a conversion, a split, a rollover
///
/// Its cost is carried. Attestations were of the old evidence: it has to be attested anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim transform ADA 0 --units 10000 --document split.pdf
  upside claim transform ADA 0 --units 500 --name \"Acme Holding\" --document merger.pdf")]
pub struct TransformArgs {
    #[command(flatten)]
    which: Which,
    /// Units held from now on
    #[arg(long)]
    units: u64,
    /// The issuer's new name [default: as it is]
    #[arg(long, value_parser = text(64))]
    name: Option<String>,
    /// What a unit is called [default: as it is]
    #[arg(long, value_parser = text(16))]
    unit: Option<String>,
    /// Address of the new evidence [default: none]
    #[arg(long, value_parser = text(128))]
    uri: Option<String>,
    /// The new evidence: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    document: Document,
}

/// Give units up as worthless, as owner: what they cost is a loss
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim write-off ADA 0 400
  upside claim write-off ADA 0 ALL
  upside claim write-off ADA 1 ALL       a revenue claim, as a whole")]
pub struct WriteOffArgs {
    #[command(flatten)]
    which: Which,
    /// How many units, or ALL
    units: Quantity,
}

/// A claim changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    claim: u64,
    held: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<Amount>,
    cost: Amount,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        format!("{} claim {} of {}", self.title, self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let held = Grouped(self.held.to_string());
        let mut rows = vec![("held", format!("{held} units after it"))];
        rows.extend(self.loss.as_ref().map(|loss| ("loss", grouped(loss))));
        rows.push(("cost", grouped(&self.cost)));
        rows
    }
}

pub async fn transform(args: &TransformArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let claim = &found.claim.data;
    let kept = |given: &Option<String>, own: &[u8]| {
        given.clone().unwrap_or_else(|| text::read(own).to_string())
    };
    let into = Transformation {
        units: args.units,
        name: kept(&args.name, &claim.name),
        unit_label: kept(&args.unit, &claim.unit_label),
        uri: args.uri.clone().unwrap_or_default(),
        document: args.document.0,
    };
    let owner = found.token.data.owner;
    let transform = instruction::transform_claim(&found.claim, &owner, into);
    let report = ctx
        .send(&Plan::single("transform", vec![transform]).steps)
        .await?;
    let changed = Changed {
        title: "Transform",
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        held: args.units,
        loss: None,
        cost: Amount::new(claim.cost, found.decimals),
    };
    Ok(Done::new(changed, report))
}

pub async fn write_off(args: &WriteOffArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let claim = &found.claim.data;
    let held = claim.held().map_err(SdkError::from)?;
    let revenue = claim.kind().map_err(SdkError::from)? == ClaimKind::RevenueShare;
    let units = args.units.atoms(0, held)?;
    let left = held.checked_sub(units).ok_or_else(|| {
        CliError::usage(
            format!("the claim holds {held} units"),
            "write off at most these, or ALL",
        )
    })?;
    let loss = match (revenue, held) {
        (true, _) | (_, 0) => 0,
        _ => {
            let cost = upside_sdk::Atoms(claim.cost);
            upside_math::carried(cost, units, held)
                .map_err(SdkError::from)?
                .0
        }
    };
    let owner = found.token.data.owner;
    let off = instruction::write_off_claim(&found.claim, &owner, units);
    let steps = Plan::single("write off", vec![off]).steps;
    let report = ctx.send(&found.managed(ctx, steps)?).await?;
    let changed = Changed {
        title: "Write off",
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        held: left,
        loss: Some(Amount::new(loss, found.decimals)),
        cost: Amount::new(claim.cost.saturating_sub(loss), found.decimals),
    };
    Ok(Done::new(changed, report))
}
