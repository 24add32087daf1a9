//! A plan as people and programs read it.

use {
    super::sentences::{self, NoteLine},
    crate::{error::Result, select::index::SelectedIndex, send::completed::Outcome, values::stamp},
    serde::Serialize,
    upside_sdk::{
        amount::Grouped,
        index::{
            plan::{Drawn, Pace, Quoted, RebalancePlan, SlotPlan, TradePlan},
            rebalance,
        },
        inspect::Amount,
    },
    upside_view::{
        style::{self, Column, cell, grouped, heading, paint, table, wrapped},
        text::SlotAmount,
    },
};

/// A plan.
#[derive(Debug, Serialize)]
pub struct Planned {
    index: String,
    symbol: String,
    /// The mint that prices and values are in.
    mint: String,
    /// Value of everything with a price.
    value: String,
    slots: Vec<SlotLine>,
    rebalances: Vec<RebalanceLine>,
    /// The announcement, if the first rebalance is announced or would be.
    announced: Option<Sealing>,
    /// Whether large orders take a majority's yes.
    by_majority: bool,
    #[serde(skip)]
    currency: String,
}

/// An announcement.
#[derive(Clone, Debug, Serialize)]
pub struct Sealing {
    /// Its number.
    pub nonce: u64,
    /// Hash of the orders.
    pub content: String,
    /// First second in which it is traded.
    pub starts_at: i64,
    /// Last second in which it is traded.
    pub ends_at: i64,
}

/// A constituent.
#[derive(Debug, Serialize)]
struct SlotLine {
    #[serde(flatten)]
    holds: SlotAmount,
    price: Option<PriceLine>,
    /// Of the whole, in percent; `None` without a price.
    part: Option<String>,
    target: Option<String>,
    reached: Option<String>,
    notes: Vec<NoteLine>,
}

/// What one whole unit is worth.
#[derive(Debug, Serialize)]
struct PriceLine {
    value: String,
    paid: Option<QuotedLine>,
    asked: Option<QuotedLine>,
    /// What redeeming pays, after tax.
    redeems: String,
}

/// A price and whose it is.
#[derive(Debug, Serialize)]
struct QuotedLine {
    price: String,
    /// `currency`, `curator`, `reserve`, `bids`, `sales` or `round`.
    source: &'static str,
}

/// One rebalance.
#[derive(Debug, Serialize)]
struct RebalanceLine {
    /// When it can be announced at the earliest.
    seal_at: i64,
    starts_at: i64,
    ends_at: i64,
    trades: Vec<TradeLine>,
}

/// One order, with what it trades.
#[derive(Debug, Serialize)]
struct TradeLine {
    /// `sell` or `buy`.
    side: &'static str,
    /// How much is traded.
    lot: SlotAmount,
    value: String,
    /// What a whole share holds before and afterwards.
    held: Amount,
    target: Amount,
    low: String,
    high: String,
}

impl Planned {
    /// As the SDK drew it.
    pub fn of(found: &SelectedIndex, drawn: &Drawn, currency: String) -> Result<Self> {
        let slots = drawn.slots.iter().map(|plan| slot_line(found, drawn, plan));
        let rebalances = drawn.rebalances.iter();
        let rebalances = rebalances.map(|one| rebalance_line(found, one));
        Ok(Planned {
            index: found.key(),
            symbol: found.symbol.clone(),
            mint: drawn.unit.to_string(),
            value: sentences::value(drawn.value),
            slots: slots.collect(),
            rebalances: rebalances.collect::<Result<_>>()?,
            announced: None,
            by_majority: drawn.pace == Pace::Majority,
            currency,
        })
    }

    /// The first rebalance was announced, or would be.
    pub fn sealed(&mut self, sealing: Sealing) {
        self.announced = Some(sealing);
    }

    fn slots_table(&self) -> String {
        let columns = [
            Column::Words("of"),
            Column::Numbers("holds"),
            Column::Numbers("paid"),
            Column::Words("by"),
            Column::Numbers("asked"),
            Column::Words("by"),
            Column::Numbers("now %"),
            Column::Numbers("target %"),
            Column::Numbers("reached %"),
        ];
        let or_dash = |text: Option<&str>| cell(text.unwrap_or("-"));
        let rows = self.slots.iter().map(|line| {
            let price = line.price.as_ref();
            let paid = price.and_then(|price| price.paid.as_ref());
            let asked = price.and_then(|price| price.asked.as_ref());
            vec![
                cell(&line.holds.name),
                cell(grouped(&line.holds.amount)),
                or_dash(paid.map(|paid| paid.price.as_str())),
                or_dash(paid.map(|paid| paid.source)),
                or_dash(asked.map(|asked| asked.price.as_str())),
                or_dash(asked.map(|asked| asked.source)),
                or_dash(line.part.as_deref()),
                or_dash(line.target.as_deref()),
                or_dash(line.reached.as_deref()),
            ]
        });
        table(&columns, rows.collect())
    }

    fn notes(&self) -> String {
        let mut rows = Vec::new();
        for line in &self.slots {
            let name = line.holds.name.as_str();
            let notes = line.notes.iter();
            rows.extend(notes.map(|note| ("", format!("{name} {}", note.text))));
        }
        match rows.is_empty() {
            true => String::new(),
            false => heading("To look at") + &wrapped(&rows),
        }
    }
}

impl Outcome for Planned {
    fn title(&self) -> String {
        let symbol = &self.symbol;
        match (&self.announced, self.rebalances.len()) {
            (Some(sealing), _) => format!("Announce rebalance {} of {symbol}", sealing.nonce),
            (None, 0) => format!("{symbol} is as near to these targets as it can be"),
            (None, 1) => format!("Plan a rebalance of {symbol}"),
            (None, count) => format!("Plan {count} rebalances of {symbol}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let value = Grouped(self.value.clone());
        let mut rows = vec![("value", format!("{value} {}", self.currency))];
        for trade in self.rebalances.iter().take(1).flat_map(|one| &one.trades) {
            rows.push((trade.side, trade.text(&self.currency)));
        }
        if let Some(sealing) = &self.announced {
            let (from, to) = (stamp(sealing.starts_at), stamp(sealing.ends_at));
            rows.push(("traded", format!("{from} to {to}")));
            rows.push(("content", sealing.content.clone()));
        } else if let Some(first) = self.rebalances.first() {
            rows.push(("from", format!("{} at the earliest", stamp(first.seal_at))));
        }
        if self.by_majority {
            rows.push(("needs", "a majority's yes for large orders".to_string()));
        }
        if self.rebalances.len() > 1 {
            let text = format!("{} more, each after its notice", self.rebalances.len() - 1);
            rows.push(("then", text));
        }
        rows
    }

    fn before(&self) -> String {
        let mut text = heading("Constituents") + &self.slots_table();
        for (place, one) in self.rebalances.iter().enumerate() {
            let title = format!(
                "Rebalance {}: {} to {}",
                place + 1,
                stamp(one.starts_at),
                stamp(one.ends_at)
            );
            text.push_str(&heading(&title));
            text.push_str(&trades_table(&one.trades));
        }
        if self.rebalances.len() > 1 {
            let note = "later ones are for the prices of now: plan again when they are due";
            text.push_str(&format!("  {}\n", paint(style::DIM, note)));
        }
        text + &self.notes()
    }
}

impl TradeLine {
    fn text(&self, currency: &str) -> String {
        let value = Grouped(self.value.clone());
        let lot = self.lot.text();
        format!(
            "{lot}, worth {value} {currency}, at {} to {}",
            self.low, self.high
        )
    }
}

fn trades_table(trades: &[TradeLine]) -> String {
    let columns = [
        Column::Words("side"),
        Column::Words("of"),
        Column::Numbers("trades"),
        Column::Numbers("worth"),
        Column::Numbers("a share holds"),
        Column::Numbers("shall hold"),
        Column::Numbers("low"),
        Column::Numbers("high"),
    ];
    let rows = trades.iter().map(|trade| {
        vec![
            cell(trade.side),
            cell(&trade.lot.name),
            cell(grouped(&trade.lot.amount)),
            cell(Grouped(trade.value.clone())),
            cell(grouped(&trade.held)),
            cell(grouped(&trade.target)),
            cell(&trade.low),
            cell(&trade.high),
        ]
    });
    table(&columns, rows.collect())
}

fn slot_line(found: &SelectedIndex, drawn: &Drawn, plan: &SlotPlan) -> SlotLine {
    let name = found.slots.name(plan.slot);
    let part = |value| plan.price.map(|_| sentences::percent(drawn.bps(value)));
    let quoted = |quoted: Quoted| QuotedLine {
        price: sentences::price(quoted.price),
        source: sentences::source(quoted.source),
    };
    SlotLine {
        holds: found.slots.amount(plan.slot, plan.atoms),
        price: plan.price.map(|price| PriceLine {
            value: sentences::price(price.value),
            paid: price.paid.map(quoted),
            asked: price.asked.map(quoted),
            redeems: sentences::price(price.redeems),
        }),
        part: part(plan.value),
        target: part(plan.target),
        reached: part(plan.reached),
        notes: plan
            .notes
            .iter()
            .map(|note| NoteLine::of(*note, &name))
            .collect(),
    }
}

fn rebalance_line(found: &SelectedIndex, one: &RebalancePlan) -> Result<RebalanceLine> {
    let trades = one.trades.iter().map(|trade| trade_line(found, trade));
    Ok(RebalanceLine {
        seal_at: one.seal_at,
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        trades: trades.collect::<Result<_>>()?,
    })
}

fn trade_line(found: &SelectedIndex, trade: &TradePlan) -> Result<TradeLine> {
    let slot = trade.order.slot;
    let decimals = rebalance::decimals(&found.pool.index.data, slot)?;
    Ok(TradeLine {
        side: if trade.sells() { "sell" } else { "buy" },
        lot: found.slots.counted(slot, trade.lot),
        value: sentences::value(trade.value),
        held: Amount::new(trade.held, decimals),
        target: Amount::new(trade.order.target, decimals),
        low: sentences::price(trade.low),
        high: sentences::price(trade.high),
    })
}
