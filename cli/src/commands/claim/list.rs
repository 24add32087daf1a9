use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::claim::ClaimSelector,
        values::TokenQuery,
    },
    serde::{Serialize, Serializer},
    std::fmt,
    upside_sdk::{error::SdkError, inspect::ClaimReport},
    upside_view::text::{self, TokenView},
};

/// List all claims of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one claim
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim show ADA 0")]
pub struct ShowArgs {
    #[command(flatten)]
    which: ClaimSelector,
}

/// All claims.
pub struct Claims(TokenView);

impl Serialize for Claims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text::parts(&self.0.report, &["token", "symbol", "claims", "result"]).serialize(serializer)
    }
}

impl fmt::Display for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::claims(&self.0, &self.0.report.claims).trim_start())
    }
}

/// One claim.
#[derive(Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    claim: ClaimReport,
    #[serde(skip)]
    text: String,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_start())
    }
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Claims> {
    Ok(Claims(ctx.view(&args.token).await?))
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let view = ctx.view(&args.which.token).await?;
    let number = args.which.claim;
    let claim = view
        .report
        .claims
        .iter()
        .find(|claim| claim.number == number);
    let claim = claim.cloned().ok_or_else(|| {
        CliError::Sdk(SdkError::NotFound {
            what: "claim",
            query: number.to_string(),
        })
    })?;
    Ok(Shown {
        token: view.report.token.to_string(),
        symbol: view.report.symbol.clone(),
        text: text::claims(&view, [&claim]),
        claim,
    })
}
