use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::TokenQuery,
    },
    clap::ValueEnum,
    serde::{Serialize, Serializer},
    serde_json::Value,
    std::{cmp::Ordering, fmt},
    upside_sdk::inspect::{Amount, AssetReport, HolderReport},
    upside_view::{
        style::{self, paint},
        text::{self, TokenView},
    },
};

/// Holders on a page, where only the page is asked for.
const PER_PAGE: usize = 50;

/// List holders: sorted, in pages
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder list ADA                              largest first
  upside holder list ADA --sort owed --desc
  upside holder list ADA --sort wallet --page 2 --per-page 100
  upside holder list ADA --output json-compact

Owed dividends of several mints are compared in the order of the token's assets, the
currency first: they are never added up.")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// By what, the smallest first [default: shares, the largest first]
    #[arg(long, value_enum, value_name = "COLUMN")]
    sort: Option<Sort>,
    /// The largest first
    #[arg(long, requires = "sort")]
    desc: bool,
    /// Which page, from 1
    #[arg(long, value_name = "NUMBER")]
    page: Option<usize>,
    /// Holders on a page [default: all, or 50 with --page]
    #[arg(long, value_name = "COUNT")]
    per_page: Option<usize>,
}

/// What holders are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// Registered shares
    Shares,
    /// The wallet's address
    Wallet,
    /// What the shares cost
    Cost,
    /// Dividends that can be claimed now
    Owed,
}

/// A page of holders.
pub struct Holders {
    view: TokenView,
    page: Page,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Page {
    number: usize,
    pages: usize,
    per_page: usize,
    all: usize,
}

impl Serialize for Holders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = text::parts(&self.view.report, &["token", "symbol", "holders", "supply"]);
        if let Some(tree) = tree.as_object_mut() {
            let numbers = [
                ("page", self.page.number),
                ("pages", self.page.pages),
                ("count", self.page.all),
            ];
            tree.extend(numbers.map(|(name, number)| (name.to_string(), Value::from(number))));
        }
        tree.serialize(serializer)
    }
}

impl fmt::Display for Holders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::holders(&self.view, usize::MAX, true).trim_start())?;
        if self.page.pages > 1 {
            let Page {
                number, pages, all, ..
            } = self.page;
            let note = format!("page {number} of {pages}, {all} holders");
            writeln!(f, "  {}", paint(style::DIM, note))?;
        }
        Ok(())
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Holders> {
    let page_of = |all| page(args.page, args.per_page, all);
    // A wrong page is rejected before everything is read, as far as it can be.
    page_of(usize::MAX)?;
    let mut view = ctx.view(&args.token).await?;
    let assets = view.report.assets.clone();
    let holders = &mut view.report.holders;
    let sort = args.sort.unwrap_or(Sort::Shares);
    let desc = args.desc || args.sort.is_none();
    holders.sort_by(|one, other| {
        let order = compare(sort, one, other, &assets);
        let order = if desc { order.reverse() } else { order };
        order.then_with(|| one.wallet.cmp(&other.wallet))
    });
    let page = page_of(holders.len())?;
    let first = page.number.saturating_sub(1).saturating_mul(page.per_page);
    *holders = holders
        .iter()
        .skip(first)
        .take(page.per_page)
        .cloned()
        .collect();
    Ok(Holders { view, page })
}

/// Which of `all` holders are on a page. Errors: `Usage`.
fn page(number: Option<usize>, per_page: Option<usize>, all: usize) -> Result<Page> {
    let per_page = per_page.or(number.map(|_| PER_PAGE)).unwrap_or(usize::MAX);
    if per_page == 0 {
        return Err(CliError::usage(
            "a page of 0 holders shows none",
            "give --per-page 50",
        ));
    }
    let pages = all.div_ceil(per_page).max(1);
    let number = number.unwrap_or(1);
    if number == 0 || number > pages {
        return Err(CliError::usage(
            format!("there is no page {number}: pages are 1 to {pages}"),
            "leave --page out for the first",
        ));
    }
    Ok(Page {
        number,
        pages,
        per_page,
        all,
    })
}

fn compare(
    sort: Sort,
    one: &HolderReport,
    other: &HolderReport,
    assets: &[AssetReport],
) -> Ordering {
    let owed = |holder: &HolderReport| -> Vec<u64> {
        let of = |asset: &AssetReport| {
            let mut found = holder.collectable.iter();
            let found = found.find(|amount| amount.mint == asset.mint);
            found.map_or(0, |found| atoms(&found.amount))
        };
        assets.iter().map(of).collect()
    };
    match sort {
        Sort::Shares => atoms(&one.shares).cmp(&atoms(&other.shares)),
        // As people read it.
        Sort::Wallet => one.wallet.to_string().cmp(&other.wallet.to_string()),
        Sort::Cost => atoms(&one.cost).cmp(&atoms(&other.cost)),
        Sort::Owed => owed(one).cmp(&owed(other)),
    }
}

/// Atoms of a report's amount.
fn atoms(amount: &Amount) -> u64 {
    u64::try_from(amount.atoms).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_from_one_to_the_last() {
        let all = page(None, None, 120).unwrap();
        assert_eq!((all.number, all.pages, all.per_page), (1, 1, usize::MAX));
        assert_eq!(page(Some(3), None, 120).unwrap().pages, 3);
        assert_eq!(page(Some(2), Some(60), 120).unwrap().pages, 2);
        assert_eq!(page(None, Some(7), 0).unwrap().pages, 1);
        assert!(page(Some(4), None, 120).is_err());
        assert!(page(Some(0), None, 120).is_err());
        assert!(page(None, Some(0), 120).is_err());
    }
}
