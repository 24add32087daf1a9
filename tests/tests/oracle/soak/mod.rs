//! The oracle against a real validator over JSON-RPC: lanes of random steps at once, a
//! restart in the middle, and every account compared at the end.
//!
//! `cargo xtask soak` keeps the validator and says by `UPSIDE_SOAK` where to ask for it;
//! without that there is nothing to run against, and the test says so.
//! `UPSIDE_OPERATIONS` and `UPSIDE_LANES` set the size, `UPSIDE_SEED` the chances.

mod keeper;
mod lane;
mod report;

use {
    crate::coverage,
    keeper::Keeper,
    lane::Lane,
    report::Report,
    std::{
        panic::{AssertUnwindSafe, catch_unwind},
        path::Path,
        time::{Instant, SystemTime},
    },
    upside_tests::{engine::Engine, people, rpc::genesis, world::DAY},
};

/// How long before the present the lanes begin: what takes weeks has begun then.
const PAST: i64 = 60 * DAY;
/// Steps of each lane that are history when the validator starts.
const HISTORY: u64 = 60;
/// Seconds between the end of the history and the validator's start, at least.
const MARGIN: i64 = 60;

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    operations: u64,
    lanes: u64,
    seed: u64,
}

impl Size {
    fn of_environment() -> Size {
        let number = |name, or| std::env::var(name).map_or(or, |text| text.parse().unwrap());
        Size {
            operations: number("UPSIDE_OPERATIONS", 5_000),
            lanes: number("UPSIDE_LANES", 20),
            seed: number("UPSIDE_SEED", 0),
        }
    }

    /// How many operations of all a lane has done when `done` of them are.
    fn share(&self, lane: &Lane, done: u64) -> u64 {
        done / self.lanes + u64::from(lane.town <= done % self.lanes)
    }
}

#[test]
fn a_real_validator_agrees() {
    let Ok(address) = std::env::var("UPSIDE_SOAK") else {
        eprintln!("SKIPPED: no validator to soak; `cargo xtask soak` keeps one");
        return;
    };
    let size = Size::of_environment();
    let mut keeper = Keeper::at(&address);
    let mut lanes: Vec<Lane> = build(size);
    let folder = tempfile::tempdir().expect("a folder");
    let accounts = write_genesis(&lanes, folder.path());
    eprintln!("{accounts} accounts of {} lanes in the genesis", size.lanes);
    let url = keeper.start(folder.path());
    each(&mut lanes, |lane| lane.connect(&url));
    coverage::forget();

    let start = Instant::now();
    let half = size.operations / 2;
    each(&mut lanes, |lane| lane.go(size.share(lane, half)));
    each(&mut lanes, Lane::finalize);
    let sending = start.elapsed();

    let restart = keeper.restart();
    each(&mut lanes, Lane::compare);

    let again = Instant::now();
    each(&mut lanes, |lane| lane.go(size.share(lane, size.operations)));
    each(&mut lanes, Lane::finalize);
    let sending = sending + again.elapsed();
    each(&mut lanes, Lane::compare);
    each(&mut lanes, Lane::compare_past);

    let report = Report::of(&mut lanes, sending, restart);
    report.print();
    report.write();
    report.require(size.operations);
    lanes.iter_mut().for_each(|lane| lane.run.finished = true);
}

/// The lanes on chains of their own, with a past.
fn build(size: Size) -> Vec<Lane> {
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("a clock");
    let now = i64::try_from(since.as_secs()).expect("a date");
    let build = move |town| {
        people::go_to(town);
        Lane::new(town, size.seed, now - PAST, now - MARGIN, HISTORY)
    };
    let threads = (1..=size.lanes).map(|town| std::thread::spawn(move || build(town)));
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

/// Works on all lanes that agree so far, at once; where one does not, it says why and
/// stops.
fn each(lanes: &mut [Lane], work: impl Fn(&mut Lane) + Sync) {
    std::thread::scope(|scope| {
        for lane in lanes.iter_mut().filter(|lane| !lane.failed) {
            scope.spawn(|| {
                people::go_to(lane.town);
                if catch_unwind(AssertUnwindSafe(|| work(lane))).is_err() {
                    lane.failed = true;
                    eprintln!(
                        "lane {}, seed {}:\n  {}",
                        lane.town,
                        lane.run.seed,
                        lane.run.steps.join("\n  ")
                    );
                }
            });
        }
    });
}
