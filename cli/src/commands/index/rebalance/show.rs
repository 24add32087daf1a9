use {
    super::lines::{Line, line, orders_table, times},
    crate::{context::Context, error::Result, select::index::SelectedIndex, values::IndexQuery},
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        hex::hex,
        index::{INDEX_SHARE_DECIMALS, RebalanceStatus},
        inspect::Amount,
    },
    upside_view::style::{facts, grouped},
};

/// Show the draft, or what is announced and traded
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index rebalance show MAKERS")]
pub struct Args {
    /// The index
    index: IndexQuery,
}

/// The rebalance.
#[derive(Debug, Serialize)]
pub struct Shown {
    index: String,
    symbol: String,
    /// `draft`, `announced`, `open` or `over`.
    status: &'static str,
    /// Number of the announcement; `None` for a draft.
    nonce: Option<u64>,
    /// Hash of the orders.
    content: String,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    long_notice: bool,
    by_majority: bool,
    /// Shares locked against it, and for it.
    against: Amount,
    support: Amount,
    orders: Vec<Line>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![
            ("rebalance of", self.symbol.clone()),
            ("status", self.status.to_string()),
            ("content", self.content.clone()),
        ];
        if let (Some(nonce), Some(starts), Some(ends)) = (self.nonce, self.starts_at, self.ends_at)
        {
            rows.push(("number", nonce.to_string()));
            rows.push(("traded", times(starts, ends)));
            rows.push(("against", grouped(&self.against)));
            rows.push(("for", grouped(&self.support)));
        }
        if self.by_majority {
            rows.push(("needs", "a majority's yes for large orders".to_string()));
        }
        f.write_str(&facts(&rows))?;
        f.write_str(&orders_table(&self.orders))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Shown> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let rebalance = found.rebalance(ctx).await?;
    let (data, index) = (&rebalance.data, &found.pool.index.data);
    let now = found.pool.clock.unix_timestamp;
    let running = data.is_running(index, now).map_err(SdkError::from)?;
    let status = match data.status().map_err(SdkError::from)? {
        RebalanceStatus::Drafting => "draft",
        RebalanceStatus::Sealed if running && now < data.starts_at => "announced",
        RebalanceStatus::Sealed if running => "open",
        RebalanceStatus::Sealed | RebalanceStatus::Ended => "over",
    };
    let place = index.announcement(data.nonce).ok();
    let votes = |atoms: Option<u64>| Amount::new(atoms.unwrap_or(0), INDEX_SHARE_DECIMALS);
    let announced = data.nonce > 0;
    let orders = data.traded();
    let orders = orders.map(|(slot, order)| line(&found, data, slot, order));
    Ok(Shown {
        index: found.key(),
        symbol: found.symbol.clone(),
        status,
        nonce: announced.then_some(data.nonce),
        content: hex(&data.hash()),
        starts_at: announced.then_some(data.starts_at),
        ends_at: announced.then_some(data.ends_at),
        long_notice: data.long_notice == 1,
        by_majority: data.by_majority == 1,
        against: votes(place.map(|place| place.against)),
        support: votes(place.map(|place| place.support)),
        orders: orders.collect::<Result<_>>()?,
    })
}
