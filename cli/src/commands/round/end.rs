use {
    crate::{
        context::Context,
        error::Result,
        select::round::RoundSelector,
        send::completed::{Done, Outcome},
        values::{When, stamp},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, inspect::Amount, instruction},
    upside_view::style::grouped,
};

/// Move a round's end, once, as owner
///
/// By at most 90 days, and not on its last day. Backers may leave again until a day before
/// the new end.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round extend ADA 14d                   two weeks from now
  upside round extend ADA 2027-03-31 --round 1")]
pub struct ExtendArgs {
    #[command(flatten)]
    which: RoundSelector,
    /// The new end: a span from now, or a point in time
    closes: When,
}

/// End a round with a minimum raise, as owner: everybody is refunded
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside round cancel ADA")]
pub struct CancelArgs {
    #[command(flatten)]
    which: RoundSelector,
}

/// A round's end moved.
#[derive(Debug, Serialize)]
pub struct Extended {
    token: String,
    symbol: String,
    round: u64,
    before: i64,
    closes_at: i64,
}

impl Outcome for Extended {
    fn title(&self) -> String {
        format!("Extend round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("closed", stamp(self.before)),
            ("closes", stamp(self.closes_at)),
        ]
    }
}

/// A round cancelled.
#[derive(Debug, Serialize)]
pub struct Cancelled {
    token: String,
    symbol: String,
    round: u64,
    raised: Amount,
}

impl Outcome for Cancelled {
    fn title(&self) -> String {
        format!("Cancel round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("to refund", grouped(&self.raised)),
            (
                "next",
                format!("`upside round refund {} --all`", self.symbol),
            ),
        ]
    }
}

pub async fn extend(args: &ExtendArgs, ctx: &Context) -> Result<Done<Extended>> {
    let found = args.which.find(ctx).await?;
    let closes_at = args.closes.at(ctx.now().await?);
    let extend = instruction::extend_round(&found.token, &found.account.key, closes_at);
    let extended = Extended {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: found.account.data.number,
        before: found.account.data.closes_at,
        closes_at,
    };
    let report = ctx
        .send_shown(&extended, &Plan::single("extend round", vec![extend]).steps)
        .await?;
    Ok(Done::new(extended, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Cancelled>> {
    let found = args.which.find(ctx).await?;
    let cancel = instruction::cancel_round(&found.token, &found.account.key);
    let cancelled = Cancelled {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: found.account.data.number,
        raised: Amount::new(found.account.data.raised, found.quote_decimals),
    };
    let report = ctx
        .send_shown(
            &cancelled,
            &Plan::single("cancel round", vec![cancel]).steps,
        )
        .await?;
    Ok(Done::new(cancelled, report))
}
