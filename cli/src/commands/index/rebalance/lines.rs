//! Orders of a rebalance as they are shown.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
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
    upside_view::{
        style::{Column, cell, grouped, table},
        text::SlotAmount,
    },
};

impl SelectedIndex {
    /// The index's rebalance.
    pub async fn rebalance(&self, ctx: &Context) -> Result<Account<Rebalance>> {
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
pub struct Line {
    /// `sell` or `buy`.
    pub side: &'static str,
    /// What the index shall hold per whole share.
    pub target: SlotAmount,
    /// What it holds per whole share.
    pub held: Amount,
    /// What is left to trade.
    pub left: Amount,
    /// Of a whole unit, in a unit that all orders share.
    pub low: String,
    pub high: String,
    /// The price now; `None` before and after.
    pub price: Option<String>,
}

/// A price of a whole unit.
pub fn price_text(value: u128, decimals: u8) -> Result<String> {
    let price = rebalance::price_of(value, decimals)?;
    Ok(amount::print(price, rebalance::PRICE_DECIMALS))
}

pub fn line(found: &SelectedIndex, data: &Rebalance, slot: u8, order: &Order) -> Result<Line> {
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
        target: found.slots.counted(slot, order.target),
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
pub fn orders_table(lines: &[Line]) -> String {
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
pub fn times(starts_at: i64, ends_at: i64) -> String {
    format!("{} to {}", stamp(starts_at), stamp(ends_at))
}
