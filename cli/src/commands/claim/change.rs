use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::claim::ClaimSelector,
        send::completed::{Done, Outcome},
        values::{Decimal, Document, Quantity, text},
    },
    serde::Serialize,
    upside_sdk::{
        action::{self, Plan},
        amount::print,
        error::SdkError,
        inspect::Amount,
        instruction,
        state::{Transformation, text},
    },
    upside_view::style::grouped,
};

/// Change the form of equity on paper, as owner: a conversion, a split, a rollover
///
/// Its cost is carried. Attestations were of the old evidence: it has to be attested anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim transform ADA 0 --units 10_000 --document split.pdf
  upside claim transform ADA 0 --units 500 --name \"Acme Holding\" --document merger.pdf")]
pub struct TransformArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// Units held from now on: 1_000, or 33.333
    #[arg(long)]
    units: Decimal,
    /// Decimals of a unit [default: those of --units, or as it is where that has fewer]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(0..=9))]
    decimals: Option<u8>,
    /// What you hold them to be worth, in the quote currency [default: as it is]
    #[arg(long, value_name = "AMOUNT")]
    value: Option<Decimal>,
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

/// Give units up as worthless, as owner: what they cost is a loss as far as it counts
///
/// Nobody gives up what is owed to holders: a revenue claim ends by its total, its end, or a
/// poll of holders.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim write-off ADA 0 400
  upside claim write-off ADA 0 ALL")]
pub struct WriteOffArgs {
    #[command(flatten)]
    which: ClaimSelector,
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
    held: Amount,
    loss: Option<Amount>,
    cost: Amount,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        format!("{} claim {} of {}", self.title, self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let held = grouped(&self.held);
        let mut rows = vec![("held", format!("{held} units after it"))];
        rows.extend(self.loss.as_ref().map(|loss| ("loss", grouped(loss))));
        rows.push(("cost", grouped(&self.cost)));
        rows
    }
}

pub async fn transform(args: &TransformArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let claim = &found.account.data;
    let kept = |given: &Option<String>, own: &[u8]| {
        given.clone().unwrap_or_else(|| text::read(own).to_string())
    };
    let as_given = args.units.decimals().max(claim.decimals);
    let decimals = args.decimals.unwrap_or(as_given);
    let units = args.units.atoms(decimals)?;
    let into = Transformation {
        units,
        decimals,
        value: match &args.value {
            Some(value) => value.atoms(found.quote_decimals)?,
            None => claim.value,
        },
        name: kept(&args.name, &claim.name),
        unit_label: kept(&args.unit, &claim.unit_label),
        uri: args.uri.clone().unwrap_or_default(),
        document: args.document.0,
    };
    let owner = found.token.data.owner;
    let transform = instruction::transform_claim(&found.account, &owner, into);
    let changed = Changed {
        title: "Transform",
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        held: Amount::new(units, decimals),
        loss: None,
        cost: Amount::new(claim.cost, found.quote_decimals),
    };
    let report = ctx
        .send_shown(&changed, &Plan::single("transform", vec![transform]).steps)
        .await?;
    Ok(Done::new(changed, report))
}

pub async fn write_off(args: &WriteOffArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let claim = &found.account.data;
    let held = claim.held().map_err(SdkError::from)?;
    let units = args.units.atoms(claim.decimals, held)?;
    let left = held.checked_sub(units).ok_or_else(|| {
        CliError::usage(
            format!("the claim holds {} units", print(held, claim.decimals)),
            "write off at most these, or ALL",
        )
    })?;
    let plan = action::write_off_claim(&ctx.client, &found.token, &found.account, units).await?;
    let (loss, steps) = (plan.quote.0, plan.steps);
    let changed = Changed {
        title: "Write off",
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        claim: claim.number,
        held: Amount::new(left, claim.decimals),
        loss: Some(Amount::new(loss, found.quote_decimals)),
        cost: Amount::new(carried_on(claim.cost, left, held), found.quote_decimals),
    };
    let report = ctx
        .send_shown(&changed, &found.managed(ctx, steps)?)
        .await?;
    Ok(Done::new(changed, report))
}

/// What `left` of the `held` units cost.
fn carried_on(cost: u64, left: u64, held: u64) -> u64 {
    let gone = held.saturating_sub(left);
    let part = upside_math::carried(upside_sdk::Atoms(cost), gone, held);
    cost.saturating_sub(part.map_or(0, |part| part.0))
}
