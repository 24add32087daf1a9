use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{action, address::find_holder},
};

/// Open a holder account: yours, or as owner or registrar anybody's
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder open ADA                       yours, where admission is open
  upside holder open ADA --wallet 7kbn…        somebody's, by the owner or the registrar")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose account [default: the keypair]
    #[arg(long)]
    wallet: Option<Address>,
}

/// A holder account opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    wallet: String,
    holder: String,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!("Open a holder account of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("wallet", self.wallet.clone()),
            ("holder", self.holder.clone()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Opened>> {
    let (me, wallet) = (ctx.keys.me()?, ctx.wallet(args.wallet.as_ref())?);
    let token = ctx.token(&args.token).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::open_holder(&ctx.client, &token, &payer, &me, &wallet).await?;
    let symbol = ctx.symbol(&token).await?;
    let opened = Opened {
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        holder: find_holder(&token.key, &wallet).0.to_string(),
    };
    let report = ctx.send_shown(&opened, &plan.steps).await?;
    Ok(Done::new(opened, report))
}
