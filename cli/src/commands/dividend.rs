//! `upside dividend`: what holders earn.

use {
    super::holder::show::of_wallet,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery},
        views,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        Pubkey, TokenError, action,
        error::SdkError,
        event::TokenEvent,
        fetch,
        inspect::{Amount, MintAmount, StreamReport},
        state::{Account, PersonalToken},
    },
    upside_view::{
        style::{self, facts, listed, paint},
        text::{self, Names, TokenView},
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
Examples:
  upside dividend collect ADA
  upside dividend collect --all                of every token of which you hold shares")]
pub struct CollectArgs {
    /// The token
    #[arg(required_unless_present = "all")]
    token: Option<TokenQuery>,
    /// Of every token
    #[arg(long, conflicts_with = "token")]
    all: bool,
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Collect(CollectArgs {
            token: Some(token), ..
        }) => out.show(&collect(&token, ctx).await?),
        Command::Collect(_) => out.show(&collect_all(ctx).await?),
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

/// Dividends of every token collected.
#[derive(Debug, Serialize)]
pub struct CollectedAll {
    wallet: String,
    /// By token, as quoted.
    tokens: Vec<OfToken>,
    #[serde(skip)]
    names: Names,
}

/// What one token pays.
#[derive(Debug, Serialize)]
struct OfToken {
    token: String,
    symbol: String,
    paid: Vec<MintAmount>,
}

impl Outcome for CollectedAll {
    fn title(&self) -> String {
        match self.tokens.len() {
            0 => "No dividends to collect".to_string(),
            1 => "Collect dividends of 1 token".to_string(),
            many => format!("Collect dividends of {many} tokens"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let paid = self.tokens.iter().map(|one| {
            let paid = listed(&one.paid, |mint| self.names.of(mint));
            (one.symbol.as_str(), paid)
        });
        paid.chain([("to", self.wallet.clone())]).collect()
    }
}

async fn collect_all(ctx: &Context) -> Result<Done<CollectedAll>> {
    let me = ctx.keys.me()?;
    let (mut steps, mut tokens) = (Vec::new(), Vec::new());
    for token in ctx.tokens(&[], &me).await? {
        let plan = match action::collect_dividends(&ctx.client, &token, &me).await {
            Err(SdkError::Refused(TokenError::NothingToCollect)) => continue,
            plan => plan?,
        };
        let mut paid = Vec::new();
        for (mint, atoms) in &plan.quote {
            paid.push(amount_of(ctx, &token, mint, atoms.0)?);
        }
        tokens.push(OfToken {
            token: token.key.to_string(),
            symbol: ctx.symbol(&token).await?,
            paid,
        });
        steps.extend(plan.steps);
    }
    let mints = tokens.iter().flat_map(|one| &one.paid);
    let names = views::names(&ctx.client, mints.map(|paid| paid.mint)).await?;
    let collected = CollectedAll {
        wallet: me.to_string(),
        tokens,
        names,
    };
    let report = ctx.send_shown(&collected, &steps).await?;
    Ok(Done::new(collected, report))
}

fn amount_of(
    ctx: &Context,
    token: &Account<PersonalToken>,
    mint: &Pubkey,
    atoms: u64,
) -> Result<MintAmount> {
    let place = token.data.asset_of(mint);
    let asset = place.and_then(|place| token.data.asset(place));
    let asset = asset.map_err(SdkError::from)?;
    Ok(MintAmount {
        mint: *mint,
        amount: Amount::new(atoms, ctx.unit_of(asset)),
    })
}

async fn collect(query: &TokenQuery, ctx: &Context) -> Result<Done<Collected>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(query).await?;
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
        paid.push(amount_of(ctx, &token, mint, *atoms)?);
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
