//! `upside revenue`: what a claim on revenue brings.

use {
    super::claim::Which,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::grouped,
        values::Quantity,
    },
    serde::Serialize,
    upside_sdk::{Atoms, action, error::SdkError, inspect::Amount, state::ClaimKind},
};

/// Pay revenue to holders
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Pay on a revenue claim: a part to the reserve, the rest streams to holders
    Pay(PayArgs),
}

/// Pay on a revenue claim: a part to the reserve, the rest streams to holders
///
/// Anyone may pay, up to the claim's total and before its end.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside revenue pay ADA 1 750
  upside revenue pay ADA 1 ALL         what is left of the claim's total")]
pub struct PayArgs {
    #[command(flatten)]
    which: Which,
    /// How much of the claim's mint, or ALL that the claim may still bring
    amount: Quantity,
}

/// Revenue paid.
#[derive(Debug, Serialize)]
pub struct Paid {
    token: String,
    symbol: String,
    claim: u64,
    payer: String,
    mint: String,
    amount: Amount,
    to_reserve: Amount,
    to_stream: Amount,
    received: Amount,
    total: Amount,
}

impl Outcome for Paid {
    fn title(&self) -> String {
        format!(
            "Pay {} on claim {} of {}",
            grouped(&self.amount),
            self.claim,
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (received, total) = (grouped(&self.received), grouped(&self.total));
        vec![
            ("to the reserve", grouped(&self.to_reserve)),
            ("to the stream", grouped(&self.to_stream)),
            ("claim", format!("{received} of at most {total} after it")),
            ("paid by", self.payer.clone()),
        ]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::Pay(args) => ctx.output.show(&pay(&args, ctx).await?),
    }
}

async fn pay(args: &PayArgs, ctx: &Context) -> Result<Done<Paid>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let claim = &found.claim.data;
    claim
        .require_open(ClaimKind::RevenueShare)
        .map_err(SdkError::from)?;
    let place = found
        .token
        .data
        .asset_of(&claim.mint)
        .map_err(SdkError::from)?;
    let asset = found.token.data.asset(place).map_err(SdkError::from)?;
    let left = claim.total.saturating_sub(claim.received);
    let has = ctx.cash(asset, &me).await?;
    let amount = Atoms(args.amount.atoms(asset.decimals, left.min(has))?);
    let plan = action::pay_revenue(&ctx.client, &found.token, &found.claim, &me, amount).await?;
    ctx.require_cash(asset, &me, amount.0).await?;
    let report = ctx.send(&plan.steps).await?;
    let money = |atoms| Amount::new(atoms, asset.decimals);
    let paid = Paid {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        payer: me.to_string(),
        mint: claim.mint.to_string(),
        amount: money(amount.0),
        to_reserve: money(plan.quote.reserve.0),
        to_stream: money(plan.quote.rest.0),
        received: money(claim.received.saturating_add(amount.0)),
        total: money(claim.total),
    };
    Ok(Done::new(paid, report))
}
