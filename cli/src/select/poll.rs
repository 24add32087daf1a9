//! Which poll is meant.

use {
    super::selected::Selected,
    crate::{
        context::Context,
        error::{CliError, Result},
        values::TokenQuery,
    },
    upside_sdk::{error::SdkError, fetch, state::Poll},
};

/// A poll of a token.
#[derive(Debug, clap::Args)]
pub struct PollSelector {
    /// The token
    pub token: TokenQuery,
    /// Number of the poll [default: the only open one]
    pub poll: Option<u64>,
}

impl PollSelector {
    /// Fetches it. Errors: `NotFound` if none is open; `Usage` if several
    /// are and none is named.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Poll>> {
        if let Some(number) = self.poll {
            return Selected::numbered(&self.token, number, ctx).await;
        }
        let token = ctx.token(&self.token).await?;
        let mut open = fetch::open_polls(&ctx.client, &token).await?;
        let poll = match (open.pop(), open.is_empty()) {
            (Some(only), true) => only,
            (None, _) => {
                let (what, query) = ("open poll", self.token.0.clone());
                return Err(SdkError::NotFound { what, query }.into());
            }
            (Some(last), false) => {
                open.push(last);
                let numbers = open.iter().map(|poll| poll.data.number.to_string());
                let numbers: Vec<String> = numbers.collect();
                return Err(CliError::usage(
                    format!("{} has several open polls", self.token.0),
                    format!("name one of them: {}", numbers.join(", ")),
                ));
            }
        };
        Selected::new(token, poll, ctx).await
    }
}
