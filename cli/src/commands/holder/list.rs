use {
    crate::{
        context::Context,
        error::Result,
        report::{self, Look},
        values::TokenQuery,
    },
    serde::{Serialize, Serializer},
    std::fmt,
};

/// List holders, largest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder list ADA
  upside holder list ADA --output json-compact")]
pub struct Args {
    /// The token
    token: TokenQuery,
}

/// All holders.
pub struct Holders(Look);

impl Serialize for Holders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        report::parts(&self.0.report, &["token", "symbol", "holders", "supply"])
            .serialize(serializer)
    }
}

impl fmt::Display for Holders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(report::holders(&self.0, usize::MAX).trim_start())
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Holders> {
    Ok(Holders(report::look(&args.token, ctx).await?))
}
