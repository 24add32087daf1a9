mod common;

use common::{bps, config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    Accrual, Bps, INDEX_SHARE_DECIMALS, MAX_ENTRY_FEE, MAX_EXIT_FEE, MAX_MANAGEMENT_FEE, MathError,
    WHOLE_INDEX_SHARE, YEAR_SECONDS, fee_of, management_fee,
};

const PARTS: u64 = 10_000 * YEAR_SECONDS;

/// A carry that may stand, its ends often.
fn carry() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..PARTS, 1 => Just(0), 1 => Just(PARTS - 1)]
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..=4 * YEAR_SECONDS, 1 => Just(1u64), 1 => Just(YEAR_SECONDS), 1 => number()]
}

fn due(supply: u64, rate: Bps, seconds: u64, carry: u64) -> BigUint {
    BigUint::from(supply) * rate.get() * seconds + carry
}

proptest! {
    #![proptest_config(config!("fees"))]

    #[test]
    fn a_management_fee_equals_big_integers(
        supply in number(), rate in bps(), seconds in seconds(), carry in carry(),
    ) {
        let due = due(supply, rate, seconds, carry);
        let expected = u64::try_from(&due / PARTS).map_err(|_| MathError::Overflow);
        let expected = expected.map(|shares| Accrual {
            shares,
            carry: u64::try_from(&due % PARTS).unwrap(),
        });
        let fee = management_fee(supply, rate, seconds, carry);
        prop_assert_eq!(fee, expected);
        // Conservation: what is minted and what is carried is what fell due.
        if let Ok(fee) = fee {
            prop_assert_eq!(BigUint::from(fee.shares) * PARTS + fee.carry, due);
            prop_assert!(fee.carry < PARTS);
        }
    }

    #[test]
    fn a_whole_share_atom_of_carry_is_refused(
        supply in number(), rate in bps(), seconds in seconds(), more in number(),
    ) {
        let fee = management_fee(supply, rate, seconds, PARTS.saturating_add(more));
        prop_assert_eq!(fee, Err(MathError::OutOfRange));
    }

    #[test]
    fn it_grows_with_every_argument(
        supply in number(), rate in bps(), more_rate in bps(), seconds in seconds(),
        carry in carry(), more in number(),
    ) {
        let fee = |supply, rate, seconds, carry| {
            management_fee(supply, rate, seconds, carry).map_or(u64::MAX, |fee| fee.shares)
        };
        let here = fee(supply, rate, seconds, carry);
        prop_assert!(fee(supply.saturating_add(more), rate, seconds, carry) >= here);
        prop_assert!(fee(supply, rate.max(more_rate), seconds, carry) >= here);
        prop_assert!(fee(supply, rate, seconds.saturating_add(more), carry) >= here);
        prop_assert!(fee(supply, rate, seconds, (carry + more % PARTS).min(PARTS - 1)) >= here);
    }

    #[test]
    fn at_one_supply_many_calls_are_as_one(
        supply in number(), rate in bps(), steps in prop::collection::vec(0u64..=YEAR_SECONDS, 1..12),
        first in carry(),
    ) {
        let (mut shares, mut carry, mut all) = (0u128, first, 0);
        for step in steps {
            let Ok(fee) = management_fee(supply, rate, step, carry) else { return Ok(()) };
            shares += u128::from(fee.shares);
            (carry, all) = (fee.carry, all + step);
        }
        let whole = (due(supply, rate, all, first) / PARTS, due(supply, rate, all, first) % PARTS);
        prop_assert_eq!(whole, (BigUint::from(shares), BigUint::from(carry)));
    }

    /// With the fee minted at each call: never less than one call, and with `x` of the
    /// supply due in one call, at most `x + x^2` of it.
    #[test]
    fn compounding_is_bounded_however_often_it_is_called(
        supply in number(), rate in 0u16..=500, steps in prop::collection::vec(0u64..=YEAR_SECONDS / 4, 1..64),
    ) {
        let supply = supply >> 2;
        let rate = Bps::new(rate)?;
        let (mut after, mut carry, mut all) = (supply, 0, 0);
        for step in steps {
            let fee = management_fee(after, rate, step, carry)?;
            (after, carry, all) = (after + fee.shares, fee.carry, all + step);
        }
        let minted = BigUint::from(after - supply);
        let x = BigUint::from(rate.get()) * all;
        prop_assert!(x <= BigUint::from(PARTS));
        prop_assert!(minted >= &x * supply / PARTS);
        prop_assert!(minted * PARTS * PARTS <= (&x * PARTS + &x * &x) * supply);
    }

    #[test]
    fn a_fee_is_rounded_up_and_at_most_the_shares(shares in number(), rate in bps()) {
        let exact = u128::from(shares) * u128::from(rate.get());
        let fee = fee_of(shares, rate)?;
        prop_assert_eq!(u128::from(fee), exact.div_ceil(10_000));
        prop_assert!(fee <= shares);
    }

    #[test]
    fn a_fee_grows_with_the_shares_and_the_rate(
        shares in number(), rate in bps(), more in number(), more_rate in bps(),
    ) {
        let fee = fee_of(shares, rate)?;
        prop_assert!(fee_of(shares.saturating_add(more), rate)? >= fee);
        prop_assert!(fee_of(shares, rate.max(more_rate))? >= fee);
    }

    #[test]
    fn parts_never_lower_a_fee(
        shares in positive(), rate in bps(), cuts in prop::collection::vec(number(), 0..12),
    ) {
        let (mut left, mut paid, mut parts) = (shares, 0u128, 0);
        for cut in cuts.into_iter().map(Some).chain([None]) {
            let part = cut.map_or(left, |cut| cut.min(left));
            paid += u128::from(fee_of(part, rate)?);
            (left, parts) = (left - part, parts + 1);
        }
        let whole = u128::from(fee_of(shares, rate)?);
        prop_assert!(whole <= paid && paid < whole + parts);
    }
}

#[test]
fn the_limits() {
    assert_eq!(MAX_MANAGEMENT_FEE, Bps::new(500).unwrap());
    assert_eq!(MAX_ENTRY_FEE, Bps::new(300).unwrap());
    assert_eq!(MAX_EXIT_FEE, Bps::new(100).unwrap());
    assert_eq!(YEAR_SECONDS, 365 * 24 * 60 * 60);
    assert_eq!(10u64.pow(INDEX_SHARE_DECIMALS.into()), WHOLE_INDEX_SHARE);
}

#[test]
fn a_year_at_two_percent() {
    let rate = Bps::new(200).unwrap();
    let year = management_fee(WHOLE_INDEX_SHARE, rate, YEAR_SECONDS, 0).unwrap();
    assert_eq!((year.shares, year.carry), (20_000_000, 0));
    // A second at a time, for a day: 54,794.5 share atoms.
    let (mut shares, mut carry) = (0, 0);
    for _ in 0..86_400 {
        let fee = management_fee(WHOLE_INDEX_SHARE, rate, 1, carry).unwrap();
        (shares, carry) = (shares + fee.shares, fee.carry);
    }
    assert_eq!(shares, 54_794);
    let day = management_fee(WHOLE_INDEX_SHARE, rate, 86_400, 0).unwrap();
    assert_eq!(day, Accrual { shares, carry });
}

#[test]
fn the_ends_of_u64() {
    const MAX: u64 = u64::MAX;
    let fee = management_fee(MAX, Bps::ONE, YEAR_SECONDS, PARTS - 1).unwrap();
    assert_eq!((fee.shares, fee.carry), (MAX, PARTS - 1));
    let over = management_fee(MAX, Bps::ONE, YEAR_SECONDS + 1, 0);
    assert_eq!(over, Err(MathError::Overflow));
    assert_eq!(
        management_fee(MAX, Bps::ONE, MAX, PARTS - 1),
        Err(MathError::Overflow)
    );
    // 5 % for 20 years is the whole supply, for 100 years five times as much.
    let years = |years| management_fee(MAX, MAX_MANAGEMENT_FEE, years * YEAR_SECONDS, 0);
    assert_eq!(years(20).map(|fee| fee.shares), Ok(MAX));
    assert_eq!(years(100), Err(MathError::Overflow));
    let fifth = management_fee(MAX / 5, MAX_MANAGEMENT_FEE, 100 * YEAR_SECONDS, 0).unwrap();
    assert_eq!((fifth.shares, fifth.carry), (MAX, 0));
    let none = Accrual {
        shares: 0,
        carry: 7,
    };
    assert_eq!(management_fee(MAX, Bps::ZERO, MAX, 7), Ok(none));
    assert_eq!(management_fee(0, Bps::ONE, MAX, 7), Ok(none));
    assert_eq!(management_fee(MAX, Bps::ONE, 0, 7), Ok(none));
    assert_eq!(fee_of(MAX, Bps::ONE), Ok(MAX));
    assert_eq!(fee_of(MAX, Bps::ZERO), Ok(0));
    assert_eq!(fee_of(1, Bps::new(1).unwrap()), Ok(1));
    assert_eq!(fee_of(0, Bps::ONE), Ok(0));
}
