//! Time passes.

use crate::oracle::{
    Weighted,
    run::{Run, Step},
};

pub const STEPS: &[Weighted] = &[(10, time)];

fn time(run: &mut Run) -> Option<Step> {
    if !run.pool.world.engine.has_clock() {
        return None;
    }
    let seconds = match run.rng.below(6) {
        0 => 1,
        1 => run.rng.below(3_600),
        2 => run.rng.below(86_400),
        3 if run.rng.percent(40) => 40 * 86_400,
        _ => 86_400 + run.rng.below(86_400),
    };
    run.pass(seconds as i64);
    Some(Step::nothing(format!("{seconds} seconds pass")))
}
