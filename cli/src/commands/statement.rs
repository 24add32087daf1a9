use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{Address, Between, TokenQuery, When},
        views,
    },
    std::{collections::BTreeMap, path::PathBuf},
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        history::{self, Query},
        pass,
        state::{Account, ClaimKind, PersonalToken},
    },
    upside_view::statement::{self, Books, Statement},
};

/// Show what came into a wallet and went out of it with tokens of people, for the tax office
///
/// Purchases, sales, redemptions, grants, dividends and what waits in rounds and bids, with
/// the average cost of what was given away, the royalty and the gain. Of each token that the
/// wallet has a holder account of; name others that it once had with --token. Fees of the
/// network, shares of indexes and bearer tokens that moved from wallet to wallet are not in it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside statement --year 2026
  upside statement ben.json --year 2026 --csv 2026.csv
  upside statement --since 2026-07-01 --until 2026-12-31 --token ADA --output json")]
pub struct Args {
    /// Whose [default: the keypair]
    wallet: Option<Address>,
    /// The year, in UTC [default: everything]
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["since", "until"])]
    #[arg(value_parser = clap::value_parser!(u16).range(2020..=2200))]
    year: Option<u16>,
    #[command(flatten)]
    between: Between,
    /// Only of this token, or of one whose holder account was closed; repeat for several
    #[arg(long = "token", value_name = "TOKEN")]
    tokens: Vec<TokenQuery>,
    /// Write it to this file as a table, too
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// The first second of a year.
fn new_year(year: u16) -> Result<i64> {
    let when: When = format!("{year}-01-01")
        .parse()
        .map_err(|error: String| CliError::usage(error, "write --year 2026"))?;
    Ok(when.at(0))
}

impl Args {
    /// First and last second.
    fn span(&self, now: i64) -> Result<(i64, i64)> {
        if let Some(year) = self.year {
            let next = new_year(year.saturating_add(1))?;
            return Ok((new_year(year)?, next.saturating_sub(1)));
        }
        let (since, until) = self.between.at(now)?;
        Ok((since.unwrap_or(0), until.unwrap_or(now)))
    }
}

async fn books(token: &Account<PersonalToken>, ctx: &Context) -> Result<Books> {
    let client = &ctx.client;
    let rounds = fetch::rounds(client, &token.key).await?;
    let escrowing = rounds.iter().filter(|round| round.data.escrows());
    let products = match token.data.products {
        0 => Vec::new(),
        _ => pass::products(client, &token.key).await?,
    };
    let paid = products
        .iter()
        .filter(|one| one.data.mint != Pubkey::default());
    let mut claims = BTreeMap::new();
    for claim in fetch::claims(client, &token.key).await? {
        let kind = claim.data.kind().map_err(SdkError::from)?;
        if kind == ClaimKind::TokenizedEquity && claim.data.mint != Pubkey::default() {
            let decimals = fetch::mint(client, &claim.data.mint).await?.decimals;
            claims.insert(claim.data.number, (claim.data.mint, decimals));
        }
    }
    Ok(Books {
        token: token.data,
        escrowing: escrowing.map(|round| round.data.number).collect(),
        products: paid.map(|one| (one.data.number, one.data.mint)).collect(),
        claims,
    })
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Statement> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let (from, until) = args.span(ctx.now().await?)?;
    let mut statement = Statement::new(&wallet, from, until);
    let progress = ctx.output.progress(1);
    for token in ctx.tokens(&args.tokens, &wallet).await? {
        let symbol = ctx.symbol(&token).await?;
        // Cost comes from earlier years, too.
        let query = Query {
            wallet: Some(wallet),
            last: Some(token.data.sequence),
            ..Query::default()
        };
        let tell = |done: history::Progress| {
            progress.doing(format!(
                "{symbol}: reading {} of {} transactions",
                done.read, done.listed
            ));
        };
        let read = history::read(&ctx.client, &token.key, &query, tell).await?;
        for gap in &read.gaps {
            statement.misses(format!(
                "{} events of {symbol} that the node does not give: name one with -u that keeps all",
                gap.count()
            ));
        }
        let account = statement::Account {
            token: token.key,
            symbol: &symbol,
            books: books(&token, ctx).await?,
            scales: fetch::scales_of(&ctx.client, &token.data).await?,
        };
        statement.add(&account, &wallet, &read.entries);
    }
    drop(progress);
    let names = views::names(&ctx.client, statement.mints()).await?;
    let statement = statement.named(names);
    if let Some(path) = &args.csv {
        views::write_file(path, statement.csv().text())?;
        ctx.output.note(format!("written to {}", path.display()));
    }
    Ok(statement)
}
