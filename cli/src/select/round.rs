//! Which round is meant, and which rounds sell while somebody pays.

use {
    super::selected::Selected,
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{TokenQuery, stamp},
    },
    serde::Serialize,
    std::cmp::Reverse,
    upside_sdk::{
        TokenError, action,
        error::SdkError,
        fetch,
        state::{Account, PersonalToken, Round},
    },
};

/// A round of a token.
#[derive(Debug, clap::Args)]
pub struct RoundSelector {
    /// The token
    pub token: TokenQuery,
    /// Number of the round [default: the newest]
    #[arg(short, long, value_name = "NUMBER")]
    pub round: Option<u64>,
}

impl RoundSelector {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Round>> {
        let token = ctx.token(&self.token).await?;
        let number = match (self.round, token.data.rounds.checked_sub(1)) {
            (Some(number), _) => number,
            (None, Some(newest)) => newest,
            (None, None) => {
                return Err(CliError::usage(
                    "this token has no rounds yet",
                    "its owner opens one: see `upside round open --help`",
                ));
            }
        };
        Selected::of(token, number, ctx).await
    }
}

impl RoundSelector {
    /// Fetches it to buy from: of several open ones the cheapest now, which is said, if none
    /// is named.
    pub async fn find_open(&self, ctx: &Context) -> Result<Selected<Round>> {
        if self.round.is_some() {
            return self.find(ctx).await;
        }
        let token = ctx.token(&self.token).await?;
        let now = ctx.now().await?;
        let mut open: Vec<Account<Round>> = fetch::rounds(&ctx.client, &token.key).await?;
        open.retain(|round| round.data.require_open(now, u64::MAX).is_ok());
        // Of what is left.
        let price = |round: &Account<Round>| {
            let data = &round.data;
            let stages = data
                .stage_prices
                .iter()
                .zip(data.stage_shares)
                .zip(data.sold);
            let left = stages.filter(|((_, shares), sold)| sold < shares);
            left.map(|((price, _), _)| *price).min().unwrap_or(u64::MAX)
        };
        // The newest of equally cheap ones.
        open.retain(|round| price(round) < u64::MAX);
        open.sort_by_key(|round| (price(round), Reverse(round.data.number)));
        let several = open.len() > 1;
        let Some(round) = open.into_iter().next() else {
            return self.find(ctx).await;
        };
        let newest = token.data.rounds.checked_sub(1);
        if several || newest != Some(round.data.number) {
            let number = round.data.number;
            let why = if several {
                "the cheapest open one"
            } else {
                "the open one"
            };
            ctx.output.note(format!("round {number} is meant, {why}"));
        }
        Selected::new(token, round, ctx).await
    }
}

/// A refusal of what comes after a round, with what its state asks for.
pub fn explained(found: &Selected<Round>, now: i64, error: SdkError) -> CliError {
    use upside_sdk::state::RoundStatus as Status;
    let about_rounds = matches!(
        &error,
        SdkError::Refused(
            TokenError::RoundNotSucceeded
                | TokenError::RoundNotFailed
                | TokenError::RoundNotOpen
                | TokenError::RoundAlreadyClosed
                | TokenError::RoundNotOver
        )
    );
    let (data, symbol) = (&found.account.data, &found.symbol);
    let number = data.number;
    let hint = match data.status() {
        Ok(Status::Open) if now < data.closes_at => format!(
            "round {number} is open until {}: how it ends decides what comes after it",
            stamp(data.closes_at)
        ),
        Ok(Status::Open) => format!(
            "round {number} is over and waits to be closed, which anyone may: \
             `upside round close {symbol} --round {number}`"
        ),
        Ok(Status::Failed) => {
            format!("round {number} has failed: `upside round refund {symbol} --round {number}`")
        }
        Ok(Status::Succeeded | Status::Settled) => format!(
            "round {number} has succeeded: `upside round collect {symbol} --round {number}`"
        ),
        _ => return error.into(),
    };
    match about_rounds {
        true => CliError::from(error).hinting(hint),
        false => error.into(),
    }
}

/// Rounds that sell at once while somebody pays holders: by number, for scripts too.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Selling(Vec<u64>);

impl Selling {
    /// Looks for them.
    pub async fn of(token: &Account<PersonalToken>, ctx: &Context) -> Result<Self> {
        Ok(Selling(action::selling_at_once(&ctx.client, token).await?))
    }

    /// What whoever pays is to mind; `None` if no round sells.
    pub fn row(&self) -> Option<(&'static str, String)> {
        let rounds = match self.0.as_slice() {
            [] => return None,
            [one] => format!("round {one} sells at once"),
            many => {
                let many: Vec<_> = many.iter().map(u64::to_string).collect();
                format!("rounds {} sell at once", many.join(", "))
            }
        };
        Some((
            "mind",
            format!("{rounds}: whoever buys before this lands has part in it; close it first"),
        ))
    }

    /// Shows it before anything is sent, to whoever reads.
    pub fn warn(&self, ctx: &Context) {
        if let Some((_, text)) = self.row() {
            ctx.output.note(format!("warning: {text}"));
        }
    }
}
