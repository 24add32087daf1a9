use {
    super::import,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, TokenQuery},
    },
    serde::Serialize,
    std::path::PathBuf,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms,
        action::{self, Issue},
        error::SdkError,
        fetch,
        inspect::Amount,
        quote::CreationQuote,
        state::{Account, PersonalToken},
    },
    upside_view::style::grouped,
};

/// Register new shares to a holder, or to all of a cap table, as owner
///
/// The wallet's holder account is opened where it is missing: the owner may admit
/// anybody. The shares bring their part of every reserve asset and of what still streams
/// out of your endowment, so that nobody's part falls; what it lacks is deposited from your
/// accounts in the same transaction.
///
/// A file is a spreadsheet (CSV) with the columns wallet, shares and paid, or a folder in
/// the Open Cap Table Format: as `holder export` writes both. It is checked as a whole
/// before anything is sent. Run it again if it stopped: who has the shares of their row
/// already gets no more.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token issue ADA 7kbn… 1000                  a gift
  upside holder issue ADA helper.json 500 --paid 50   for 50 paid elsewhere
  upside holder issue ADA --file holders.csv --dry-run
  upside holder issue ADA --file ada.ocf --wallets wallets.csv")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who receives the shares
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    wallet: Option<Address>,
    /// How many shares
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    shares: Option<Decimal>,
    /// What was paid for them elsewhere, in the quote currency
    #[arg(
        long,
        value_name = "AMOUNT",
        default_value = "0",
        conflicts_with = "file"
    )]
    paid: Decimal,
    /// All shares of this cap table
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Wallets of stakeholders of the Open Cap Table Format: a file with a header and lines
    /// `stakeholder,wallet`
    #[arg(long, value_name = "FILE", requires = "file")]
    wallets: Option<PathBuf>,
}

/// What issued shares bring of an asset into reserve and streams.
#[derive(Debug, Serialize)]
pub struct Brought {
    mint: String,
    amount: Amount,
}

impl Brought {
    /// All of it in words.
    pub fn words(all: &[Brought]) -> String {
        if all.is_empty() {
            return "nothing: reserve and streams are empty".to_string();
        }
        let one = |one: &Brought| format!("{} of {}", grouped(&one.amount), one.mint);
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Of every asset something.
pub fn brought(
    ctx: &Context,
    token: &Account<PersonalToken>,
    quote: &CreationQuote,
) -> Result<Vec<Brought>> {
    let listed = token.data.listed().map_err(SdkError::from)?;
    let brings = listed.iter().enumerate().filter_map(|(place, asset)| {
        let whole = quote.parts.of(place).ok().filter(|atoms| *atoms > 0)?;
        Some(Brought {
            mint: asset.mint.to_string(),
            amount: Amount::new(whole, ctx.unit_of(asset)),
        })
    });
    Ok(brings.collect())
}

/// Shares issued.
#[derive(Debug, Serialize)]
pub struct Issued {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    paid: Amount,
    opened: bool,
    brings: Vec<Brought>,
    supply: Amount,
}

impl Outcome for Issued {
    fn title(&self) -> String {
        format!("Issue {} shares of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let opened = if self.opened {
            " (holder account opened)"
        } else {
            ""
        };
        vec![
            ("brings", Brought::words(&self.brings)),
            ("to", format!("{}{opened}", self.wallet)),
            ("paid", grouped(&self.paid)),
            (
                "supply",
                format!("{} shares after it", grouped(&self.supply)),
            ),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match (&args.file, &args.wallet, &args.shares) {
        (Some(file), ..) => {
            let wallets = args.wallets.as_deref();
            out.show(&import::run(&args.token, file, wallets, ctx).await?)
        }
        (None, Some(wallet), Some(shares)) => out.show(&one(args, wallet, shares, ctx).await?),
        _ => Err(CliError::usage(
            "neither a wallet with shares nor a file is given",
            "see `upside holder issue --help`",
        )),
    }
}

async fn one(
    args: &Args,
    wallet: &Address,
    shares: &Decimal,
    ctx: &Context,
) -> Result<Done<Issued>> {
    let shares = shares.shares()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let decimals = token.data.quote().decimals;
    let paid = Atoms(args.paid.atoms(decimals)?);
    let wallet = wallet.key;
    let opened = fetch::holder(&ctx.client, &token.key, &wallet)
        .await?
        .is_none();
    let payer = ctx.keys.payer()?;
    let issue = Issue {
        wallet,
        shares,
        paid,
    };
    let plan = action::issue(&ctx.client, &token, &payer, &[issue]).await?;
    let supply = fetch::share_supply(&ctx.client, &token.key).await?;
    let supply = supply.checked_add(shares).map_err(SdkError::from)?;
    let issued = Issued {
        brings: brought(ctx, &token, &plan.quote)?,
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        paid: Amount::new(paid.0, decimals),
        opened,
        supply: Amount::new(supply.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&issued, &plan.steps).await?;
    Ok(Done::new(issued, report))
}
