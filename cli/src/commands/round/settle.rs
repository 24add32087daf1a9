use {
    crate::{
        context::Context,
        error::Result,
        select::round::{RoundSelector, explained},
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{action, inspect::Amount},
    upside_view::style::grouped,
};

/// Pay the owner's part of a successful round's proceeds; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside round settle ADA")]
pub struct Args {
    #[command(flatten)]
    which: RoundSelector,
}

/// A round settled.
#[derive(Debug, Serialize)]
pub struct Settled {
    token: String,
    symbol: String,
    round: u64,
    owner: String,
    to_owner: Amount,
}

impl Outcome for Settled {
    fn title(&self) -> String {
        format!("Settle round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("to the owner", grouped(&self.to_owner))]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Settled>> {
    let payer = ctx.keys.payer()?;
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    let plan = action::settle_round(&ctx.client, &found.token, &found.account, &payer)
        .await
        .map_err(|error| explained(&found, now, error))?;
    let settled = Settled {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: found.account.data.number,
        owner: found.token.data.owner.to_string(),
        to_owner: Amount::new(plan.quote.0, found.quote_decimals),
    };
    let report = ctx.send_shown(&settled, &plan.steps).await?;
    Ok(Done::new(settled, report))
}
