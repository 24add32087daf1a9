//! Which grant is meant.

use {
    super::selected::Selected,
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::state::Grant,
};

/// A grant of a token.
#[derive(Debug, clap::Args)]
pub struct GrantSelector {
    /// The token
    token: TokenQuery,
    /// Number of the grant
    grant: u64,
}

impl GrantSelector {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Grant>> {
        Selected::numbered(&self.token, self.grant, ctx).await
    }
}
