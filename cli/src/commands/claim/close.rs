use {
    crate::{
        context::Context,
        error::Result,
        select::claim::ClaimSelector,
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{action, fetch, inspect::Amount},
    upside_view::style::grouped,
};

/// Close the account of a claim that is over, as owner
///
/// Its rent returns to who paid it; what became of it stays in the events. What strangers
/// sent into its custody since goes to the owner.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim close ADA 0")]
pub struct Args {
    #[command(flatten)]
    which: ClaimSelector,
}

/// A claim's account closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    claim: u64,
    /// What lay in its custody unasked and went to the owner.
    left: Option<Amount>,
    rent_to: String,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close claim {} of {}", self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("rent to", self.rent_to.clone())];
        if let Some(left) = &self.left {
            rows.push(("to the owner", format!("{} left in custody", grouped(left))));
        }
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let plan = action::close_claim(&ctx.client, &found.token, &found.account, &me).await?;
    let left = if plan.quote.is_zero() {
        None
    } else {
        let mint = fetch::mint(&ctx.client, &found.account.data.mint).await?;
        Some(Amount::new(plan.quote.0, mint.decimals))
    };
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: found.account.data.number,
        left,
        rent_to: found.account.data.rent_payer.to_string(),
    };
    let report = ctx.send_shown(&closed, &plan.steps).await?;
    Ok(Done::new(closed, report))
}
