//! What nobody can take from a holder of an index who does nothing: the invariants of
//! the pooled index, over what a chain says before and after a transaction.

mod books;
mod facts;
mod members;
mod property;
mod terms;
mod trades;
mod value;
mod votes;

pub use facts::PoolFacts;

use {super::Findings, std::collections::BTreeSet, upside_sdk::Pubkey};

/// What a transaction may not have done to those who did not sign it. `signed` are all
/// signers. `one` if it had one instruction: then guards are checked by what supplies were
/// just then.
pub fn check(
    before: &PoolFacts,
    after: &PoolFacts,
    signed: &BTreeSet<Pubkey>,
    one: bool,
) -> Findings {
    let mut found = Findings::default();
    value::check(before, after, one, &mut found);
    books::check(before, after, &mut found);
    terms::check(before, after, &mut found);
    members::check(before, after, one, &mut found);
    trades::sealed(before, after, &mut found);
    votes::check(before, after, &mut found);
    property::check(before, after, signed, &mut found);
    found
}
