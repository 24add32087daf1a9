//! Random sequences of everything that people can do, against the model, which predicts
//! every balance and every counter.

pub mod choose;
pub mod coverage;
pub mod events;
pub mod execute;
pub mod run;
pub mod sequence;
pub mod steps;
pub mod watch;

use {
    run::Run,
    std::sync::{Mutex, MutexGuard},
};

/// Steps of a sequence.
pub const STEPS: usize = 60;

/// A step's weight and what it makes of a sequence so far; none where it finds nothing
/// to do.
pub type Weighted = (u64, fn(&mut Run) -> Option<run::Step>);

/// All steps, by subject.
pub const SUBJECTS: &[&[Weighted]] = &[
    // Core.
    steps::time::STEPS,
    steps::holders::STEPS,
    steps::approvals::STEPS,
    steps::bearer::STEPS,
    steps::rounds::STEPS,
    steps::money::STEPS,
    steps::claims::STEPS,
    steps::exits::STEPS,
    steps::owner::STEPS,
    // Markets and governance.
    steps::sales::STEPS,
    steps::orders::STEPS,
    steps::grants::STEPS,
    steps::products::STEPS,
    steps::evidence::STEPS,
    steps::polls::STEPS,
    steps::passed::STEPS,
    steps::governance::STEPS,
    steps::endings::STEPS,
    // Indexes.
    steps::index::shares::STEPS,
    steps::index::baskets::STEPS,
    steps::index::deals::STEPS,
    steps::index::members::STEPS,
    steps::index::rebalances::STEPS,
    steps::index::govern::STEPS,
    steps::index::votes::STEPS,
    steps::index::compose::STEPS,
    steps::index::donations::STEPS,
    steps::index::income::STEPS,
    steps::index::wraps::STEPS,
    steps::index::wound_up::STEPS,
];

/// What each sequence begins with, in this order.
pub const SETUPS: &[fn(&mut Run)] = &[
    // Core.
    steps::people::setup,
    // Markets and governance.

    // Indexes.
    steps::index::setup::setup,
];

/// Locks, also where another part failed.
pub fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
