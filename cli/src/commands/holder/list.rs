use {
    crate::{
        context::Context,
        error::Result,
        pages::{Page, Pages},
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
    #[command(flatten)]
    pages: Pages,
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
        if let Some(note) = self.page.note("holders") {
            writeln!(f, "  {}", paint(style::DIM, note))?;
        }
        Ok(())
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Holders> {
    args.pages.check()?;
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
    let (on_page, page) = args.pages.cut(std::mem::take(holders))?;
    view.report.holders = on_page;
    Ok(Holders { view, page })
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
