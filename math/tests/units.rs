mod common;

use common::{config, number};
use proptest::prelude::*;
use upside_math::{Atoms, Bps, MathError, SHARE_DECIMALS, Shares, WHOLE_SHARE};

proptest! {
    #![proptest_config(config!("units"))]

    #[test]
    fn sums_and_differences_are_those_of_u64(a in number(), b in number()) {
        let sum = a.checked_add(b).ok_or(MathError::Overflow);
        let difference = a.checked_sub(b).ok_or(MathError::Underflow);
        prop_assert_eq!(Shares(a).checked_add(Shares(b)), sum.map(Shares));
        prop_assert_eq!(Atoms(a).checked_add(Atoms(b)), sum.map(Atoms));
        prop_assert_eq!(Shares(a).checked_sub(Shares(b)), difference.map(Shares));
        prop_assert_eq!(Atoms(a).checked_sub(Atoms(b)), difference.map(Atoms));
    }

    #[test]
    fn shown_as_the_plain_number(a in number()) {
        prop_assert_eq!(Shares(a).to_string(), a.to_string());
        prop_assert_eq!(format!("{:>24}", Atoms(a)), format!("{a:>24}"));
        prop_assert_eq!(Shares(a).is_zero(), a == 0);
        prop_assert_eq!(Atoms(a).is_zero(), a == 0);
    }
}

#[test]
fn basis_points_end_at_the_whole() {
    for bps in 0..=u16::MAX {
        let expected = if bps <= 10_000 {
            Ok(bps)
        } else {
            Err(MathError::OutOfRange)
        };
        assert_eq!(Bps::new(bps).map(Bps::get), expected);
    }
    assert_eq!((Bps::ZERO.get(), Bps::ONE.get()), (0, 10_000));
}

#[test]
fn a_unit_is_as_large_as_its_number() {
    assert_eq!(size_of::<Shares>(), size_of::<u64>());
    assert_eq!(size_of::<Atoms>(), size_of::<u64>());
    assert_eq!(size_of::<Bps>(), size_of::<u16>());
    assert_eq!(WHOLE_SHARE, 10u64.pow(u32::from(SHARE_DECIMALS)));
}

#[test]
fn every_error_says_something_of_its_own() {
    use MathError::{DivisionByZero, OutOfRange, Overflow, Underflow};
    let texts = [Overflow, Underflow, DivisionByZero, OutOfRange].map(|error| {
        let error: &dyn core::error::Error = &error;
        error.to_string()
    });
    for (place, text) in texts.iter().enumerate() {
        assert!(!text.is_empty() && !texts[..place].contains(text));
    }
}
