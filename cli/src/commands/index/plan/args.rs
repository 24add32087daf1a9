use {
    crate::{
        error::{CliError, Result},
        select::index::SelectedIndex,
        values::{Address, IndexQuery, Percent, TokenQuery, UnitPrice, seconds},
        views,
    },
    std::{convert::Infallible, str::FromStr},
    upside_sdk::{
        Pubkey,
        error::SdkError,
        index::plan::{Pace, PlanRequest},
    },
};

/// Plan rebalances to target percentages, and announce the first of them, as curator
///
/// Prices what the index holds by what is asked and paid now: open rounds, sales, bids, and
/// people's reserves after tax. Turns percentages into counts per share with a lowest and a
/// highest price each, keeps to the limits of turnover by spreading what is too much over
/// several rebalances, and shows what is not reached and why. Asks before it announces.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index plan MAKERS --target ADA=25% --target BEN=10% --dry-run
  upside index plan MAKERS --target ADA=25% --rest cash         cash pays for it, all else stays
  upside index plan MAKERS --target ADA=25% --price ADA=12.50   at a price of yours
  upside index plan MAKERS --target cash=60% --long-notice      up to half of a slot after 30 days

Anybody may look with --dry-run. Prices are in one currency, of one whole unit; a mint other
than the currency has none until you name it. What a person asks for new shares of themselves
is no more than that: where it is more than twice what others pay, nothing trades until you
name a price.")]
pub struct Args {
    /// The index
    pub index: IndexQuery,
    /// What a constituent shall be of the whole, in percent; repeat for several
    #[arg(long, value_name = "WHAT=PERCENT", required = true)]
    pub target: Vec<Named<Percent>>,
    /// What takes the difference, while all others stay as they are [default: all others, in
    /// proportion]
    #[arg(long, value_name = "WHAT")]
    pub rest: Option<TokenQuery>,
    /// What one whole unit of a constituent, or of another mint, is worth; repeat for several
    #[arg(long, value_name = "WHAT=PRICE")]
    pub price: Vec<Named<UnitPrice>>,
    /// The currency that prices are in [default: the one that all people's rounds are in]
    #[arg(long, value_name = "MINT")]
    pub mint: Option<Address>,
    /// How far the lowest and highest price go beyond what is paid and asked, in percent
    #[arg(long, value_name = "PERCENT", default_value = "5")]
    pub band: Percent,
    /// The smallest trade, in percent of the whole
    #[arg(long, value_name = "PERCENT", default_value = "0.5")]
    pub least: Percent,
    /// For how long each rebalance is traded, 6h to 7d
    #[arg(long, value_name = "SPAN", default_value = "1d", value_parser = seconds)]
    pub lasts: u32,
    /// Wait 30 days, so that up to half of a slot may be sold at once
    #[arg(long)]
    pub long_notice: bool,
    /// All at once: what is beyond the limits is traded only with a majority's yes
    #[arg(long, conflicts_with = "long_notice")]
    pub by_majority: bool,
}

/// Something of a constituent: `ADA=25%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T> {
    /// A token as a query, or a mint.
    pub what: TokenQuery,
    /// Its value.
    pub value: T,
}

impl<T: FromStr<Err = String>> FromStr for Named<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (what, value) = text
            .rsplit_once('=')
            .ok_or_else(|| format!("{text:?} lacks a =: write WHAT=NUMBER, such as ADA=25"))?;
        let what: Result<TokenQuery, Infallible> = what.parse();
        let Ok(what) = what;
        Ok(Named {
            what,
            value: value.parse()?,
        })
    }
}

impl Args {
    /// What the SDK plans.
    pub fn request(&self, found: &SelectedIndex, unit: Pubkey) -> Result<PlanRequest> {
        let mut request = PlanRequest::new(unit);
        for Named { what, value } in &self.target {
            let slot = views::find(&found.slots, what)?;
            if request.targets.insert(slot.number, value.bps()).is_some() {
                return Err(twice(&slot.name, "--target"));
            }
        }
        if let Some(rest) = &self.rest {
            request.rest = Some(views::find(&found.slots, rest)?.number);
        }
        for Named { what, value } in &self.price {
            let key = priced(found, what)?;
            if key == unit {
                return Err(CliError::usage(
                    format!("{} is the currency that prices are in", what.0),
                    "its price is 1; name another currency with --mint",
                ));
            }
            if request.prices.insert(key, value.0).is_some() {
                return Err(twice(&what.0, "--price"));
            }
        }
        request.band_bps = self.band.bps();
        request.least_trade_bps = self.least.bps();
        request.duration = self.lasts;
        request.pace = match (self.long_notice, self.by_majority) {
            (_, true) => Pace::Majority,
            (true, false) => Pace::LongNotice,
            (false, false) => Pace::Notice,
        };
        Ok(request)
    }
}

fn twice(name: &str, flag: &str) -> CliError {
    CliError::usage(
        format!("{name} is named twice"),
        format!("give {flag} once for each"),
    )
}

/// The key of what a price is named for: a constituent's, or of a mint beside them.
fn priced(found: &SelectedIndex, what: &TokenQuery) -> Result<Pubkey> {
    match views::find(&found.slots, what) {
        Ok(slot) => Ok(slot.key),
        Err(CliError::Sdk(SdkError::NotFound { .. })) => what.0.parse().map_err(|_| {
            CliError::usage(
                format!("{} is no constituent and no mint", what.0),
                "name a constituent by its symbol, or a mint by its address",
            )
        }),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_prices_name_what_they_are_of() {
        let target: Named<Percent> = "ADA=25%".parse().unwrap();
        assert_eq!((target.what.0.as_str(), target.value.bps()), ("ADA", 2_500));
        let price: Named<UnitPrice> = "cash=1.02".parse().unwrap();
        assert_eq!(price.value, UnitPrice(1_020_000_000));
        for text in ["ADA", "ADA=", "ADA=101", "ADA=-1"] {
            assert!(text.parse::<Named<Percent>>().is_err(), "{text:?}");
        }
    }
}
