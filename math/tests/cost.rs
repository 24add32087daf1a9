mod common;

use common::{config, number, part_of_whole, positive};
use proptest::prelude::*;
use upside_math::{Atoms, MathError, carried};

proptest! {
    #![proptest_config(config!("cost"))]

    #[test]
    fn is_the_part_rounded_down(cost in number(), (part, whole) in part_of_whole()) {
        let exact = u128::from(cost) * u128::from(part) / u128::from(whole);
        let carried = carried(Atoms(cost), part, whole)?;
        prop_assert_eq!(u128::from(carried.0), exact);
        prop_assert!(carried.0 <= cost);
    }

    #[test]
    fn refuses_more_than_the_whole(cost in number(), part in number(), whole in number()) {
        let expected = match () {
            () if whole == 0 => Some(MathError::DivisionByZero),
            () if part > whole => Some(MathError::OutOfRange),
            () => None,
        };
        prop_assert_eq!(carried(Atoms(cost), part, whole).err(), expected);
    }

    /// However the units leave, the last one takes along what is left of the cost.
    #[test]
    fn units_that_leave_in_parts_carry_the_whole_cost(
        cost in number(), whole in positive(), parts in prop::collection::vec(number(), 0..12),
    ) {
        let (mut cost_left, mut left, mut gone) = (Atoms(cost), whole, 0u128);
        for part in parts.iter().map(|part| part % whole).chain([u64::MAX]) {
            let part = part.min(left);
            if left == 0 {
                break;
            }
            let one_exit = carried(Atoms(cost), part, whole)?;
            let taken = carried(cost_left, part, left)?;
            // What rounding left behind stays with those who stay.
            prop_assert!(part == 0 || taken >= one_exit);
            cost_left = cost_left.checked_sub(taken)?;
            left -= part;
            gone += u128::from(taken.0);
        }
        prop_assert_eq!((cost_left, left, gone), (Atoms::ZERO, 0, u128::from(cost)));
    }

    #[test]
    fn more_units_carry_no_less(
        cost in number(), (part, whole) in part_of_whole(), more in number(),
    ) {
        let larger = part.saturating_add(more).min(whole);
        prop_assert!(carried(Atoms(cost), larger, whole)? >= carried(Atoms(cost), part, whole)?);
    }
}

#[test]
fn every_small_case() {
    for cost in 0..=40u64 {
        for whole in 1..=40 {
            for part in 0..=whole {
                assert_eq!(
                    carried(Atoms(cost), part, whole),
                    Ok(Atoms(cost * part / whole))
                );
            }
        }
    }
}
