use {
    super::{
        cap_table::Row,
        ocf::{self, Issuer},
    },
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{TokenQuery, When, iso},
        views,
    },
    clap::ValueEnum,
    serde::Serialize,
    std::{
        collections::BTreeMap,
        fmt,
        path::{Path, PathBuf},
    },
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, fetch,
        inspect::{Amount, HolderReport},
        state::Holder,
    },
    upside_view::Csv,
    upside_view::{
        style::{self, facts, grouped, paint},
        text::TokenView,
    },
};

/// Write the cap table to files: a spreadsheet, or the Open Cap Table Format
///
/// csv: one row a holder, with what the shares cost, what sales brought, what is locked,
/// withdrawn and owed. ocf: a folder of JSON files as lawyers' and investors' software
/// reads them, format 1.2.0: a snapshot, each holder with one security at its average cost;
/// bearer tokens and shares that wait in rounds are securities of their own, so that the
/// sum is the supply.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder export ADA --format csv --file ada.csv
  upside holder export ADA --format ocf --file ada.ocf --currency USD --country GB
  upside holder export ADA --format ocf --file ada.ocf --currency USD --country GB \\
      --legal-name \"Ada King, Countess of Lovelace\" --formed 2027-01-31")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// As what
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write, or for ocf the folder
    #[arg(long, value_name = "PATH")]
    file: PathBuf,
    /// ocf: the ISO 4217 code of the money that the token's currency stands for
    #[arg(long, value_name = "CODE", value_parser = code::<3>, required_if_eq("format", "ocf"))]
    currency: Option<String>,
    /// ocf: the ISO 3166 code of the issuer's country
    #[arg(long, value_name = "CODE", value_parser = code::<2>, required_if_eq("format", "ocf"))]
    country: Option<String>,
    /// ocf: what the issuer is called by law [default: the token's name]
    #[arg(long, value_name = "NAME")]
    legal_name: Option<String>,
    /// ocf: the issuer's day of formation [default: the day on which the token was created]
    #[arg(long, value_name = "DATE")]
    formed: Option<When>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// One table for spreadsheets
    Csv,
    /// The Open Cap Table Format: a folder of JSON files
    Ocf,
}

/// So many capital letters.
fn code<const N: usize>(text: &str) -> Result<String, String> {
    let upper = text.to_uppercase();
    let letters = upper.len() == N && upper.bytes().all(|byte| byte.is_ascii_uppercase());
    letters
        .then_some(upper)
        .ok_or_else(|| format!("{text:?} is no code of {N} letters, such as USD or GB"))
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct Exported {
    format: Format,
    token: String,
    symbol: String,
    files: Vec<String>,
    holders: usize,
    supply: Amount,
    held: Amount,
    bearer: Amount,
    uncollected: Amount,
    /// Time of the reading, unix seconds.
    time: i64,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Cap table of {}", self.symbol);
        writeln!(
            f,
            "{} {}",
            paint(style::GOOD, "✔"),
            paint(style::BOLD, title)
        )?;
        let mut rows = vec![
            ("holders", self.holders.to_string()),
            ("in their accounts", grouped(&self.held)),
            ("bearer tokens", grouped(&self.bearer)),
            ("waiting in rounds", grouped(&self.uncollected)),
            ("supply", grouped(&self.supply)),
        ];
        rows.extend(self.files.iter().map(|file| ("written", file.clone())));
        f.write_str(&facts(&rows))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Exported> {
    let view = ctx.view(&args.token).await?;
    let accounts = fetch::holders(&ctx.client, &view.token.key).await?;
    let mut accounts: BTreeMap<Pubkey, Holder> = accounts
        .into_iter()
        .map(|holder| (holder.data.wallet, holder.data))
        .collect();
    let holders = view.report.holders.iter();
    let row = |report: &HolderReport| {
        let account = accounts.remove(&report.wallet)?;
        let report = report.clone();
        Some(Row { report, account })
    };
    let rows: Vec<Row> = holders.filter_map(row).collect();
    let files = match args.format {
        Format::Csv => {
            views::write_file(&args.file, sheet(&view, &rows).text())?;
            vec![args.file.clone()]
        }
        Format::Ocf => ocf::write(&args.file, &view, &rows, &issuer(args, &view, ctx).await?)?,
    };
    let supply = &view.report.supply;
    let path = |path: &PathBuf| Path::display(path).to_string();
    Ok(Exported {
        format: args.format,
        token: view.report.token.to_string(),
        symbol: view.report.symbol.clone(),
        files: files.iter().map(path).collect(),
        holders: rows.len(),
        supply: supply.total,
        held: supply.held,
        bearer: supply.bearer,
        uncollected: supply.uncollected,
        time: view.report.time,
    })
}

/// One row a holder, largest first.
fn sheet(view: &TokenView, rows: &[Row]) -> Csv {
    let quote = view.names.of(&view.report.quote_mint);
    let decimals = view.token.data.quote().decimals;
    let payouts = view.report.assets.iter().filter(|asset| asset.payout);
    let payouts: Vec<Pubkey> = payouts.map(|asset| asset.mint).collect();
    let mut header: Vec<String> = ["wallet", "shares", "percent", "locked", "withdrawn"]
        .map(str::to_string)
        .to_vec();
    header.extend([format!("cost {quote}"), format!("proceeds {quote}")]);
    header.extend(
        payouts
            .iter()
            .map(|mint| format!("owed {}", view.names.of(mint))),
    );
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut csv = Csv::new(&header);
    for Row { report, account } in rows {
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS).to_string();
        let mut cells = vec![
            report.wallet.to_string(),
            report.shares.to_string(),
            report.part.to_string(),
            shares(account.locked),
            shares(account.withdrawn),
            report.cost.to_string(),
            Amount::new(account.proceeds, decimals).to_string(),
        ];
        cells.extend(payouts.iter().map(|mint| {
            let mut owed = report.collectable.iter();
            let owed = owed.find(|amount| amount.mint == *mint);
            owed.map_or_else(|| "0".to_string(), |owed| owed.amount.to_string())
        }));
        csv.row(cells);
    }
    csv
}

/// What the format wants to know of the issuer and the chain does not.
async fn issuer(args: &Args, view: &TokenView, ctx: &Context) -> Result<Issuer> {
    let missing = |what: &str| {
        CliError::usage(
            format!("the format wants the issuer's {what}"),
            "give --currency and --country, as --currency USD --country GB",
        )
    };
    let formed = match args.formed {
        Some(formed) => formed.at(view.report.time),
        None => {
            let slot = view.token.data.created_slot;
            let time = ctx.client.get_block_time(slot).await;
            time.map_err(|_| {
                CliError::usage(
                    format!("the node does not know the time of slot {slot}, in which the token was created"),
                    "give --formed, as --formed 2027-01-31",
                )
            })?
        }
    };
    let name = args.legal_name.as_ref().unwrap_or(&view.report.name);
    Ok(Issuer {
        legal_name: name.clone(),
        formed: iso(formed).chars().take(10).collect(),
        currency: args.currency.clone().ok_or_else(|| missing("currency"))?,
        country: args.country.clone().ok_or_else(|| missing("country"))?,
    })
}
