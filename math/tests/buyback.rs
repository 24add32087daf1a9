mod common;

use common::{bps, config, number, positive};
use num_bigint::BigInt;
use proptest::prelude::*;
use upside_math::{
    Atoms, Bps, BuybackBasis, MathError, Shares, WHOLE_SHARE, YEAR_SECONDS, buyback, mean_time,
};

/// A basis whose measures fit, and a part of the holder's shares.
fn basis() -> impl Strategy<Value = (BuybackBasis, Shares)> {
    let amounts = (number(), number(), number(), any::<u32>(), bps());
    let shares = (positive(), number(), number());
    (amounts, shares).prop_map(|((reserve, last_price, cost, elapsed, rate), shares)| {
        let (supply, held, part) = shares;
        let held = (held % supply).max(1);
        let basis = BuybackBasis {
            reserve: Atoms(reserve),
            supply: Shares(supply),
            last_price: last_price % (1 << 24),
            cost: Atoms(cost >> 10),
            held: Shares(held),
            elapsed: u64::from(elapsed),
            rate,
        };
        (basis, Shares(part % held))
    })
}

fn up(a: BigInt, b: BigInt) -> BigInt {
    (a + &b - 1) / b
}

proptest! {
    #![proptest_config(config!("buyback"))]

    #[test]
    fn is_the_formula_rounded_up((basis, shares) in basis()) {
        let Ok(found) = buyback(shares, &basis) else { return Ok(()) };
        let big = |number: u64| BigInt::from(number);
        let reserve = up(big(basis.reserve.0) * shares.0, big(basis.supply.0));
        let last = up(big(basis.last_price) * shares.0, big(WHOLE_SHARE));
        let cost = up(big(basis.cost.0) * shares.0, big(basis.held.0));
        let year = big(YEAR_SECONDS) * 10_000;
        let growth = up(&cost * basis.rate.get() * basis.elapsed, year);
        prop_assert_eq!(big(found.reserve.0), reserve.clone());
        prop_assert_eq!(big(found.last.0), last.clone());
        prop_assert_eq!(big(found.grown.0), &cost + &growth);
        let highest = reserve.max(last).max(cost + growth);
        prop_assert_eq!(big(found.payment().0), highest);
    }

    /// Buying back in parts never pays the holder less than at once.
    #[test]
    fn parts_pay_no_less_than_the_whole((basis, shares) in basis(), first in number()) {
        let first = Shares(first % (shares.0.max(1)));
        let rest = Shares(shares.0 - first.0.min(shares.0));
        let (Ok(whole), Ok(a)) = (buyback(shares, &basis), buyback(first, &basis)) else {
            return Ok(());
        };
        // What is left after the first part: no fewer atoms of cost a share.
        let left = BuybackBasis {
            cost: Atoms(basis.cost.0 - u64::try_from(
                u128::from(basis.cost.0) * u128::from(first.0) / u128::from(basis.held.0),
            ).unwrap()),
            held: Shares(basis.held.0 - first.0),
            ..basis
        };
        if left.held.is_zero() {
            return Ok(());
        }
        let Ok(b) = buyback(rest, &left) else { return Ok(()) };
        let together = u128::from(a.payment().0) + u128::from(b.payment().0);
        prop_assert!(together >= u128::from(whole.payment().0));
    }

    #[test]
    fn time_and_rate_never_lower_it((basis, shares) in basis(), more in any::<u32>()) {
        let later = BuybackBasis { elapsed: basis.elapsed + u64::from(more), ..basis };
        if let (Ok(now), Ok(then)) = (buyback(shares, &basis), buyback(shares, &later)) {
            prop_assert!(then.payment() >= now.payment());
        }
        let faster = BuybackBasis { rate: Bps::ONE, ..basis };
        if let (Ok(slow), Ok(fast)) = (buyback(shares, &basis), buyback(shares, &faster)) {
            prop_assert!(fast.payment() >= slow.payment());
        }
    }

    #[test]
    fn a_mean_lies_between_and_leans_to_the_past(
        cost in number(), time in any::<i64>(), more in number(), other in any::<i64>(),
    ) {
        let mean = mean_time(Atoms(cost), time, Atoms(more), other)?;
        prop_assert!(mean >= time.min(other) && mean <= time.max(other));
        if cost > 0 || more > 0 {
            let all = BigInt::from(cost) + more;
            let sum = BigInt::from(cost) * time + BigInt::from(more) * other;
            // Never above the exact mean, and less than a second below it.
            prop_assert!(&all * mean <= sum && &all * (i128::from(mean) + 1) > sum);
        }
        let turned = mean_time(Atoms(more), other, Atoms(cost), time)?;
        prop_assert!(turned == mean || cost == 0 && more == 0);
    }
}

#[test]
fn cases_by_hand() {
    let basis = BuybackBasis {
        reserve: Atoms(1_000),
        supply: Shares(100),
        last_price: 3_000_000,
        cost: Atoms(50),
        held: Shares(10),
        elapsed: YEAR_SECONDS / 2,
        rate: Bps::new(1_000).unwrap(),
    };
    let found = buyback(Shares(10), &basis).unwrap();
    assert_eq!((found.reserve, found.last), (Atoms(100), Atoms(30)));
    // 50 and half a year's tenth of it, rounded up.
    assert_eq!((found.grown, found.payment()), (Atoms(53), Atoms(100)));
    let empty = BuybackBasis::default();
    assert_eq!(buyback(Shares(1), &empty), Err(MathError::OutOfRange));
    assert_eq!(buyback(Shares(0), &empty), Err(MathError::DivisionByZero));
    assert_eq!(mean_time(Atoms(1), 10, Atoms(1), 21), Ok(15));
    assert_eq!(mean_time(Atoms(0), 10, Atoms(5), 21), Ok(21));
}
