//! Which round is meant, and which rounds sell while somebody pays.

use {
    super::selected::Selected,
    crate::{
        context::Context,
        error::{CliError, Result},
        values::TokenQuery,
    },
    serde::Serialize,
    upside_sdk::{
        action,
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
