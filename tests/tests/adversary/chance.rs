//! Amounts near what rules bound.

use upside_tests::dice::Dice;

/// Around nothing, all, and figures that a rule may name; else any order of magnitude.
pub fn edge(dice: &mut Dice, all: u64, figures: &[u64]) -> u64 {
    let base = match dice.below(10) {
        0 => return 1,
        1 | 2 => all,
        3 => all / 2,
        4..=6 if !figures.is_empty() => dice.one(figures).unwrap_or(all),
        7 => return dice.below(3),
        _ => return dice.amount(all),
    };
    match dice.below(6) {
        0 => base.saturating_add(1),
        1 => base.saturating_sub(1),
        _ => base,
    }
}
