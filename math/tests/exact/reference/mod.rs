//! Every public function of the crate beside its definition in exact fractions.
//!
//! A check draws the arguments of one case, computes what the documentation says, and
//! panics where the function answers anything else, or fails anywhere else.

mod claims;
mod creation;
pub mod draw;
#[path = "../../common/exponential.rs"]
mod exponential;
mod index;
mod issuing;
mod money;
mod polls;
mod prices;
mod ratio;
mod rebalance;
mod streams;
mod units;

use draw::{Bytes, Draw};

/// One function and how it is checked.
pub struct Subject {
    /// As it is called, with its type in front where it has one.
    pub name: &'static str,
    /// One case.
    pub check: fn(&mut dyn Draw),
    /// Small cases are all those with numbers up to here, and the ends of each type.
    pub bound: u64,
    /// Random cases for one that others have: a logarithm is slow in big integers.
    pub slower: u64,
}

const fn subject(name: &'static str, check: fn(&mut dyn Draw), bound: u64) -> Subject {
    Subject {
        name,
        check,
        bound,
        slower: 1,
    }
}

/// Fails unless a function answered what its definition says.
macro_rules! same {
    ($call:expr, $expected:expr, $($arguments:expr),+) => {
        assert_eq!(
            $call, $expected,
            "{} with {:?}", stringify!($call), ($(&$arguments,)+)
        )
    };
}
use same;

/// All of them.
pub fn subjects() -> impl Iterator<Item = &'static Subject> {
    [
        units::SUBJECTS,
        money::SUBJECTS,
        claims::SUBJECTS,
        issuing::SUBJECTS,
        creation::SUBJECTS,
        streams::SUBJECTS,
        index::SUBJECTS,
        prices::SUBJECTS,
        rebalance::SUBJECTS,
        polls::SUBJECTS,
    ]
    .into_iter()
    .flatten()
}

/// The case that bytes describe: the first chooses the function.
pub fn replay(data: &[u8]) {
    if let Some((first, rest)) = data.split_first() {
        let places = subjects().count();
        if let Some(subject) = subjects().nth(usize::from(*first) % places) {
            (subject.check)(&mut Bytes::new(rest));
        }
    }
}
