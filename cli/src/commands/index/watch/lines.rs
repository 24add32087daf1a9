//! What a watcher prints, for people and for programs.

use {
    crate::{select::index::SelectedIndex, values::stamp},
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        amount,
        index::{
            AnnouncementKind, INDEX_SHARE_DECIMALS, Side, rebalance::PRICE_DECIMALS, watch::Fact,
        },
        inspect::Amount,
    },
    upside_view::{
        history::Line,
        style::{self, grouped, paint},
        text::SlotAmount,
    },
};

/// Something that happened.
#[derive(Debug, Serialize)]
pub struct EventLine {
    /// `event`.
    line: &'static str,
    #[serde(flatten)]
    event: Line,
}

/// Something that stands, or that time has brought.
#[derive(Debug, Serialize)]
pub struct StateLine {
    /// `state`.
    line: &'static str,
    time: i64,
    /// Number of the last event before it.
    sequence: u64,
    /// What stands.
    state: &'static str,
    text: String,
    #[serde(flatten)]
    detail: Detail,
}

/// Events that the node does not give.
#[derive(Debug, Serialize)]
pub struct MissingLine {
    /// `missing`.
    line: &'static str,
    /// Number of the last event before the next line.
    sequence: u64,
    /// Number of the first that is missing.
    first: u64,
    count: usize,
}

/// What a state is of; each has some of it.
#[derive(Debug, Default, Serialize)]
struct Detail {
    /// Number of the announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    announcement: Option<u64>,
    /// `actions`, `rebalance` or `offer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    /// What is locked, left or due.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
    /// How much is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    needed: Option<Amount>,
    /// The slot, with what is left to trade of it or due in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<SlotAmount>,
    /// `sell` or `buy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    /// Of one whole unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<String>,
}

impl EventLine {
    /// An event in words.
    pub fn of(event: Line) -> Self {
        EventLine {
            line: "event",
            event,
        }
    }
}

impl fmt::Display for EventLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.event.time.map_or_else(|| "unknown".to_string(), stamp);
        let number = paint(style::DIM, format!("#{}", self.event.sequence));
        write!(f, "{time}  {number}  {}", self.event.text)
    }
}

impl MissingLine {
    /// So many, the first of them, and the last event before the next line.
    pub fn new(first: u64, count: usize, sequence: u64) -> Self {
        MissingLine {
            line: "missing",
            sequence,
            first,
            count,
        }
    }
}

impl fmt::Display for MissingLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!(
            "{} events from number {} on are missing: the node does not give them",
            self.count, self.first
        );
        write!(f, "{}", paint(style::WARN, text))
    }
}

impl fmt::Display for StateLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", stamp(self.time), self.text)
    }
}

fn kind_name(kind: AnnouncementKind) -> &'static str {
    match kind {
        AnnouncementKind::Rebalance => "rebalance",
        AnnouncementKind::Offer => "offer",
        AnnouncementKind::Actions | AnnouncementKind::Free => "actions",
    }
}

/// What an announcement is called in a sentence.
fn called(nonce: u64, kind: AnnouncementKind) -> String {
    match kind {
        AnnouncementKind::Rebalance => format!("rebalance {nonce}"),
        AnnouncementKind::Offer => format!("offer {nonce}"),
        AnnouncementKind::Actions | AnnouncementKind::Free => format!("announcement {nonce}"),
    }
}

/// The name of a state, its sentence and what it is of.
type Said = (&'static str, String, Detail);

impl StateLine {
    /// A fact in words.
    pub fn of(fact: &Fact, found: &SelectedIndex, sequence: u64) -> Self {
        let (state, text, detail) = said(fact, found);
        StateLine {
            line: "state",
            time: found.pool.clock.unix_timestamp,
            sequence,
            state,
            text,
            detail,
        }
    }
}

fn said(fact: &Fact, found: &SelectedIndex) -> Said {
    let (name, symbol) = (|slot: u8| found.slots.name(slot), &found.symbol);
    let slot_only = |state, slot, text| (state, text, of_slot(found, slot, held(found, slot)));
    match *fact {
        Fact::Waiting {
            nonce,
            kind,
            effective_at,
        } => {
            let (it, until) = (called(nonce, kind), stamp(effective_at));
            let text = format!("{it} waits out its notice until {until}");
            ("waiting", text, announced(nonce, kind, Some(effective_at)))
        }
        Fact::Effective { nonce, kind, until } => {
            let (it, may) = (called(nonce, kind), may_be(kind));
            let text = format!("{it} {may} until {}", stamp(until));
            ("effective", text, announced(nonce, kind, Some(until)))
        }
        Fact::Expired { nonce, kind } => {
            let it = called(nonce, kind);
            let text = format!("{it} is over and only takes a place: anyone may cancel it");
            ("expired", text, announced(nonce, kind, None))
        }
        Fact::Against {
            nonce,
            atoms,
            needed,
        } => votes("against", symbol, nonce, atoms, needed),
        Fact::Support {
            nonce,
            atoms,
            needed,
        } => votes("support", symbol, nonce, atoms, needed),
        Fact::Price {
            nonce,
            slot,
            side,
            price,
            left,
        } => priced(found, (nonce, slot), side, price, left),
        Fact::Stuck { slot, wraps_from } => stuck(found, slot, wraps_from),
        Fact::Moves { slot } => slot_only("moves", slot, format!("{} moves again", name(slot))),
        Fact::Wrapped { slot } => {
            let text = format!("{} stands for what cannot move", name(slot));
            slot_only("wrapped", slot, text)
        }
        Fact::Unwrappable { slot } => {
            let what = name(slot);
            let text = format!(
                "what {what} stands for moves again: `upside index wrap unwrap-slot {symbol} {what}`"
            );
            slot_only("unwrappable", slot, text)
        }
        Fact::WoundUp { slot } => {
            let what = name(slot);
            let text =
                format!("{what} was wound up: `upside index redeem-wound-up {symbol} {what}`");
            slot_only("wound_up", slot, text)
        }
        Fact::Due { slot, atoms } => {
            let due = found.slots.amount(slot, atoms).text();
            let text = format!("people owe the index {due}: `upside index harvest {symbol}`");
            ("due", text, of_slot(found, slot, atoms))
        }
        Fact::Paused { until } => {
            let text = format!("no new money comes in until {}", stamp(until));
            let detail = Detail {
                until: Some(until),
                ..Detail::default()
            };
            ("paused", text, detail)
        }
        Fact::Resumed => {
            let text = "new money comes in again".to_string();
            ("resumed", text, Detail::default())
        }
    }
}

fn announced(nonce: u64, kind: AnnouncementKind, until: Option<i64>) -> Detail {
    Detail {
        announcement: Some(nonce),
        kind: Some(kind_name(kind)),
        until,
        ..Detail::default()
    }
}

fn of_slot(found: &SelectedIndex, slot: u8, atoms: u64) -> Detail {
    Detail {
        slot: Some(found.slots.amount(slot, atoms)),
        ..Detail::default()
    }
}

/// What happens to an announcement whose notice is over.
fn may_be(kind: AnnouncementKind) -> &'static str {
    match kind {
        AnnouncementKind::Rebalance => "is traded",
        AnnouncementKind::Offer => "can be accepted",
        AnnouncementKind::Actions | AnnouncementKind::Free => "can be applied",
    }
}

/// What is locked against an announcement, or for it.
fn votes(state: &'static str, symbol: &str, nonce: u64, atoms: u64, needed: u64) -> Said {
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let (has, enough) = (grouped(&shares(atoms)), grouped(&shares(needed)));
    let text = match (state, atoms >= needed) {
        ("against", true) => format!(
            "{has} shares are locked against announcement {nonce}, enough to cancel it: `upside \
             index count-veto {symbol} {nonce}`"
        ),
        ("against", false) => {
            format!("{has} shares are locked against announcement {nonce}; {enough} cancel it")
        }
        (_, true) => format!("{has} shares are locked for announcement {nonce}, a majority"),
        (_, false) => {
            format!("{has} shares are locked for announcement {nonce}; {enough} are a majority")
        }
    };
    let detail = Detail {
        announcement: Some(nonce),
        amount: Some(shares(atoms)),
        needed: Some(shares(needed)),
        ..Detail::default()
    };
    (state, text, detail)
}

/// What a slot is traded at.
fn priced(
    found: &SelectedIndex,
    (nonce, slot): (u64, u8),
    side: Side,
    price: u64,
    left: u64,
) -> Said {
    let (side, does) = match side {
        Side::Sell => ("sell", "sold"),
        Side::Buy => ("buy", "bought"),
    };
    let price = amount::print(price, PRICE_DECIMALS);
    let has = found.slots.amount(slot, left).text();
    let name = found.slots.name(slot);
    let text = format!("{name} is {does} at {price}, {has} left");
    let detail = Detail {
        announcement: Some(nonce),
        side: Some(side),
        price: Some(price),
        ..of_slot(found, slot, left)
    };
    ("price", text, detail)
}

/// What cannot move, and what to do about it.
fn stuck(found: &SelectedIndex, slot: u8, wraps_from: Option<i64>) -> Said {
    let (name, symbol) = (found.slots.name(slot), &found.symbol);
    let text = match wraps_from {
        Some(from) => format!(
            "{name} cannot move; from {} anyone may wrap it: `upside index wrap open {symbol} \
             {name}`",
            stamp(from)
        ),
        None => format!(
            "{name} cannot move; anyone may note it: `upside index wrap note {symbol} {name}`"
        ),
    };
    let detail = Detail {
        until: wraps_from,
        ..of_slot(found, slot, held(found, slot))
    };
    ("stuck", text, detail)
}

/// Atoms that a slot holds.
fn held(found: &SelectedIndex, slot: u8) -> u64 {
    let constituent = found.pool.index.data.constituent(slot);
    constituent.map_or(0, |constituent| constituent.counter)
}
