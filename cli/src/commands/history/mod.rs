//! `upside history`: the ledger of a token or an index, in words.

use {
    crate::{
        context::Context,
        error::Result,
        select::token_or_index::{TokenOrIndex, token_or_index},
        values::{Address, Between, TokenQuery},
        views,
    },
    std::{collections::BTreeSet, path::PathBuf},
    upside_sdk::{
        Pubkey,
        event::{IndexEvent, TokenEvent},
        history::{self, Entry, Query},
        index::PooledIndex,
        state::Account,
    },
    upside_view::history::{Ledger, Line, lines},
};

/// Everything that ever happened to a token or an index, in order, in words
///
/// Reads the events of its transactions from the cluster, newest first, and prints them
/// oldest first. Events are numbered without gaps: if some are missing, because the node
/// forgot old transactions or cut a log short, that is reported.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside history ADA
  upside history MAKERS --limit 20                       the newest twenty of an index
  upside history ADA --kind Contributed --kind SharesRedeemed
  upside history ADA --wallet 7kbn… --since 2027-01-01 --until 2027-12-31
  upside history ADA --since @1801440000 --output json
  upside history ADA --csv ada.csv                       for a spreadsheet

Names of events are those of the programs: Contributed, ClaimExited, SharesRedeemed, …;
small letters do. Keys are shortened; -v and files write them out.")]
pub struct Args {
    /// The token or the index
    query: TokenQuery,
    /// Only events of this name; may be given again
    #[arg(long = "kind", value_name = "NAME", num_args = 1.., value_parser = kind)]
    kinds: Vec<String>,
    /// Only events that name this wallet
    #[arg(long, value_name = "WALLET")]
    wallet: Option<Address>,
    #[command(flatten)]
    between: Between,
    /// At most so many, the newest
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Write them to this file as a table, too
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// The name of an event, however it is written.
fn kind(text: &str) -> Result<String, String> {
    let plain = |name: &str| name.replace(['-', '_'], "").to_lowercase();
    let mut names = TokenEvent::NAMES.iter().chain(IndexEvent::NAMES);
    let found = names.find(|name| plain(name) == plain(text));
    found.map(ToString::to_string).ok_or_else(|| {
        format!("no event is called {text:?}; some are Contributed, ClaimExited, SharesRedeemed")
    })
}

impl Args {
    fn query(&self, now: i64, last: u64) -> Result<Query> {
        let (since, up_to) = self.between.at(now)?;
        Ok(Query {
            since,
            up_to,
            most: self.limit,
            kinds: self.kinds.clone(),
            wallet: self.wallet.as_ref().map(|wallet| wallet.key),
            last: Some(last),
            ..Query::default()
        })
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    let now = ctx.now().await?;
    let full = ctx.output.verbose || !ctx.output.for_people() || args.csv.is_some();
    let ledger = match token_or_index(&args.query, ctx).await? {
        TokenOrIndex::Token(token) => {
            let query = args.query(now, token.data.sequence)?;
            let read = read(&token.key, &query, ctx).await?;
            let words = views::words_of_token(&token, &read.entries, full, &ctx.client).await?;
            let wanted = |entry: &Entry| query.wants(entry);
            Ledger::new("token", &token.key, read, wanted, query.most, words)
        }
        TokenOrIndex::Index(index) => {
            let query = args.query(now, index.data.sequence)?;
            let read = read(&index.key, &query, ctx).await?;
            let words = views::words_of_index(&index, &read.entries, full, &ctx.client).await?;
            let wanted = |entry: &Entry| query.wants(entry);
            Ledger::new("index", &index.key, read, wanted, query.most, words)
        }
    };
    if let Some(path) = &args.csv {
        views::write_file(path, ledger.csv().text())?;
        ctx.output.note(format!("written to {}", path.display()));
    }
    ctx.output.show(&ledger)
}

async fn read(subject: &Pubkey, query: &Query, ctx: &Context) -> Result<history::History> {
    let progress = ctx.output.progress(1);
    let tell = |done: history::Progress| {
        progress.doing(format!(
            "reading {} of {} transactions",
            done.read, done.listed
        ));
    };
    Ok(history::read(&ctx.client, subject, query, tell).await?)
}

/// The events of an index whose number is above `after`, oldest first, and the numbers of
/// those that the node does not list (yet).
pub async fn after(
    index: &Account<PooledIndex>,
    after: u64,
    ctx: &Context,
) -> Result<(Vec<Line>, Vec<u64>)> {
    let last = index.data.sequence;
    let Some(count) = last.checked_sub(after).filter(|count| *count > 0) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let query = Query {
        most: usize::try_from(count).ok(),
        last: Some(last),
        ..Query::default()
    };
    let read = history::read(&ctx.client, &index.key, &query, |_| {}).await?;
    let full = ctx.output.verbose || !ctx.output.for_people();
    let words = views::words_of_index(index, &read.entries, full, &ctx.client).await?;
    let mut lines = lines(&read.entries, words);
    lines.retain(|line| line.sequence > after);
    let there: BTreeSet<u64> = lines.iter().map(|line| line.sequence).collect();
    let missing = (after + 1..=last).filter(|number| !there.contains(number));
    let missing = missing.collect();
    Ok((lines, missing))
}

#[cfg(test)]
mod tests {
    use {super::*, crate::values::When, std::str::FromStr};

    #[test]
    fn events_are_found_however_they_are_written() {
        for text in ["ClaimExited", "claim-exited", "claimexited", "claim_exited"] {
            assert_eq!(kind(text), Ok("ClaimExited".to_string()));
        }
        assert_eq!(kind("rebalancetraded"), Ok("RebalanceTraded".to_string()));
        assert!(kind("nothing").is_err());
    }

    #[test]
    fn spans_count_back() {
        assert_eq!(When::from_str("1d").unwrap().ago(100_000), 13_600);
        assert_eq!(When::from_str("@7").unwrap().ago(100_000), 7);
    }
}
