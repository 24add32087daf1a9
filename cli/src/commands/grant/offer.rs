use {
    super::{
        granted::by_asset,
        rows::{self, Defaults},
    },
    crate::{
        context::Context,
        error::{CliError, Result},
        send::{
            completed::{Done, Outcome},
            mode::Mode,
            sent::Report,
        },
        values::{Address, Decimal, TokenQuery, When, seconds, stamp},
        views,
    },
    serde::Serialize,
    std::{
        collections::BTreeMap,
        fs,
        io::Write,
        path::{Path, PathBuf},
    },
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, action,
        event::TokenEvent,
        fetch,
        inspect::{Amount, MintAmount},
        state::{Account, GrantOffer, GrantTerms, PersonalToken},
    },
    upside_view::{
        style::{grouped, listed, span},
        text::Names,
    },
};

/// Offer new shares that vest over time, as owner
///
/// Nothing is created until the beneficiary accepts. Until then, or until the offer ends,
/// it keeps cap, yearly room, and what the shares would bring into reserve and streams in
/// your endowment: what that lacks is deposited from your accounts in the same transaction.
///
/// A CSV file has a header and one grant a line. Its columns, in any order:
///   wallet     who gets the shares: an address
///   shares     how many
///   over       over how long all of it vests: 365d, at most ten years
///   cliff      how long nothing vests: 90d          [or --cliff]
///   start      when vesting starts: 2027-02-01, now [or --start]
///   revocable  yes or no                            [or --revocable]
///   lasts      how long the offer lasts             [or --lasts]
/// Every line is checked before anything is sent. If it is interrupted, run it again: what
/// is on the chain, or noted beside the file in FILE.TOKEN.sent, is not sent twice. The same
/// line in a file of another name is another grant.
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  upside grant offer ADA 7kbn… 10000 --cliff 180d --over 1460d --revocable
  upside grant offer ADA --csv team.csv --over 1460d --dry-run    check every line
  upside grant offer ADA --csv team.csv --over 1460d --yes"
)]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who gets the shares as they vest
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    beneficiary: Option<Address>,
    /// How many shares
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    shares: Option<Decimal>,
    /// Offer all grants of this file
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Over how long all of it vests, at most ten years
    #[arg(long, value_name = "SPAN", required_unless_present = "csv")]
    over: Option<String>,
    /// How long nothing vests
    #[arg(long, value_name = "SPAN", default_value = "0s")]
    cliff: String,
    /// When vesting starts
    #[arg(long, value_name = "TIME", default_value = "now")]
    start: String,
    /// Let the owner take back what has not vested
    #[arg(long)]
    revocable: bool,
    /// How long the offer lasts, at most 30 days
    #[arg(long, value_name = "SPAN", default_value = "14d")]
    lasts: String,
}

/// One of the offers.
#[derive(Debug, Serialize)]
pub struct Offered {
    grant: u64,
    /// Its line in the CSV file.
    line: Option<usize>,
    beneficiary: String,
    shares: Amount,
    start: i64,
    cliff_seconds: u32,
    duration_seconds: u32,
    revocable: bool,
    expires_at: i64,
    /// Whether an earlier run sent it.
    sent_before: bool,
}

/// Grants offered.
#[derive(Debug, Serialize)]
pub struct Offers {
    token: String,
    symbol: String,
    /// Shares that this run offers.
    shares: Amount,
    offers: Vec<Offered>,
    /// What accepting all of them would bring now, by mint.
    brings: Vec<MintAmount>,
    #[serde(skip)]
    names: Names,
}

impl Offers {
    fn new_ones(&self) -> usize {
        let new = self.offers.iter().filter(|one| !one.sent_before);
        new.count()
    }
}

impl Outcome for Offers {
    fn title(&self) -> String {
        let shares = grouped(&self.shares);
        match self.offers.len() {
            1 => format!("Offer a grant of {shares} shares of {}", self.symbol),
            _ => format!(
                "Offer {} grants of {shares} shares of {}",
                self.new_ones(),
                self.symbol
            ),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        if let [one] = &self.offers[..] {
            let revocable = if one.revocable {
                "what has not vested"
            } else {
                "nothing"
            };
            rows.extend([
                ("grant", one.grant.to_string()),
                ("to", one.beneficiary.clone()),
                ("from", stamp(one.start)),
                ("cliff", span(i64::from(one.cliff_seconds))),
                ("over", span(i64::from(one.duration_seconds))),
                ("revocable", revocable.to_string()),
                ("offer ends", stamp(one.expires_at)),
            ]);
        }
        let before = self.offers.len() - self.new_ones();
        if before > 0 {
            rows.push(("sent before", format!("{before}, not sent again")));
        }
        let brings = match self.brings.is_empty() {
            true => "nothing: reserve and streams are empty".to_string(),
            false => listed(&self.brings, |mint| self.names.of(mint)),
        };
        rows.push(("brings", brings));
        rows
    }
}

/// Grants that earlier runs offered, by reference.
fn journal(path: &Path) -> BTreeMap<u64, u64> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter_map(|line| {
        let (reference, grant) = line.split_once(',')?;
        Some((reference.parse().ok()?, grant.parse().ok()?))
    });
    lines.collect()
}

/// Notes what landed beside the file.
fn note(path: &Path, token: &Pubkey, report: &Report, ctx: &Context) {
    let mut text = String::new();
    for event in report.events() {
        if let TokenEvent::GrantOffered(event) = event
            && event.header.token == *token
        {
            text += &format!("{},{}\n", event.reference, event.grant);
        }
    }
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = written {
        ctx.output.note(format!(
            "what was sent could not be noted in {}: {error}",
            path.display()
        ));
    }
}

/// What the command line offers, with the lines of a file.
fn requested(args: &Args, now: i64) -> Result<Vec<(Option<usize>, GrantOffer)>> {
    if let Some(path) = &args.csv {
        let defaults = Defaults {
            over: args.over.as_deref(),
            cliff: &args.cliff,
            start: &args.start,
            revocable: args.revocable,
            lasts: &args.lasts,
        };
        let rows = rows::read(path, &defaults, now)?;
        let of_row = |row: rows::Row| (Some(row.line), row.offer);
        return Ok(rows.into_iter().map(of_row).collect());
    }
    let wrong = |name: &str| {
        let hint = "see `upside grant offer --help`";
        let name = name.to_string();
        move |error: String| CliError::usage(format!("--{name}: {error}"), hint)
    };
    let (Some(beneficiary), Some(shares)) = (&args.beneficiary, &args.shares) else {
        return Err(CliError::usage(
            "neither a beneficiary nor a file is given",
            "see `upside grant offer --help`",
        ));
    };
    let start: When = args.start.parse().map_err(wrong("start"))?;
    let over = args.over.as_deref().unwrap_or_default();
    let lasts = seconds(&args.lasts).map_err(wrong("lasts"))?;
    let offer = GrantOffer {
        beneficiary: beneficiary.key,
        terms: GrantTerms {
            shares: shares.shares()?.0,
            start: start.at(now),
            cliff_seconds: seconds(&args.cliff).map_err(wrong("cliff"))?,
            duration_seconds: seconds(over).map_err(wrong("over"))?,
            revocable: args.revocable,
        },
        expires_at: now.saturating_add(i64::from(lasts)),
        reference: 0,
    };
    rows::explain(&offer, now)
        .map_err(|error| CliError::usage(error, "see `upside grant offer --help`"))?;
    Ok(vec![(None, offer)])
}

/// Grants of this file that are on the chain or were noted, by reference.
async fn sent_before(
    args: &Args,
    token: &Account<PersonalToken>,
    ctx: &Context,
) -> Result<BTreeMap<u64, u64>> {
    let Some(file) = journal_of(args, &token.key) else {
        return Ok(BTreeMap::new());
    };
    let mut sent = journal(&file);
    for grant in fetch::grants(&ctx.client, &token.key).await? {
        if grant.data.reference != 0 {
            sent.insert(grant.data.reference, grant.data.number);
        }
    }
    Ok(sent)
}

/// Where what was sent of a file to a token is noted.
fn journal_of(args: &Args, token: &Pubkey) -> Option<PathBuf> {
    let mut name = args.csv.clone()?.into_os_string();
    name.push(format!(".{token}.sent"));
    Some(PathBuf::from(name))
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Offers>> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let requested = requested(args, now)?;
    let sent = sent_before(args, &token, ctx).await?;
    let (mut offers, mut new) = (Vec::new(), Vec::new());
    for (line, offer) in requested {
        let known = sent.get(&offer.reference).filter(|_| offer.reference != 0);
        let next = token.data.grants.saturating_add(new.len() as u64);
        let terms = &offer.terms;
        offers.push(Offered {
            grant: known.copied().unwrap_or(next),
            line,
            beneficiary: offer.beneficiary.to_string(),
            shares: Amount::new(terms.shares, SHARE_DECIMALS),
            start: terms.start,
            cliff_seconds: terms.cliff_seconds,
            duration_seconds: terms.duration_seconds,
            revocable: terms.revocable,
            expires_at: offer.expires_at,
            sent_before: known.is_some(),
        });
        if known.is_none() {
            new.push(offer);
        }
    }
    let payer = ctx.keys.payer()?;
    let plan = match new.is_empty() {
        true => action::Plan {
            quote: action::GrantOffers::default(),
            steps: Vec::new(),
        },
        false => action::offer_grants(&ctx.client, &token, &payer, &new).await?,
    };
    let creation = &plan.quote.creation;
    let brings = ctx.shown(by_asset(&token.data, |place| {
        creation.parts.of(place).unwrap_or_default()
    })?);
    let mints: Vec<Pubkey> = brings.iter().map(|one| one.mint).collect();
    let offered = Offers {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        shares: Amount::new(creation.shares.0, SHARE_DECIMALS),
        names: views::names(&ctx.client, mints).await?,
        offers,
        brings,
    };
    if args.csv.is_some() && ctx.binds() && !plan.steps.is_empty() {
        let facts = upside_view::style::facts(&offered.rows());
        ctx.ask(
            &format!("{}\n{facts}", offered.title()),
            &format!("Send {} transactions?", plan.steps.len()),
        )?;
    }
    let again = "run the command again: what was sent is recognised";
    let report = ctx.send_or(&plan.steps, &[], again).await?;
    if let Some(file) = journal_of(args, &token.key)
        && ctx.mode == Mode::Send
    {
        note(&file, &token.key, &report, ctx);
    }
    Ok(Done::new(offered, report))
}
