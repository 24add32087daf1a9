use {
    super::{sentence::sentence, words::Words},
    crate::{
        csv::Csv,
        style::{self, Column, cell, paint, table},
        time::{iso, stamp},
    },
    serde::Serialize,
    serde_json::{Map, Value},
    std::fmt,
    upside_core::{
        Pubkey,
        event::Field,
        hex::hex,
        history::{Entry, Gap, History},
    },
};

/// One event.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Unix seconds; `None` if the node does not know.
    pub time: Option<i64>,
    slot: u64,
    signature: String,
    /// Its number among the events of the token or the index.
    pub sequence: u64,
    event: &'static str,
    /// What happened.
    pub text: String,
    /// As on chain: amounts in atoms, as decimal strings.
    fields: Map<String, Value>,
}

/// Numbers of events that are missing.
#[derive(Clone, Copy, Debug, Serialize)]
struct Missing {
    first: u64,
    last: u64,
}

/// What happened, oldest first.
#[derive(Debug, Serialize)]
pub struct Ledger {
    /// `token` or `index`.
    kind: &'static str,
    address: String,
    symbol: String,
    /// Whether every event from the first to the last was read.
    complete: bool,
    entries: Vec<Line>,
    gaps: Vec<Missing>,
    /// Transactions whose logs the node cut short.
    truncated: Vec<String>,
    /// Transactions that the node lists and does not give.
    unreadable: Vec<String>,
}

impl Ledger {
    /// The newest `most` of those entries that are `wanted`, in words.
    pub fn new(
        kind: &'static str,
        address: &Pubkey,
        read: History,
        wanted: impl Fn(&Entry) -> bool,
        most: Option<usize>,
        mut words: Words,
    ) -> Self {
        let mut entries = Vec::new();
        for entry in &read.entries {
            words.follow(entry);
            if wanted(entry) {
                entries.push(line(entry, &words));
            }
        }
        let surplus = most.map_or(0, |most| entries.len().saturating_sub(most));
        entries.drain(..surplus);
        let missing = |gap: &Gap| Missing {
            first: gap.first,
            last: gap.last,
        };
        Ledger {
            kind,
            address: address.to_string(),
            symbol: words.symbol,
            complete: read.gaps.is_empty() && read.reaches_start,
            entries,
            gaps: read.gaps.iter().map(missing).collect(),
            truncated: read.truncated,
            unreadable: read.unreadable,
        }
    }

    /// As a table for spreadsheets.
    pub fn csv(&self) -> Csv {
        let mut csv = Csv::new(&[
            "time",
            "slot",
            "signature",
            "sequence",
            "event",
            "text",
            "fields",
        ]);
        for line in &self.entries {
            csv.row([
                line.time.map(iso).unwrap_or_default(),
                line.slot.to_string(),
                line.signature.clone(),
                line.sequence.to_string(),
                line.event.to_string(),
                line.text.clone(),
                Value::Object(line.fields.clone()).to_string(),
            ]);
        }
        csv
    }

    fn warnings(&self) -> Vec<String> {
        // Without a gap, what was cut off was of others.
        if self.gaps.is_empty() {
            return Vec::new();
        }
        let mut warnings: Vec<String> = Vec::new();
        for Missing { first, last } in &self.gaps {
            warnings.push(match first == last {
                true => format!("event {first} is missing"),
                false => format!("events {first} to {last} are missing"),
            });
        }
        let cut = self.truncated.iter();
        warnings.extend(cut.map(|signature| format!("the node cut the log of {signature} short")));
        let gone = self.unreadable.iter();
        warnings.extend(gone.map(|signature| format!("the node does not give {signature}")));
        let hint = "a node that keeps all transactions and whole logs has them: name it with -u";
        warnings.push(hint.to_string());
        warnings
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.entries.is_empty() {
            writeln!(f, "Nothing of {} is known that fits.", self.symbol)?;
        } else {
            let columns = [
                Column::Words("time"),
                Column::Numbers("#"),
                Column::Words("what"),
            ];
            let rows = self.entries.iter().map(|line| {
                let time = line.time.map_or_else(|| "unknown".to_string(), stamp);
                vec![cell(time), cell(line.sequence), cell(&line.text)]
            });
            f.write_str(&table(&columns, rows.collect()))?;
        }
        self.warnings()
            .iter()
            .try_for_each(|text| writeln!(f, "  {}", paint(style::WARN, text)))
    }
}

/// Events in words, which have to know what stood where before the first of them.
pub fn lines(entries: &[Entry], mut words: Words) -> Vec<Line> {
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        words.follow(entry);
        lines.push(line(entry, &words));
    }
    lines
}

fn line(entry: &Entry, words: &Words) -> Line {
    let fields = entry.event.fields().into_iter();
    Line {
        time: entry.time,
        slot: entry.slot,
        signature: entry.signature.clone(),
        sequence: entry.sequence(),
        event: entry.event.name(),
        text: sentence(&entry.event, words),
        fields: fields
            .map(|(name, field)| (name.to_string(), value(field)))
            .collect(),
    }
}

/// A field as JSON: 64 bits of atoms do not fit every reader's numbers.
fn value(field: Field) -> Value {
    match field {
        Field::Key(key) => key.to_string().into(),
        Field::Number(number) => number.to_string().into(),
        Field::Time(time) => time.into(),
        Field::Numbers(numbers) => numbers
            .iter()
            .map(|number| Value::from(number.to_string()))
            .collect(),
        Field::Hash(hash) => hex(&hash).into(),
        Field::Text(text) => text.into(),
    }
}
