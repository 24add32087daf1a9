//! What a soak did, as a table and in `target/trust/soak.json`.

use {
    super::lane::Lane,
    serde_json::json,
    std::{collections::BTreeMap, path::Path, time::Duration},
    upside_tests::oracle::coverage,
    upside_tests::{engine::Engine, world::DAY},
};

/// What the full size must at least have: tokens, indexes, wallets.
const LEAST: [u64; 3] = [20, 3, 200];
/// Operations of the full size.
const FULL: u64 = 5_000;

/// What was done.
#[derive(Default)]
pub struct Report {
    lanes: u64,
    disagreements: u64,
    tokens: u64,
    indexes: u64,
    wallets: u64,
    accounts: u64,
    succeeded: u64,
    refused: BTreeMap<String, u64>,
    changed: u64,
    too_large: u64,
    faults: BTreeMap<String, u64>,
    sampled: u64,
    events: u64,
    compared: u64,
    sending: Duration,
    took: Vec<Duration>,
    days: f64,
    restarts: u64,
    away: f64,
}

impl Report {
    /// Of lanes that are done.
    pub fn of(lanes: &mut [Lane], sending: Duration, away: &[f64]) -> Report {
        let mut report = Report {
            sending,
            restarts: away.len() as u64,
            away: away.iter().sum(),
            lanes: lanes.len() as u64,
            ..Report::default()
        };
        for lane in lanes {
            let wallets = lane.wallets();
            let (run, model) = (&lane.run, &lane.run.model);
            report.disagreements += u64::from(lane.failed);
            report.tokens += model.tokens.len() as u64;
            report.indexes += model.indexes.len() as u64;
            report.accounts += model.places().len() as u64;
            report.wallets += wallets;
            report.succeeded += run.tally.succeeded;
            report.changed += run.tally.changed;
            report.too_large += run.tally.too_large;
            add(&mut report.refused, &run.tally.refused);
            report.sampled += lane.sampled;
            report.events += lane.events;
            report.compared += run.compared();
            if let Engine::Rpc(rpc) = &run.pool.world.engine {
                add(&mut report.faults, rpc.faults());
                report.took.extend(&rpc.took);
            }
            let passed = (run.now() - lane.since) as f64 / DAY as f64;
            report.days = report.days.max(passed);
        }
        report.took.sort_unstable();
        report
    }

    fn operations(&self) -> u64 {
        self.succeeded + self.refused.values().sum::<u64>()
    }

    /// Seconds until a transaction was confirmed, which so many of a hundred did not exceed.
    fn took(&self, percent: usize) -> f64 {
        let place = self.took.len().saturating_sub(1) * percent / 100;
        self.took.get(place).map_or(0.0, Duration::as_secs_f64)
    }

    fn per_second(&self) -> f64 {
        self.operations() as f64 / self.sending.as_secs_f64()
    }

    /// Prints the table.
    pub fn print(&self) {
        let (done, refused, all) = coverage::kinds();
        let row = |name: &str, value: String| eprintln!("{name:<52} {value:>10}");
        row("lanes", self.lanes.to_string());
        row("tokens", self.tokens.to_string());
        row("indexes", self.indexes.to_string());
        row("wallets", self.wallets.to_string());
        row("accounts", self.accounts.to_string());
        row("operations", self.operations().to_string());
        row("succeeded", self.succeeded.to_string());
        row("refused", (self.operations() - self.succeeded).to_string());
        for (name, times) in &self.refused {
            row(&format!("  {name}"), times.to_string());
        }
        row(
            &format!("instructions that succeeded, of {all}"),
            done.to_string(),
        );
        row(
            &format!("instructions that were refused, of {all}"),
            refused.to_string(),
        );
        row(
            "requests repeated",
            self.faults.values().sum::<u64>().to_string(),
        );
        for (name, times) in &self.faults {
            row(&format!("  {name}"), times.to_string());
        }
        row(
            "left out: needs a lookup table to fit a packet",
            self.too_large.to_string(),
        );
        row(
            "predictions that the time of the block changed",
            self.changed.to_string(),
        );
        row("seconds", format!("{:.0}", self.sending.as_secs_f64()));
        row("operations per second", format!("{:.1}", self.per_second()));
        row(
            "seconds to confirm, median",
            format!("{:.2}", self.took(50)),
        );
        row(
            "seconds to confirm, 95 of 100",
            format!("{:.2}", self.took(95)),
        );
        row("restarts", self.restarts.to_string());
        row("seconds that restarts took", format!("{:.1}", self.away));
        row("days that passed on the chain", format!("{:.1}", self.days));
        row(
            "events in histories that the SDK read",
            self.events.to_string(),
        );
        row(
            "transactions read again at the end",
            self.sampled.to_string(),
        );
        row("numbers compared", self.compared.to_string());
        row("disagreements", self.disagreements.to_string());
    }

    /// Leaves it for `cargo xtask trust`.
    pub fn write(&self) {
        let report = json!({
            "lanes": self.lanes, "tokens": self.tokens, "indexes": self.indexes,
            "wallets": self.wallets, "accounts": self.accounts,
            "operations": self.operations(), "succeeded": self.succeeded,
            "refused": self.refused, "repeated": self.faults,
            "too_large": self.too_large, "changed": self.changed,
            "seconds": self.sending.as_secs_f64(), "per_second": self.per_second(),
            "median": self.took(50), "most": self.took(95), "days": self.days,
            "restarts": self.restarts, "away": self.away, "sampled": self.sampled, "events": self.events,
            "compared": self.compared, "disagreements": self.disagreements,
        });
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
        std::fs::create_dir_all(&folder).unwrap();
        let text = serde_json::to_string_pretty(&report).unwrap();
        std::fs::write(folder.join("soak.json"), text + "\n").unwrap();
    }

    /// Nothing disagreed, and all was done; the full size was that large.
    pub fn require(&self, operations: u64) {
        assert_eq!(self.disagreements, 0, "lanes that disagree");
        assert!(self.operations() >= operations, "not all was sent");
        let has = [self.tokens, self.indexes, self.wallets];
        let large = has.iter().zip(LEAST).all(|(has, least)| *has >= least);
        assert!(large || operations < FULL, "only {has:?} of {LEAST:?}");
    }
}

fn add(all: &mut BTreeMap<String, u64>, more: &BTreeMap<String, u64>) {
    for (name, times) in more {
        *all.entry(name.clone()).or_default() += times;
    }
}
