//! The oracle against a real validator over JSON-RPC: lanes of random steps at once, a
//! restart under way, more in between, and every account compared after each and at the
//! end.
//!
//! `cargo xtask soak` keeps the validator and says by `UPSIDE_SOAK` where to ask for it;
//! without that there is nothing to run against, and the test says so.
//! `UPSIDE_OPERATIONS`, `UPSIDE_LANES` and `UPSIDE_RESTARTS` set the size, `UPSIDE_SEED`
//! the chances.
//!
//! Nobody sets a validator's clock. So lanes have a past on LiteSVM, which becomes the
//! genesis, and each restart warps the ledger by millions of slots: the bank's clock may
//! lag behind slots by a quarter at most, and so moves by days.

mod lane;
mod ledger;
mod report;
mod validator_control;

use {
    lane::Lane,
    report::Report,
    std::{
        panic::{AssertUnwindSafe, catch_unwind},
        path::Path,
        time::{Duration, Instant, SystemTime},
    },
    upside_tests::oracle::coverage,
    upside_tests::{engine::Engine, people, rpc::genesis, world::DAY},
    validator_control::ValidatorControl,
};

/// How long before the present the lanes begin: what takes weeks has begun then.
const PAST: i64 = 60 * DAY;
/// Steps of each lane that are history when the validator starts.
const HISTORY: u64 = 60;
/// Seconds between the end of the history and the validator's start, at least.
const MARGIN: i64 = 60;

/// Slots that a restart skips, a day and a half at least. A validator starts again from a
/// ledger only while less than 2^20 slots were skipped in all.
const WARP: u64 = 450_000;
/// Slots that the last restart skips, four weeks at least.
const LAST_WARP: u64 = 8_064_000;

/// How long lanes send before the validator is restarted under them.
const UNDER_WAY: Duration = Duration::from_secs(6);

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    operations: u64,
    lanes: u64,
    restarts: u64,
    seed: u64,
}

impl Size {
    fn of_environment() -> Size {
        let number = |name, or| std::env::var(name).map_or(or, |text| text.parse().unwrap());
        Size {
            operations: number("UPSIDE_OPERATIONS", 5_000),
            lanes: number("UPSIDE_LANES", 20),
            restarts: number("UPSIDE_RESTARTS", 1),
            seed: number("UPSIDE_SEED", 0),
        }
    }

    /// How many operations of all a lane has done when `done` of them are.
    fn share(&self, lane: &Lane, done: u64) -> u64 {
        done / self.lanes + u64::from(lane.namespace <= done % self.lanes)
    }
}

#[test]
fn a_real_validator_agrees() {
    let Ok(address) = std::env::var("UPSIDE_SOAK") else {
        eprintln!("SKIPPED: no validator to soak; `cargo xtask soak` keeps one");
        return;
    };
    let size = Size::of_environment();
    let mut control = ValidatorControl::at(&address);
    let mut lanes: Vec<Lane> = build(size);
    let folder = tempfile::tempdir().expect("a folder");
    let accounts = write_genesis(&lanes, folder.path());
    eprintln!("{accounts} accounts of {} lanes in the genesis", size.lanes);
    let url = control.start(folder.path());
    each(&mut lanes, |lane| lane.connect(&url));
    coverage::forget();

    let mut sending = Duration::ZERO;
    let mut away = Vec::new();
    for part in 0..=size.restarts {
        if part > 0 {
            away.push(restart(&mut control, &mut lanes, part == size.restarts));
            each(&mut lanes, Lane::compare);
        }
        let start = Instant::now();
        let done = size.operations * (part + 1) / (size.restarts + 1);
        std::thread::scope(|scope| {
            // In the middle; after the last warp it would not start again.
            if part == size.restarts / 2 {
                scope.spawn(|| {
                    std::thread::sleep(UNDER_WAY);
                    away.push(control.restart(0));
                });
            }
            each(&mut lanes, |lane| lane.go(size.share(lane, done)));
        });
        sending += start.elapsed();
        each(&mut lanes, Lane::finalize);
    }
    each(&mut lanes, Lane::compare);
    each(&mut lanes, Lane::compare_past);
    each(&mut lanes, |lane| lane.read_ledger(&url));

    let report = Report::of(&mut lanes, sending, &away);
    report.print();
    report.write();
    report.require(size.operations);
    lanes.iter_mut().for_each(|lane| lane.run.finished = true);
}

/// The lanes on chains of their own, with a past.
fn build(size: Size) -> Vec<Lane> {
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("a clock");
    let now = i64::try_from(since.as_secs()).expect("a date");
    let build = move |namespace| {
        people::enter_namespace(namespace);
        Lane::new(namespace, size.seed, now - PAST, now - MARGIN, HISTORY)
    };
    let threads = (1..=size.lanes).map(|namespace| std::thread::spawn(move || build(namespace)));
    let threads: Vec<_> = threads.collect();
    let lanes = threads.into_iter().map(|lane| lane.join().expect("a lane"));
    lanes.collect()
}

/// Writes the accounts of all lanes; returns how many.
fn write_genesis(lanes: &[Lane], folder: &Path) -> usize {
    let Engine::Lite(empty) = Engine::lite() else {
        unreachable!("it is LiteSVM")
    };
    let written = lanes.iter().map(|lane| {
        let Engine::Lite(chain) = &lane.run.pool.world.engine else {
            unreachable!("lanes begin on LiteSVM")
        };
        genesis::write(chain, &empty, folder).expect("files")
    });
    written.sum()
}

/// Restarts the validator; returns how many seconds that took.
fn restart(control: &mut ValidatorControl, lanes: &mut [Lane], last: bool) -> f64 {
    let slots = lanes.iter_mut().map(|lane| lane.rpc().slot());
    let slot = slots.max().expect("a lane");
    let rpc = lanes.first_mut().expect("a lane").rpc();
    // A warp begins at the last snapshot and forgets what came after it.
    rpc.wait_for_snapshot(slot);
    let warp = if last { LAST_WARP } else { WARP };
    control.restart(rpc.clock().slot + warp)
}

/// Works on all lanes that agree so far, at once; where one does not, it says why and
/// stops.
fn each(lanes: &mut [Lane], work: impl Fn(&mut Lane) + Sync) {
    std::thread::scope(|scope| {
        for lane in lanes.iter_mut().filter(|lane| !lane.failed) {
            scope.spawn(|| {
                people::enter_namespace(lane.namespace);
                if catch_unwind(AssertUnwindSafe(|| work(lane))).is_err() {
                    lane.failed = true;
                    eprintln!(
                        "lane {}, seed {}:\n  {}",
                        lane.namespace,
                        lane.run.seed,
                        lane.run.steps.join("\n  ")
                    );
                }
            });
        }
    });
}
