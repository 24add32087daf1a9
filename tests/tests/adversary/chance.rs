//! Amounts near what rules bound.

use upside_tests::rng::Rng;

/// Around nothing, all, and figures that a rule may name; else any order of magnitude.
pub fn edge(rng: &mut Rng, all: u64, figures: &[u64]) -> u64 {
    let base = match rng.below(10) {
        0 => return 1,
        1 | 2 => all,
        3 => all / 2,
        4..=6 if !figures.is_empty() => rng.one(figures).unwrap_or(all),
        7 => return rng.below(3),
        _ => return rng.amount(all),
    };
    match rng.below(6) {
        0 => base.saturating_add(1),
        1 => base.saturating_sub(1),
        _ => base,
    }
}
