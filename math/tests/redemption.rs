mod common;

use common::{bps, config, number, part_of_whole, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{Atoms, Bps, MathError, Shares, cash_out};

/// The definition, in big integers.
fn reference(reserve: u64, burned: u64, supply: u64, tax: Bps) -> u64 {
    let up = |over: BigUint, under: u64| (over + (under - 1)) / under;
    let part = BigUint::from(reserve) * burned / supply;
    let full = up(&part * u64::from(tax.get()), 10_000);
    let left = up(full * (supply - burned), supply);
    u64::try_from(part - left).unwrap()
}

/// The curve, rounded down once.
fn curve(reserve: u64, burned: u64, supply: u64, tax: Bps) -> u64 {
    let (tax, supply) = (u64::from(tax.get()), BigUint::from(supply));
    let rate = (10_000 - tax) * &supply + BigUint::from(tax) * burned;
    let paid = BigUint::from(reserve) * burned * rate / (10_000u64 * &supply * &supply);
    u64::try_from(paid).unwrap()
}

fn paid(reserve: u64, burned: u64, supply: u64, tax: Bps) -> Result<u64, MathError> {
    cash_out(Atoms(reserve), Shares(burned), Shares(supply), tax).map(|paid| paid.0)
}

proptest! {
    #![proptest_config(config!("redemption"))]

    #[test]
    fn equals_big_integers(
        reserve in number(), (burned, supply) in part_of_whole(), tax in bps(),
    ) {
        let expected = reference(reserve, burned, supply, tax);
        prop_assert_eq!(paid(reserve, burned, supply, tax), Ok(expected));
        prop_assert!(expected <= reserve);
    }

    #[test]
    fn never_more_than_the_curve_and_less_by_two_atoms_at_most(
        reserve in number(), (burned, supply) in part_of_whole(), tax in bps(),
    ) {
        let (out, most) = (paid(reserve, burned, supply, tax)?, curve(reserve, burned, supply, tax));
        prop_assert!(out <= most && most - out <= 2, "{out} of {most}");
    }

    #[test]
    fn more_burned_or_more_reserve_or_less_tax_pays_no_less(
        reserve in number(), (burned, supply) in part_of_whole(), a in bps(), b in bps(),
        more in number(),
    ) {
        let (low, high) = (a.min(b), a.max(b));
        let here = paid(reserve, burned, supply, high)?;
        let longer = burned.saturating_add(more).min(supply);
        prop_assert!(paid(reserve, longer, supply, high)? >= here);
        prop_assert!(paid(reserve.saturating_add(more), burned, supply, high)? >= here);
        prop_assert!(paid(reserve, burned, supply, low)? >= here);
        prop_assert!(paid(reserve, burned, supply.saturating_add(more), high)? <= here);
    }

    #[test]
    fn never_more_than_the_share_of_the_reserve_and_never_poorer_who_stay(
        reserve in number(), (burned, supply) in part_of_whole(), tax in bps(),
    ) {
        let out = paid(reserve, burned, supply, tax)?;
        let plain = u128::from(reserve) * u128::from(burned) / u128::from(supply);
        prop_assert!(u128::from(out) <= plain);
        // Reserve per share before <= after.
        let before = u128::from(reserve) * u128::from(supply - burned);
        prop_assert!(before <= u128::from(reserve - out) * u128::from(supply));
    }

    #[test]
    fn an_exit_in_parts_pays_two_atoms_more_at_most(
        reserve in number(), (burned, supply) in part_of_whole(), tax in bps(),
        parts in prop::collection::vec(number(), 1..16),
    ) {
        let one = paid(reserve, burned, supply, tax)?;
        let (mut left, mut assets, mut shares) = (burned, reserve, supply);
        for part in parts.iter().map(|part| *part % burned.max(1)).chain([u64::MAX]) {
            let part = part.min(left);
            if part == 0 {
                continue;
            }
            assets -= paid(assets, part, shares, tax)?;
            shares -= part;
            left -= part;
        }
        prop_assert_eq!(left, 0);
        prop_assert!((reserve - assets).saturating_sub(one) <= 2);
    }

    /// Two parts of near sizes, where rounding matters most.
    #[test]
    fn two_small_exits_pay_two_atoms_more_at_most(
        reserve in 0u64..500, supply in 2u64..500, a in number(), b in number(), tax in bps(),
    ) {
        let first = 1 + a % (supply - 1);
        let second = 1 + b % (supply - first);
        let one = paid(reserve, first + second, supply, tax)?;
        let out = paid(reserve, first, supply, tax)?;
        let out = out + paid(reserve - out, second, supply - first, tax)?;
        prop_assert!(out <= one + 2);
    }

    #[test]
    fn the_ends_of_the_curve(reserve in number(), supply in positive(), tax in bps()) {
        prop_assert_eq!(paid(reserve, 0, supply, tax), Ok(0));
        prop_assert_eq!(paid(reserve, supply, supply, tax), Ok(reserve));
        prop_assert_eq!(paid(reserve, supply, 0, tax), Err(MathError::DivisionByZero));
        if let Some(more) = supply.checked_add(1) {
            prop_assert_eq!(paid(reserve, more, supply, tax), Err(MathError::OutOfRange));
        }
    }
}

#[test]
fn every_small_case() {
    let taxes = (0..=10_000u64).step_by(625).chain([1, 3_333, 9_999]);
    for tax in taxes {
        let part = Bps::new(u16::try_from(tax).unwrap()).unwrap();
        for supply in 1..=24u64 {
            for burned in 0..=supply {
                for reserve in 0..=40 {
                    let expected = reference(reserve, burned, supply, part);
                    assert_eq!(paid(reserve, burned, supply, part), Ok(expected));
                    assert!(expected <= curve(reserve, burned, supply, part));
                }
            }
        }
    }
}

#[test]
fn every_tax() {
    for tax in 0..=10_000 {
        let part = Bps::new(tax).unwrap();
        for (reserve, burned, supply) in [(7, 3, 5), (1_000_003, 17, 23), (u64::MAX, 1, 2)] {
            let expected = reference(reserve, burned, supply, part);
            assert_eq!(paid(reserve, burned, supply, part), Ok(expected));
        }
    }
}

#[test]
fn every_small_exit_in_two_parts() {
    for tax in [0, 1, 2_500, 5_000, 7_777, 9_999, 10_000] {
        let tax = Bps::new(tax).unwrap();
        for supply in 2..=20u64 {
            for reserve in 0..=40 {
                for first in 1..supply {
                    let out = paid(reserve, first, supply, tax).unwrap();
                    for second in 1..=supply - first {
                        let rest = paid(reserve - out, second, supply - first, tax).unwrap();
                        let one = paid(reserve, first + second, supply, tax).unwrap();
                        assert!(out + rest <= one + 2);
                    }
                }
            }
        }
    }
}

#[test]
fn a_tenth_taxed() {
    let half = Bps::new(5_000).unwrap();
    // 1,000 * 0.1 * (0.5 + 0.5 * 0.1)
    assert_eq!(paid(1_000, 100, 1_000, half), Ok(55));
    assert_eq!(paid(1_000, 100, 1_000, Bps::ZERO), Ok(100));
    assert_eq!(paid(1_000, 100, 1_000, Bps::ONE), Ok(10));
    assert_eq!(paid(1_000, 1_000, 1_000, Bps::ONE), Ok(1_000));
}

#[test]
fn the_ends_of_u64() {
    const MAX: u64 = u64::MAX;
    for tax in [0, 1, 5_000, 9_999, 10_000].map(|tax| Bps::new(tax).unwrap()) {
        for (burned, supply) in [(1, MAX), (MAX / 2, MAX), (MAX - 1, MAX), (1, 2), (MAX, MAX)] {
            let expected = reference(MAX, burned, supply, tax);
            assert_eq!(paid(MAX, burned, supply, tax), Ok(expected));
        }
    }
}
