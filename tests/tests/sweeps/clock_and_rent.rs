//! Every call in surroundings that change: a clock that jumps, a rent that rises.

use {
    crate::{Cases, run, scene::Scene},
    solana_clock::Clock,
    solana_rent::Rent,
    std::panic::{AssertUnwindSafe, catch_unwind},
    upside_tests::{
        cases::{CASES, index::CASES as INDEX_CASES},
        engine::Engine,
        world::DAY,
    },
};

/// Seconds by which the clock is off: nodes may disagree, and step back.
const JUMPS: [i64; 7] = [-3_650 * DAY, -DAY, -3_600, -1, 1, DAY, 3_650 * DAY];

/// Calls that succeeded and that were refused, at other times than the cases's.
fn jump<W: Scene>(cases: &Cases<W>) -> (usize, usize) {
    let (mut succeeded, mut refused, mut faults) = (0, 0, Vec::new());
    for (name, make) in cases {
        let mut case = make();
        for seconds in JUMPS {
            let mut branch = case.world.branch();
            let mut svm = run::unsigned(&case.world.world().engine);
            let mut clock: Clock = svm.get_sysvar();
            clock.unix_timestamp += seconds;
            svm.set_sysvar(&clock);
            match run::run(&svm, &case.instruction) {
                run::Verdict::Refused => refused += 1,
                run::Verdict::Broken(why) => faults.push(format!("{name}, {seconds} s: {why}")),
                run::Verdict::Done(_) => {
                    succeeded += 1;
                    let outcome = run::commit(&mut svm, &case.instruction);
                    branch.world().engine = Engine::Lite(svm);
                    let check = AssertUnwindSafe(|| branch.check(name, outcome));
                    if catch_unwind(check).is_err() {
                        faults.push(format!("{name}, {seconds} s: the books do not hold"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    (succeeded, refused)
}

#[test]
fn whatever_the_clock_says_calls_are_refused_by_name_or_keep_the_books() {
    for (succeeded, refused) in [jump(CASES), jump(INDEX_CASES)] {
        println!("{succeeded} succeeded, {refused} refused");
        assert!(succeeded > 200 && refused > 20, "{succeeded} {refused}");
    }
}

/// What no longer succeeds where rent is another than when the accounts were made.
fn rented<W: Scene>(cases: &Cases<W>, rent: &Rent) -> Vec<&'static str> {
    let mut refused = Vec::new();
    for (name, make) in cases {
        let mut case = make();
        let mut svm = run::unsigned(&case.world.world().engine);
        svm.set_sysvar(rent);
        match run::run(&svm, &case.instruction) {
            run::Verdict::Done(_) => {}
            run::Verdict::Refused => refused.push(*name),
            run::Verdict::Broken(why) => panic!("{name}: {why}"),
        }
    }
    refused
}

#[test]
fn a_rent_that_rises_or_falls_stops_nothing() {
    for per_byte in [69_600, 348] {
        let rent = Rent {
            lamports_per_byte: per_byte,
            ..Rent::default()
        };
        let refused = [rented(CASES, &rent), rented(INDEX_CASES, &rent)].concat();
        assert!(refused.is_empty(), "{per_byte}: {refused:?}");
    }
}
