//! Whoever plots with whomever, holders who do nothing keep what is theirs.
//!
//! `UPSIDE_TRANSACTIONS` sets how many transactions the search tries: 8,000 by default, as
//! in CI, half of them over personal tokens and half over indexes of them; the long form is
//! 100,000. `UPSIDE_SEED` is the first of its seeds, each of which
//! is one sequence of about 25 transactions: long forms with seeds far apart try different
//! ones. `UPSIDE_RULES` keeps only breaches of the rules that it names, such as
//! `Backing,Custody`. What it finds is printed as the shortest sequence that still does it.
//!
//! ```text
//! UPSIDE_TRANSACTIONS=100000 UPSIDE_SEED=1000000 \
//!     cargo test -p upside-tests --test adversary search -- --nocapture
//! ```

mod attacks;
mod cast;
mod chance;
mod draft;
mod exits;
mod index;
mod moves;
mod random_terms;
mod report;
mod scene;
mod search;
mod setup;
mod stage;
mod taken_out;
mod thefts;

use {crate::search::Stage, std::time::Instant};

/// Transactions that are searched, unless `UPSIDE_TRANSACTIONS` says otherwise.
const TRANSACTIONS: u64 = 8_000;
/// Tests that share the search: as many over personal tokens as over indexes.
const PARTS: u64 = 4;

fn number(name: &str, or: u64) -> u64 {
    std::env::var(name).map_or(or, |text| text.parse().expect("a number"))
}

/// One of two parts of the search over one program.
fn search<S: Stage>(part: u64) {
    let wanted = number("UPSIDE_TRANSACTIONS", TRANSACTIONS).div_ceil(PARTS);
    let first = number("UPSIDE_SEED", 0);
    let start = Instant::now();
    let (mut losses, mut done, mut place) = (Vec::new(), 0, part);
    while done < wanted {
        let (sent, loss) = search::sequence::<S>(first + place);
        done += sent;
        assert!(place / 2 <= wanted, "most sequences send nothing");
        place += 2;
        if let Some(loss) = loss {
            report::lost();
            eprintln!("after {:.1} s: {loss}", start.elapsed().as_secs_f64());
            losses.push(loss);
        }
    }
    report::leave();
    assert!(
        losses.is_empty(),
        "{} sequences take something from somebody",
        losses.len()
    );
}

#[test]
fn search_first_part() {
    search::<scene::Scene>(0);
}

#[test]
fn search_second_part() {
    search::<scene::Scene>(1);
}

#[test]
fn search_of_an_index_first_part() {
    search::<index::Scene>(0);
}

#[test]
fn search_of_an_index_second_part() {
    search::<index::Scene>(1);
}
