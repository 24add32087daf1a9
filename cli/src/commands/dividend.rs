//! `upside dividend`: what holders earn.

use {
    super::holder::show::of_wallet,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        style::{self, facts, listed, paint},
        text::{self, Names, TokenView},
        values::{Address, TokenQuery},
        views,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        Pubkey, action,
        error::SdkError,
        event::TokenEvent,
        fetch,
        inspect::{Amount, MintAmount, StreamReport},
    },
};

/// What holders earn: show, collect
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show what a wallet can collect, and what still streams
    Show(ShowArgs),
    /// Collect what every stream has for you
    Collect(CollectArgs),
}

/// Show what a wallet can collect, and what still streams
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside dividend show ADA
  upside dividend show ADA 7kbn…")]
pub struct ShowArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: the keypair]
    wallet: Option<Address>,
}

/// Collect what every stream has for you
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside dividend collect ADA")]
pub struct CollectArgs {
    /// The token
    token: TokenQuery,
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect(&args, ctx).await?),
    }
}

/// What a wallet can collect, and what still streams to all.
#[derive(Serialize)]
pub struct Dividends {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    collectable: Vec<MintAmount>,
    streams: Vec<StreamReport>,
    #[serde(skip)]
    view: TokenView,
}

impl fmt::Display for Dividends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Dividends of {} for {}", self.symbol, self.wallet);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        let names = &self.view.names;
        f.write_str(&facts(&[
            ("shares", style::grouped(&self.shares)),
            (
                "collectable",
                listed(&self.collectable, |mint| names.of(mint)),
            ),
        ]))?;
        f.write_str(&text::streams(&self.view))
    }
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<Dividends> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let view = ctx.view(&args.token).await?;
    if fetch::holder(&ctx.client, &view.token.key, &wallet)
        .await?
        .is_none()
    {
        let query = wallet.to_string();
        return Err(CliError::Sdk(SdkError::NotFound {
            what: "holder account",
            query,
        }));
    }
    let holding = of_wallet(&view.token, &wallet, &ctx.client).await?;
    Ok(Dividends {
        token: view.report.token.to_string(),
        symbol: view.report.symbol.clone(),
        wallet: holding.wallet,
        shares: holding.shares,
        collectable: holding.collectable,
        streams: view.report.streams.clone(),
        view,
    })
}

/// Dividends collected.
#[derive(Debug, Serialize)]
pub struct Collected {
    token: String,
    symbol: String,
    wallet: String,
    paid: Vec<MintAmount>,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!("Collect dividends of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let paid = listed(&self.paid, |mint| self.names.of(mint));
        vec![("paid", paid), ("to", self.wallet.clone())]
    }
}

async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let plan = action::collect_dividends(&ctx.client, &token, &me).await?;
    let report = ctx.send(&plan.steps).await?;
    let mut landed: Vec<(Pubkey, u64)> = report
        .events()
        .filter_map(|event| match event {
            TokenEvent::DividendCollected(event) => Some((event.mint, event.amount)),
            _ => None,
        })
        .collect();
    if landed.is_empty() {
        landed = plan
            .quote
            .iter()
            .map(|(mint, atoms)| (*mint, atoms.0))
            .collect();
    }
    let mut paid = Vec::new();
    for (mint, atoms) in &landed {
        let asset = token
            .data
            .asset_of(mint)
            .and_then(|place| token.data.asset(place));
        let decimals = asset.map_err(SdkError::from)?.decimals;
        paid.push(MintAmount {
            mint: *mint,
            amount: Amount::new(*atoms, decimals),
        });
    }
    let names = views::names(&ctx.client, paid.iter().map(|paid| paid.mint)).await?;
    let collected = Collected {
        token: token.key.to_string(),
        symbol,
        wallet: me.to_string(),
        paid,
        names,
    };
    Ok(Done::new(collected, report))
}
