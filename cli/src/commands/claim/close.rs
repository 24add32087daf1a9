use {
    super::Which,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
    },
    serde::Serialize,
    upside_sdk::{action::Plan, instruction},
};

/// Close the account of a claim of which nothing is left, as owner
///
/// Its rent returns to who paid it; what became of it stays in the events.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim close ADA 0")]
pub struct Args {
    #[command(flatten)]
    which: Which,
}

/// A claim's account closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    claim: u64,
    rent_to: String,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close claim {} of {}", self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("rent to", self.rent_to.clone())]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let close = instruction::close_claim(&found.claim, &me);
    let steps = Plan::single("close claim", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: found.claim.data.number,
        rent_to: found.claim.data.rent_payer.to_string(),
    };
    Ok(Done::new(closed, report))
}
