//! Random rounds, and the definition of a purchase in big integers.

use super::common::{number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{Atoms, MAX_STAGES, Purchase, Shares, Stage, WHOLE_SHARE};

/// Share atoms sold, by stage.
pub type Sold = [u64; MAX_STAGES];

/// Stages whose shares fit `u64` together, and what is sold of each.
pub fn round() -> impl Strategy<Value = (Vec<Stage>, Sold)> {
    let stage = (positive(), positive(), number(), 0u8..4);
    prop::collection::vec(stage, 1..=MAX_STAGES).prop_map(|stages| {
        let mut sold = [0; MAX_STAGES];
        let stages = stages
            .iter()
            .zip(&mut sold)
            .map(|((shares, price, gone, kind), sold)| {
                let stage = Stage {
                    shares: (shares >> 2).max(1),
                    price: *price,
                };
                *sold = match kind {
                    0 => 0,
                    1 => stage.shares,
                    _ => gone % (stage.shares + 1),
                };
                stage
            });
        (stages.collect(), sold)
    })
}

/// A round, and a payment that often is about what some of its stages cost.
pub fn with_payment(
    round: impl Strategy<Value = (Vec<Stage>, Sold)>,
) -> impl Strategy<Value = (Vec<Stage>, Sold, u64)> {
    (round, number(), 0usize..8, -2i64..=2).prop_map(|((stages, sold), any, upto, off)| {
        let cost = exact_cost(&stages, &rest(&stages, &sold, upto)) / WHOLE_SHARE;
        let close = u64::try_from(cost)
            .ok()
            .and_then(|cost| cost.checked_add_signed(off));
        let payment = if upto > stages.len() {
            any
        } else {
            close.unwrap_or(any)
        };
        (stages, sold, payment)
    })
}

/// What is left of the first stages.
pub fn rest(stages: &[Stage], sold: &Sold, upto: usize) -> Sold {
    let mut rest = [0; MAX_STAGES];
    for ((rest, stage), sold) in rest.iter_mut().zip(stages).zip(sold).take(upto) {
        *rest = stage.shares - sold;
    }
    rest
}

/// What shares cost, in millionths of a quote atom.
pub fn exact_cost(stages: &[Stage], bought: &Sold) -> BigUint {
    stages
        .iter()
        .zip(bought)
        .map(|(stage, bought)| BigUint::from(stage.price) * *bought)
        .sum()
}

/// `buy` as its documentation defines it.
pub fn reference(stages: &[Stage], sold: &Sold, payment: u64) -> Purchase {
    let mut budget = BigUint::from(payment) * WHOLE_SHARE;
    let mut by_stage = [0; MAX_STAGES];
    for ((bought, stage), sold) in by_stage.iter_mut().zip(stages).zip(sold) {
        let affordable = u64::try_from(&budget / stage.price).unwrap_or(u64::MAX);
        *bought = affordable.min(stage.shares - sold);
        budget -= BigUint::from(stage.price) * *bought;
        if sold + *bought < stage.shares {
            break;
        }
    }
    let charge = (exact_cost(stages, &by_stage) + (WHOLE_SHARE - 1)) / WHOLE_SHARE;
    let charge = Atoms(u64::try_from(charge).unwrap());
    Purchase {
        shares: Shares(by_stage.iter().sum()),
        by_stage,
        charge,
    }
}
