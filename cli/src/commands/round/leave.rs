use {
    crate::{
        context::Context,
        error::Result,
        select::round::{RoundSelector, explained},
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{TokenError, action, error::SdkError, inspect::Amount},
    upside_view::style::grouped,
};

/// Take your contribution back while the round is open
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside round leave ADA")]
pub struct Args {
    #[command(flatten)]
    which: RoundSelector,
}

/// A contribution taken back.
#[derive(Debug, Serialize)]
pub struct Left {
    token: String,
    symbol: String,
    round: u64,
    wallet: String,
    returned: Amount,
}

impl Outcome for Left {
    fn title(&self) -> String {
        format!("Leave round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("returned", grouped(&self.returned)),
            ("to", self.wallet.clone()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Left>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    if !found.account.data.escrows() {
        let error = SdkError::from(TokenError::RoundDoesNotEscrow);
        return Err(explained(&found, now, error));
    }
    let plan = action::leave_round(&ctx.client, &found.token, &found.account, &me)
        .await
        .map_err(|error| explained(&found, now, error))?;
    let left = Left {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: found.account.data.number,
        wallet: me.to_string(),
        returned: Amount::new(plan.quote.0, found.quote_decimals),
    };
    let report = ctx.send_shown(&left, &plan.steps).await?;
    Ok(Done::new(left, report))
}
