//! Which claim is meant.

use {
    super::selected::Selected,
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::{
        action::Step,
        error::SdkError,
        fetch,
        inspect::Unit,
        instruction,
        state::{Claim, ClaimKind},
    },
};

/// A claim of a token.
#[derive(Debug, clap::Args)]
pub struct ClaimSelector {
    /// The token
    pub token: TokenQuery,
    /// Number of the claim
    pub claim: u64,
}

impl ClaimSelector {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Claim>> {
        Selected::numbered(&self.token, self.claim, ctx).await
    }
}

impl Selected<Claim> {
    /// How the claim's units are written.
    pub async fn unit(&self, ctx: &Context) -> Result<Unit> {
        let data = &self.account.data;
        if data.kind().map_err(SdkError::from)? != ClaimKind::TokenizedEquity {
            return Ok(data.decimals.into());
        }
        ctx.look_at(&[data.mint]).await?;
        let decimals = fetch::mint(&ctx.client, &data.mint).await?.decimals;
        Ok(ctx.unit(&data.mint, decimals))
    }

    /// Decimals of what the claim is counted in: of revenue its own mint, else the quote's.
    pub fn paid_decimals(&self) -> Result<u8> {
        let (token, data) = (&self.token.data, &self.account.data);
        if data.kind().map_err(SdkError::from)? != ClaimKind::RevenueShare {
            return Ok(self.quote_decimals);
        }
        let asset = token
            .asset_of(&data.mint)
            .and_then(|place| token.asset(place));
        Ok(asset.map_err(SdkError::from)?.decimals)
    }

    /// The steps as the owner signs them; in a wind-down as the executor does, who acts.
    pub fn managed(&self, ctx: &Context, mut steps: Vec<Step>) -> Result<Vec<Step>> {
        let token = &self.token;
        let executes = ctx.keys.me()? == token.data.executor;
        if executes && token.data.require_active().is_err() {
            for step in &mut steps {
                let calls = std::mem::take(&mut step.instructions).into_iter();
                let calls = calls.map(|call| instruction::by_executor(call, token));
                step.instructions = calls.collect();
            }
        }
        Ok(steps)
    }
}
