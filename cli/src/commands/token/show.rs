use {
    crate::{context::Context, error::Result, values::TokenQuery},
    serde::{Serialize, Serializer},
    std::fmt,
    upside_view::text::{self, TokenView},
};

/// Show a token's terms, roles, supply and open polls
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token show ADA
  upside token show ADA --output json

`upside inspect ADA` looks through to claims, reserve and holders, too.")]
pub struct Args {
    /// The token
    token: TokenQuery,
}

/// A token without what stands behind it.
pub struct Shown(TokenView);

/// What of the look-through is shown.
const PARTS: [&str; 24] = [
    "token",
    "name",
    "symbol",
    "uri",
    "verified",
    "identity",
    "former_names",
    "announced_name",
    "looks_like",
    "creator",
    "owner",
    "pending_owner",
    "guardian",
    "registrar",
    "mint",
    "quote_mint",
    "paused",
    "admission",
    "transfer_policy",
    "governance",
    "terms",
    "supply",
    "result",
    "disclosure",
];

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text::parts(&self.0.report, &PARTS).serialize(serializer)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = &self.0;
        let parts = [
            text::named(view),
            text::terms(view),
            text::supply(view),
            text::disclosure(view),
            text::exits(view),
            text::governance(view),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Shown> {
    Ok(Shown(ctx.view(&args.token).await?))
}
