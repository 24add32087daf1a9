use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        values::{IndexQuery, Percent, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{Pubkey, action::Plan, amount, fetch, index::symbol, instruction},
};

/// Pledge a part of later rounds' shares to an index, as owner
///
/// The index gets as many percent of what each later round sells, in new shares beside
/// those sold. As a member you get shares of the index for them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token pledge ADA MAKERS 5%
  upside token pledge ADA MAKERS 0        ends it for later rounds")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// The index
    index: IndexQuery,
    /// Part of what a round sells, in percent
    part: Percent,
}

/// A pledge made or ended.
#[derive(Debug, Serialize)]
pub struct Pledged {
    token: String,
    symbol: String,
    index: String,
    index_symbol: String,
    /// In percent.
    part: String,
}

impl Outcome for Pledged {
    fn title(&self) -> String {
        if self.part == "0" {
            return format!("End the pledge of {}", self.symbol);
        }
        let Pledged { part, symbol, .. } = self;
        format!(
            "Pledge {part} % of the rounds of {symbol} to {}",
            self.index_symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("token", self.token.clone()), ("index", self.index.clone())]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Pledged>> {
    let token = ctx.token(&args.token).await?;
    let index = ctx.index(&args.index).await?;
    let bps = args.part.bps();
    let name = ctx.symbol(&token).await?;
    let wallet = if bps == 0 {
        Pubkey::default()
    } else {
        index.key
    };
    let holder = fetch::holder(&ctx.client, &token.key, &index.key).await?;
    if bps > 0 && holder.is_none() {
        return Err(CliError::usage(
            format!(
                "{} holds no account of {name}: a pledge would lapse",
                symbol(&index.data)
            ),
            "its curator adds the token first: `upside index add INDEX TOKEN`",
        ));
    }
    let pledge = instruction::set_pledge(&token, &wallet, bps);
    let steps = Plan::single("pledge", vec![pledge]).steps;
    let report = ctx.send(&steps).await?;
    let pledged = Pledged {
        token: token.key.to_string(),
        symbol: name,
        index: index.key.to_string(),
        index_symbol: symbol(&index.data).to_string(),
        part: amount::print(bps.into(), 2),
    };
    Ok(Done::new(pledged, report))
}
