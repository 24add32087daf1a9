//! `upside index rebalance`: sell of some, buy of others, announced as a whole.

mod bid;
mod draft;
mod restrict;
mod seal;
mod show;

use {
    super::Found,
    crate::{
        context::Context,
        error::{CliError, Result},
        report::SlotAmount,
        style::{Column, cell, grouped, table},
        values::stamp,
    },
    serde::Serialize,
    upside_sdk::{
        amount,
        error::SdkError,
        index::{Order, Rebalance, RebalanceStatus, Side, fetch, rebalance},
        inspect::Amount,
        state::Account,
    },
};

/// Sell of some, buy of others, announced as a whole
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Put a draft together, as curator
    Draft(draft::Args),
    /// Announce the draft, as curator
    Seal(seal::Args),
    /// Show the draft, or what is announced and traded
    Show(show::Args),
    /// Trade with the index at the price of this second; anyone may
    Bid(bid::Args),
    /// Make a price better for the index, as launcher or curator
    Tighten(restrict::TightenArgs),
    /// End it: the launcher or the curator at any time, anyone when it is over
    Stop(restrict::StopArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Draft(args) => out.show(&draft::run(&args, ctx).await?),
        Command::Seal(args) => out.show(&seal::run(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::Bid(args) => out.show(&bid::run(&args, ctx).await?),
        Command::Tighten(args) => out.show(&restrict::tighten(&args, ctx).await?),
        Command::Stop(args) => out.show(&restrict::stop(&args, ctx).await?),
    }
}

impl Found {
    /// The index's rebalance.
    async fn rebalance(&self, ctx: &Context) -> Result<Account<Rebalance>> {
        let found = fetch::rebalance(&ctx.client, &self.pool.index.key).await?;
        found.ok_or_else(|| {
            CliError::Sdk(SdkError::NotFound {
                what: "rebalance",
                query: self.symbol.clone(),
            })
        })
    }
}

/// One order.
#[derive(Clone, Debug, Serialize)]
struct Line {
    /// `sell` or `buy`.
    side: &'static str,
    /// What the index shall hold per whole share.
    target: SlotAmount,
    /// What it holds per whole share.
    held: Amount,
    /// What is left to trade.
    left: Amount,
    /// Of a whole unit, in a unit that all orders share.
    low: String,
    high: String,
    /// The price now; none before and after.
    price: Option<String>,
}

/// A price of a whole unit.
fn price_text(value: u128, decimals: u8) -> Result<String> {
    let price = rebalance::price_of(value, decimals)?;
    Ok(amount::print(price, rebalance::PRICE_DECIMALS))
}

fn line(found: &Found, data: &Rebalance, slot: u8, order: &Order) -> Result<Line> {
    let index = &found.pool.index.data;
    let decimals = rebalance::decimals(index, slot)?;
    let held = index.held_per_share(slot).map_err(SdkError::from)?;
    let supply = rebalance::supply_of(&found.pool, slot)?;
    let now = found.pool.clock.unix_timestamp;
    let price = data.value(slot, supply, now).ok();
    Ok(Line {
        side: match order.side() {
            Some(Side::Sell) => "sell",
            _ => "buy",
        },
        target: found.slots.amount(slot, order.target),
        held: Amount::new(held, decimals),
        left: Amount::new(order.left, decimals),
        low: price_text(order.low.unsigned(), decimals)?,
        high: price_text(order.high.unsigned(), decimals)?,
        price: price
            .filter(|_| data.status() == Ok(RebalanceStatus::Sealed))
            .map(|value| price_text(value, decimals))
            .transpose()?,
    })
}

/// Orders in a table.
fn orders_table(lines: &[Line]) -> String {
    let columns = [
        Column::Words("side"),
        Column::Words("of"),
        Column::Numbers("a share holds"),
        Column::Numbers("shall hold"),
        Column::Numbers("left"),
        Column::Numbers("low"),
        Column::Numbers("high"),
        Column::Numbers("price now"),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            cell(line.side),
            cell(&line.target.name),
            cell(grouped(&line.held)),
            cell(grouped(&line.target.amount)),
            cell(grouped(&line.left)),
            cell(&line.low),
            cell(&line.high),
            cell(line.price.as_deref().unwrap_or("-")),
        ]
    });
    table(&columns, rows.collect())
}

/// When it is traded.
fn times(starts_at: i64, ends_at: i64) -> String {
    format!("{} to {}", stamp(starts_at), stamp(ends_at))
}
