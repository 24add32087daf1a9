//! What was tried, as a table.

use {
    serde_json::{Value, json},
    std::{collections::BTreeMap, path::Path},
};

/// A way to vary a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A signature is missing.
    Signature,
    /// A writable account is read-only, a read-only one writable.
    Writability,
    /// An account stands in another one's slot too.
    Double,
    /// A well-formed account that does not belong.
    Stranger,
    /// The account itself with another owner, type or nothing.
    Forgery,
    /// The instruction's data.
    Data,
}

/// All ways, in the order of the table.
pub const WAYS: [Way; 6] = [
    Way::Signature,
    Way::Writability,
    Way::Double,
    Way::Stranger,
    Way::Forgery,
    Way::Data,
];

/// What was tried of one call: refused and succeeded, by the way.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The call.
    pub name: String,
    counts: BTreeMap<Way, (u64, u64)>,
}

impl Row {
    /// Nothing tried yet.
    pub fn new(name: &str) -> Row {
        Row {
            name: name.to_string(),
            ..Row::default()
        }
    }

    /// One was refused.
    pub fn refused(&mut self, way: Way) {
        self.counts.entry(way).or_default().0 += 1;
    }

    /// One succeeded.
    pub fn succeeded(&mut self, way: Way) {
        self.counts.entry(way).or_default().1 += 1;
    }

    /// Refused and succeeded.
    fn count(&self, way: Way) -> (u64, u64) {
        self.counts.get(&way).copied().unwrap_or_default()
    }

    /// Refused and succeeded in all.
    pub fn total(&self) -> (u64, u64) {
        let all = self.counts.values();
        all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    fn add(&mut self, other: &Row) {
        for (way, (refused, succeeded)) in &other.counts {
            let sum = self.counts.entry(*way).or_default();
            *sum = (sum.0 + refused, sum.1 + succeeded);
        }
    }

    fn json(&self) -> Value {
        let (refused, succeeded) = self.total();
        let ways = WAYS.map(|way| {
            let (refused, succeeded) = self.count(way);
            let way = format!("{way:?}").to_lowercase();
            (way, json!({ "refused": refused, "succeeded": succeeded }))
        });
        json!({
            "name": self.name,
            "cases": refused + succeeded,
            "refused": refused,
            "succeeded": succeeded,
            "ways": ways.into_iter().collect::<serde_json::Map<_, _>>(),
        })
    }

    fn line(&self) -> String {
        let (refused, succeeded) = self.total();
        let ways = WAYS.map(|way| {
            let (refused, succeeded) = self.count(way);
            format!("{:>11}", refused + succeeded)
        });
        let cases = refused + succeeded;
        let ways = ways.concat();
        format!(
            "{:<40}{ways}{cases:>9}{refused:>9}{succeeded:>10}",
            self.name
        )
    }
}

/// Sums the rows of an instruction's calls.
pub fn by_instruction(rows: &[Row]) -> Vec<Row> {
    let mut sums: BTreeMap<&str, Row> = BTreeMap::new();
    for row in rows {
        let name = crate::sweep::instruction_of(&row.name);
        sums.entry(name).or_insert_with(|| Row::new(name)).add(row);
    }
    sums.into_values().collect()
}

/// Prints a program's table; writes it to `target/trust/sweeps.json` when it is of all
/// calls.
pub fn report(program: &str, rows: &[Row], everything: bool) {
    let mut total = Row::new("in all");
    let names = WAYS.map(|way| format!("{:>11}", format!("{way:?}").to_lowercase()));
    println!(
        "{:<40}{}    cases  refused succeeded",
        program,
        names.concat()
    );
    for row in rows {
        total.add(row);
        println!("{}", row.line());
    }
    println!("{}", total.line());
    if !everything {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("sweeps.json");
    // Each program's sweep writes its own part.
    let known = std::fs::read(&file).ok();
    let known = known.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut all: Value = known.unwrap_or_else(|| json!({}));
    all[program] = json!({
        "total": total.json(),
        "instructions": rows.iter().map(Row::json).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&all).unwrap();
    std::fs::write(file, text + "\n").unwrap();
}
