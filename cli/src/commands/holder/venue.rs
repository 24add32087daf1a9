use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, instruction},
};

/// Mark a holder as a venue, which sends and receives freely, as owner
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder venue ADA 7kbn…
  upside holder venue ADA 7kbn… --off")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose holder account
    wallet: Address,
    /// Take the mark away
    #[arg(long)]
    off: bool,
}

/// A mark set or taken away.
#[derive(Debug, Serialize)]
pub struct Venue {
    token: String,
    symbol: String,
    wallet: String,
    venue: bool,
}

impl Outcome for Venue {
    fn title(&self) -> String {
        let what = if self.venue {
            "Mark a venue"
        } else {
            "Unmark a venue"
        };
        format!("{what} of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("wallet", self.wallet.clone())]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Venue>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let set = instruction::set_venue(&token, &args.wallet.key, !args.off);
    let report = ctx
        .send(&Plan::single("set venue", vec![set]).steps)
        .await?;
    let venue = Venue {
        token: token.key.to_string(),
        symbol,
        wallet: args.wallet.to_string(),
        venue: !args.off,
    };
    Ok(Done::new(venue, report))
}
