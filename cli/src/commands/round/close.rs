use {
    super::Which,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::grouped,
    },
    serde::Serialize,
    upside_sdk::{action, inspect::Amount},
};

/// Close a round that is over; anyone may
///
/// A round is over at its closing time. One with a minimum raise also a day after all was
/// sold; one that sells at once, when all is sold, and its owner may close it at any time.
/// What the shares must bring goes into reserve and streams now: what the owner's endowment
/// lacks for it is deposited from your accounts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside round close ADA")]
pub struct Args {
    #[command(flatten)]
    which: Which,
}

/// A round closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    round: u64,
    succeeded: bool,
    raised: Amount,
    min_raise: Amount,
    #[serde(skip)]
    escrowed: bool,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (result, next) = match (self.succeeded, self.escrowed) {
            (true, true) => (
                "succeeded",
                "`upside round claim --all`, then `upside round settle`",
            ),
            (true, false) => (
                "closed",
                "nothing: shares and proceeds are where they belong",
            ),
            (false, _) => (
                "failed: below its minimum raise",
                "`upside round refund --all`",
            ),
        };
        vec![
            ("result", result.to_string()),
            ("raised", grouped(&self.raised)),
            ("next", next.to_string()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let plan = action::close_round(&ctx.client, &found.token, &found.round, &me).await?;
    let report = ctx.send(&plan.steps).await?;
    let round = &found.round.data;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: round.number,
        succeeded: plan.quote.is_some() || !round.escrows(),
        raised: Amount::new(round.raised, found.decimals),
        min_raise: Amount::new(round.min_raise, found.decimals),
        escrowed: round.escrows(),
    };
    Ok(Done::new(closed, report))
}
