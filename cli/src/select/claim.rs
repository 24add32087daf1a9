//! Which claim is meant.

use {
    super::selected::Selected,
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::{
        action::Step,
        error::SdkError,
        fetch, instruction,
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
    /// Decimals of the claim's units.
    pub async fn unit_decimals(&self, ctx: &Context) -> Result<u8> {
        let data = &self.account.data;
        if data.kind().map_err(SdkError::from)? != ClaimKind::TokenizedEquity {
            return Ok(data.decimals);
        }
        Ok(fetch::mint(&ctx.client, &data.mint).await?.decimals)
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
