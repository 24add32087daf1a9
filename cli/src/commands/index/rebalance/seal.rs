use {
    super::lines::{Line, line, times},
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, seconds},
    },
    serde::Serialize,
    upside_sdk::{
        event::IndexEvent,
        hex::hex,
        index::{LONG_NOTICE, action},
    },
};

/// Announce the draft, as curator
///
/// From now on prices only become better for the index. Once the notice is over anyone
/// trades with it for as long as it lasts; holders may veto it until its end. At most a
/// quarter of a slot is sold within 30 days, more after 30 days' notice, and more than half
/// within a year only with a majority's yes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index rebalance seal MAKERS
  upside index rebalance seal MAKERS --lasts 3d --long-notice")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// For how long it is traded, 6h to 7d
    #[arg(long, value_name = "SPAN", default_value = "1d", value_parser = seconds)]
    lasts: u32,
    /// Wait 30 days, so that more than a quarter of a slot may be sold
    #[arg(long)]
    long_notice: bool,
    /// Announce more than the limits allow: it is traded only with a majority's yes
    #[arg(long)]
    by_majority: bool,
}

/// What was announced.
#[derive(Debug, Serialize)]
pub struct Sealed {
    index: String,
    symbol: String,
    /// Number of the announcement.
    nonce: u64,
    /// Hash of the orders.
    content: String,
    starts_at: i64,
    ends_at: i64,
    long_notice: bool,
    by_majority: bool,
    orders: Vec<Line>,
}

impl Outcome for Sealed {
    fn title(&self) -> String {
        format!("Announce rebalance {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let orders = format!("{} orders", self.orders.len());
        let mut rows = vec![
            ("trades", orders),
            ("from", times(self.starts_at, self.ends_at)),
            ("content", self.content.clone()),
        ];
        if self.by_majority {
            rows.push(("needs", "a majority's yes for large orders".to_string()));
        }
        let show = format!("`upside index rebalance show {}`", self.symbol);
        rows.push(("next", show));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Sealed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let draft = found.rebalance(ctx).await?;
    let plan = action::seal(
        &found.pool,
        &draft,
        args.lasts,
        args.long_notice,
        args.by_majority,
    )?;
    let report = ctx.send(&plan.steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::RebalanceSealed(event) => Some((event.nonce, event.starts_at, event.ends_at)),
        _ => None,
    });
    let data = &found.pool.index.data;
    let mut notice = data.terms.notice_seconds;
    if args.long_notice {
        notice = notice.max(LONG_NOTICE);
    }
    let starts_at = found.pool.clock.unix_timestamp + i64::from(notice);
    let foreseen = (
        data.announcements_made + 1,
        starts_at,
        starts_at + i64::from(args.lasts),
    );
    let (nonce, starts_at, ends_at) = landed.unwrap_or(foreseen);
    let orders = draft.data.traded();
    let orders = orders.map(|(slot, order)| line(&found, &draft.data, slot, order));
    let sealed = Sealed {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce,
        content: hex(&plan.quote.content),
        starts_at,
        ends_at,
        long_notice: args.long_notice,
        by_majority: args.by_majority,
        orders: orders.collect::<Result<_>>()?,
    };
    Ok(Done::new(sealed, report))
}
