//! Which poll is meant.

use {
    super::selected::Selected,
    crate::{context::Context, error::Result, values::TokenQuery},
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
    /// Fetches it. Errors: `NotFound`, also if several are open and none is named.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Poll>> {
        if let Some(number) = self.poll {
            return Selected::numbered(&self.token, number, ctx).await;
        }
        let token = ctx.token(&self.token).await?;
        let open = match fetch::open_poll_keys(&token)[..] {
            [only] => fetch::optional(&ctx.client, &only).await?,
            _ => None,
        };
        let poll = open.ok_or_else(|| SdkError::NotFound {
            what: "poll",
            query: format!("the only open one of {}", self.token.0),
        })?;
        Selected::new(token, poll, ctx).await
    }
}
