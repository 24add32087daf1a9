use {
    crate::{
        context::Context,
        error::Result,
        select::round::RoundSelector,
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{action, inspect::Amount},
    upside_view::style::grouped,
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
    which: RoundSelector,
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
    to_reserve: Amount,
    to_stream: Amount,
    to_owner: Amount,
    #[serde(skip)]
    escrowed: bool,
    #[serde(skip)]
    reached: bool,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (symbol, round) = (&self.symbol, self.round);
        let (result, next) = match (self.succeeded, self.escrowed) {
            (true, true) => (
                "succeeded",
                format!(
                    "`upside round collect {symbol} --round {round} --all`, then \
                     `upside round settle {symbol} --round {round}`"
                ),
            ),
            (true, false) => (
                "closed",
                "nothing: shares and proceeds are where they belong".to_string(),
            ),
            (false, _) => (
                if self.reached {
                    "failed: not covered, or wound up"
                } else {
                    "failed: below its minimum raise"
                },
                format!("`upside round refund {symbol} --round {round} --all`"),
            ),
        };
        let mut rows = vec![
            ("result", result.to_string()),
            ("raised", grouped(&self.raised)),
        ];
        if self.succeeded && self.escrowed {
            rows.push(("to reserve", grouped(&self.to_reserve)));
            rows.push(("to stream", grouped(&self.to_stream)));
            rows.push(("to the owner", grouped(&self.to_owner)));
        }
        rows.push(("next", next));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let plan = action::close_round(&ctx.client, &found.token, &found.account, &me).await?;
    let round = &found.account.data;
    // What sold at once went where it belongs with each contribution.
    let placement = plan.quote.as_ref().map(|close| close.placement);
    let placement = placement.unwrap_or_default();
    let placed = |atoms| Amount::new(atoms, found.quote_decimals);
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        round: round.number,
        succeeded: plan.quote.is_some() || !round.escrows(),
        raised: Amount::new(round.raised, found.quote_decimals),
        min_raise: Amount::new(round.min_raise, found.quote_decimals),
        to_reserve: placed(placement.to_reserve.0),
        to_stream: placed(placement.to_stream.0),
        to_owner: placed(placement.to_owner.0),
        escrowed: round.escrows(),
        reached: round.raised >= round.min_raise,
    };
    let report = ctx.send_shown(&closed, &plan.steps).await?;
    Ok(Done::new(closed, report))
}
