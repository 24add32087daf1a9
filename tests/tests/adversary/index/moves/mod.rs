//! Everything that people can call of an index, and what owners of its constituents can
//! do to it, with amounts near what the rules bound.

pub mod baskets;
pub mod holders;
pub mod members;
pub mod people;
pub mod rebalance;
pub mod shares;
pub mod terms;
pub mod upkeep;
pub mod wraps;

use {
    super::Scene,
    crate::{cast::key, moves::again, search},
    upside_sdk::index::CreateIndexArgs,
    upside_tests::rng::Rng,
};

/// A move of an index.
pub type Move = search::Move<Scene>;

/// What was done before, once more.
const AGAIN: &[Move] = &[
    (3, again::same),
    (4, again::elsewhere),
    (4, again::otherwise),
];

/// All moves, by subject.
pub const SUBJECTS: &[&[Move]] = &[
    shares::MOVES,
    upkeep::MOVES,
    people::MOVES,
    baskets::MOVES,
    rebalance::MOVES,
    holders::MOVES,
    members::MOVES,
    wraps::MOVES,
    AGAIN,
];

/// Terms of an index, often at the ends of what is allowed.
pub fn random_terms(rng: &mut Rng, args: &mut CreateIndexArgs) {
    args.terms.equal_share_bps = rng.one(&[0, 2_500]).unwrap();
    args.terms.notice_seconds = rng.one(&[3 * 86_400, 7 * 86_400]).unwrap();
    args.parameters.management_fee_bps = rng.one(&[0, 500]).unwrap();
    args.parameters.entry_fee_bps = rng.one(&[0, 0, 300]).unwrap();
    args.parameters.exit_fee_bps = rng.one(&[0, 0, 100]).unwrap();
    args.terms.dilution_bps = rng.one(&[100, 1_000]).unwrap();
    if args.terms.equal_share_bps == 0 {
        (args.terms.credential, args.terms.schema) = Default::default();
    } else {
        args.terms.credential = key("credential");
        args.terms.schema = key("schema");
    }
    args.guardian = key("guardian");
}
