//! One sequence from its seed; if it fails, the shortest one that does.

use {
    crate::oracle::{STEPS, coverage, run::Run},
    crate::{rng::Rng, shrink},
};

/// Looks at a sequence after each step; panics if something is wrong.
type Check = fn(&mut Run);

/// Runs the sequence of a seed.
///
/// # Panics
/// If chain and model disagree: with the seed and the fewest steps that do.
pub fn one(base: &Run, seed: u64) {
    let failed = match first(base, seed, |_| {}) {
        Ok(compared) => return coverage::sequence(compared),
        Err(failed) => failed,
    };
    panic!("{}", shortened(base, failed, |_| {}));
}

/// A sequence that failed. A step is where chance stood before it: from there it does the
/// same in the same place, and something of its kind elsewhere.
struct Failed {
    seed: u64,
    steps: Vec<u64>,
    end: End,
}

/// What a sequence did in words, and what was wrong then.
struct End {
    done: Vec<String>,
    wrong: String,
}

/// Runs a sequence for the first time; how many numbers it compared.
fn first(base: &Run, seed: u64, check: Check) -> Result<u64, Failed> {
    let (mut run, mut steps) = (base.fork(seed), Vec::new());
    let wrong = shrink::panicked(false, || {
        for _ in 0..STEPS {
            steps.push(run.rng.0);
            run.step();
            check(&mut run);
        }
        run.compare_all();
    });
    run.finished = true;
    let compared = run.compared() - base.compared();
    match wrong {
        None => Ok(compared),
        Some(wrong) => {
            let done = std::mem::take(&mut run.steps);
            let end = End { done, wrong };
            Err(Failed { seed, steps, end })
        }
    }
}

/// Runs some steps of a sequence; how it ends if it fails.
fn replay(base: &Run, seed: u64, steps: &[u64], check: Check) -> Option<End> {
    let mut run = base.fork(seed);
    let wrong = shrink::panicked(true, || {
        for step in steps {
            run.rng = Rng(*step);
            run.step();
            check(&mut run);
        }
        run.compare_all();
    });
    run.finished = true;
    let done = std::mem::take(&mut run.steps);
    wrong.map(|wrong| End { done, wrong })
}

/// Leaves out steps of a sequence that failed.
fn shorten(base: &Run, failed: Failed, check: Check) -> Failed {
    let seed = failed.seed;
    let fails = |steps: &[u64]| replay(base, seed, steps, check);
    let deadline = shrink::deadline();
    let (steps, end) = shrink::shortest(failed.steps, failed.end, deadline, fails);
    Failed { seed, steps, end }
}

/// The same in words.
fn shortened(base: &Run, failed: Failed, check: Check) -> String {
    let all = failed.steps.len();
    let Failed { seed, steps, end } = shorten(base, failed, check);
    format!(
        "seed {seed}, {} of {all} steps:\n  {}\n{}",
        steps.len(),
        end.done.join("\n  "),
        end.wrong
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something is wrong as soon as three transactions succeeded.
    fn planted(run: &mut Run) {
        assert!(run.tally.succeeded < 3, "planted");
    }

    #[test]
    fn a_planted_failure_is_found_with_the_fewest_steps() {
        let base = Run::base();
        let failed = first(&base, 3, planted).expect_err("a failure is planted");
        let all = failed.steps.len();
        let least = shorten(&base, failed, planted);
        assert!(
            least.steps.len() <= 3,
            "{} of {all} steps",
            least.steps.len()
        );
        assert_eq!(least.end.wrong, "planted");
        for place in 0..least.steps.len() {
            let mut fewer = least.steps.clone();
            fewer.remove(place);
            assert!(
                replay(&base, least.seed, &fewer, planted).is_none(),
                "{place}"
            );
        }
        // Whoever runs it again gets the same.
        let again = replay(&base, least.seed, &least.steps, planted).expect("it fails again");
        assert_eq!(again.done, least.end.done);
    }

    #[test]
    fn a_balance_that_the_model_does_not_know_is_found_with_the_fewest_steps() {
        let base = Run::base();
        let wrong = |run: &mut Run| {
            if run.tally.succeeded >= 2 {
                let bob = run.key("bob");
                let quote = run.pool.world.quote;
                run.model
                    .accounts
                    .entry((bob, quote))
                    .and_modify(|it| *it += 1);
            }
        };
        let failed = first(&base, 5, wrong).expect_err("a failure is planted");
        let least = shorten(&base, failed, wrong);
        assert!(least.steps.len() <= 2, "{} steps", least.steps.len());
        let text = shortened(&base, least, wrong);
        assert!(text.starts_with("seed 5, "), "{text}");
    }
}
