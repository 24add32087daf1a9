use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, error::SdkError, fetch, instruction},
};

/// Close an empty holder account; its rent returns to who paid it
///
/// Yours, or once the token is wound up anybody's. Less than an atom of each dividend
/// stays in its stream.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder close ADA
  upside holder close ADA --wallet 7kbn…      of a token that is wound up")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose holder account [default: yours]
    #[arg(long, value_name = "KEY")]
    wallet: Option<Address>,
}

/// A holder account closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    wallet: String,
    rent_to: String,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close a holder account of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("wallet", self.wallet.clone()),
            ("rent to", self.rent_to.clone()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let (me, wallet) = (ctx.keys.me()?, ctx.wallet(args.wallet.as_ref())?);
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let holder = fetch::holder(&ctx.client, &token.key, &wallet).await?;
    let holder = holder.ok_or_else(|| {
        CliError::from(SdkError::NotFound {
            what: "holder account",
            query: wallet.to_string(),
        })
    })?;
    let close = instruction::close_holder(&holder, &me);
    let steps = Plan::single("close holder", vec![close]).steps;
    let closed = Closed {
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        rent_to: holder.data.rent_payer.to_string(),
    };
    let report = ctx.send_shown(&closed, &steps).await?;
    Ok(Done::new(closed, report))
}
