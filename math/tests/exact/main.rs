//! Every public function against its definition in exact fractions: all small cases,
//! and random ones of any size. Figures stand in `target/trust/exact.json`.
//!
//! `EXACT_CASES` sets the number of random cases of each function.

#[allow(dead_code, reason = "`cargo xtask fuzz` writes packs")]
#[path = "../../../fuzz/src/pack.rs"]
mod pack;
mod reference;

use reference::{
    Subject,
    draw::{Odometer, Random},
    replay, subjects,
};
use std::{
    collections::BTreeSet,
    env, fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Random cases of each function, where nothing else is asked for.
const CASES: u64 = 20_000;

fn cases() -> u64 {
    let asked = env::var("EXACT_CASES").ok();
    asked.map_or(CASES, |cases| {
        cases.parse().expect("EXACT_CASES is a number")
    })
}

/// What one function was held against.
struct Figures {
    name: &'static str,
    exhaustive: u64,
    random: u64,
}

fn measure(subject: &Subject, place: usize, cases: u64) -> Figures {
    let mut small = Odometer::new(subject.bound);
    let mut exhaustive = 0;
    loop {
        (subject.check)(&mut small);
        exhaustive += 1;
        if !small.advance() {
            break;
        }
    }
    let random = cases / subject.slower;
    let mut draw = Random::new(place as u64);
    for _ in 0..random {
        (subject.check)(&mut draw);
    }
    Figures {
        name: subject.name,
        exhaustive,
        random,
    }
}

#[test]
fn every_function_equals_its_definition() {
    let subjects: Vec<_> = subjects().collect();
    let (next, cases) = (AtomicUsize::new(0), cases());
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            match subjects.get(place) {
                Some(subject) => done.push((place, measure(subject, place, cases))),
                None => return done,
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut figures: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let done = workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap());
        done.collect()
    });
    figures.sort_by_key(|(place, _)| *place);
    let mut rows = Vec::new();
    for (
        _,
        Figures {
            name,
            exhaustive,
            random,
        },
    ) in figures
    {
        println!("{name:<24} {exhaustive:>9} small {random:>9} random");
        rows.push(format!(
            r#"  {{"function": "{name}", "exhaustive": {exhaustive}, "random": {random}}}"#
        ));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("exact.json"),
        format!("[\n{}\n]\n", rows.join(",\n")),
    )
    .unwrap();
}

/// The public functions in one source file, those of a type with its name in front.
fn functions(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    // The units are one implementation for both.
    let units: BTreeSet<_> = ["Shares", "Atoms"].into();
    let mut types = BTreeSet::new();
    for line in source.lines() {
        let code = line.trim_start();
        if let Some(owner) = code.strip_prefix("impl ") {
            let owner = owner.split([' ', '<']).next().unwrap_or_default();
            types = match owner {
                "$name" => units.clone(),
                owner => [owner].into(),
            };
        }
        let code = code.replace("const fn", "fn");
        let Some(name) = code.strip_prefix("pub fn ") else {
            continue;
        };
        let name = name.split(['(', '<']).next().unwrap_or_default();
        if line.starts_with("pub") {
            found.push(name.to_owned());
        } else {
            found.extend(types.iter().map(|owner| format!("{owner}::{name}")));
        }
    }
    found
}

#[test]
fn no_function_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources = fs::read_dir(folder).unwrap();
    let sources = sources.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let all: BTreeSet<_> = sources.flat_map(|source| functions(&source)).collect();
    let listed: BTreeSet<_> = subjects().map(|subject| subject.name.to_owned()).collect();
    assert_eq!(all, listed);
    assert_eq!(listed.len(), subjects().count(), "each once");
}

/// What fuzzing found worth keeping, and numbers of no meaning.
#[test]
fn bytes_make_cases() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/math.pack");
    let corpus = fs::read(corpus).expect("the corpus is committed");
    let inputs = pack::read(&corpus).expect("the corpus is whole");
    assert!(!inputs.is_empty());
    for (_, bytes) in inputs {
        replay(&bytes);
    }
    for first in 0..=u8::MAX {
        replay(&[first]);
        replay(&[first; 200]);
    }
}
