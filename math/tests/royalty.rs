mod common;

use common::{config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{Atoms, Bps, MathError, Shares, exit, max_royalty, royalty, sale_payment};

/// Rates as terms allow them.
fn rate() -> impl Strategy<Value = Bps> {
    prop_oneof![6 => 0u16..=5_000, 1 => Just(0u16), 1 => Just(1), 1 => Just(5_000)]
        .prop_map(|bps| Bps::new(bps).unwrap())
}

/// Shares and prices whose payment fits.
fn offer() -> impl Strategy<Value = (u64, u64)> {
    (positive(), positive())
        .prop_map(|(shares, price)| {
            let most = u128::from(u64::MAX) * 1_000_000 / u128::from(shares);
            let most = u64::try_from(most).unwrap_or(u64::MAX).max(1);
            if u128::from(shares) * u128::from(price) <= u128::from(u64::MAX) * 1_000_000 {
                (shares, price)
            } else {
                (shares, price % most + 1)
            }
        })
        .prop_filter("the payment fits", |(shares, price)| {
            sale_payment(Shares(*shares), *price).is_ok()
        })
}

/// The royalty of a sale in parts, each of which cost its part of `cost`.
fn in_parts(
    parts: &[u64],
    price: u64,
    rate: Bps,
    cost: u64,
    mut profit: i128,
) -> Result<(u64, u128), MathError> {
    let all: u64 = parts.iter().sum();
    let (mut taxable, mut sold, mut paid, mut left, mut cost_left) = (0, 0, 0, all, cost);
    let mut payments = 0;
    for part in parts {
        let payment = sale_payment(Shares(*part), price)?;
        let carried = u128::from(cost_left) * u128::from(*part) / u128::from(left);
        let carried = u64::try_from(carried).unwrap();
        let one = exit(payment, Atoms(carried), profit, Atoms(0))?;
        profit = one.cumulative;
        taxable += one.in_scope.0;
        sold += part;
        left -= part;
        cost_left -= carried;
        payments += u128::from(payment.0);
        let owed = royalty(Atoms(taxable), price, rate, Shares(sold))?.0;
        assert!(owed >= paid, "a part never gives royalty back");
        assert!(owed <= max_royalty(Shares(sold), rate)?.0);
        paid = owed;
    }
    Ok((paid, payments))
}

proptest! {
    #![proptest_config(config!("royalty"))]

    #[test]
    fn is_the_formula((sold, price) in offer(), rate in rate(), taxable in number()) {
        let owed = royalty(Atoms(taxable), price, rate, Shares(sold))?;
        let up = |a: BigUint, b: BigUint| (a + &b - 1u8) / b;
        let exact = up(BigUint::from(taxable) * rate.get() * 100u8, BigUint::from(price));
        let most = up(BigUint::from(sold) * rate.get(), BigUint::from(10_000u32));
        prop_assert_eq!(BigUint::from(owed.0), exact.min(most));
    }

    #[test]
    fn a_payment_is_rounded_up_once(shares in number(), price in number()) {
        let exact = u128::from(shares) * u128::from(price);
        let exact = exact.div_ceil(1_000_000);
        let expected = u64::try_from(exact).map(Atoms).map_err(|_| MathError::Overflow);
        prop_assert_eq!(sale_payment(Shares(shares), price), expected);
    }

    #[test]
    fn a_loss_owes_nothing(
        (sold, price) in offer(), rate in rate(), more in number(), profit in -1_000_000i128..1_000_000,
    ) {
        let payment = sale_payment(Shares(sold), price)?;
        let cost = Atoms(payment.0.saturating_add(more));
        let taxable = exit(payment, cost, profit, Atoms(0))?.in_scope;
        prop_assert_eq!(royalty(taxable, price, rate, Shares(sold))?, Shares::ZERO);
    }

    #[test]
    fn all_profit_owes_no_more_than_the_lock_and_parts_of_it_never_more_together(
        (sold, price) in offer(), rate in rate(), first in number(),
    ) {
        let first = first % sold;
        let lock = max_royalty(Shares(sold), rate)?;
        let payment = sale_payment(Shares(sold), price)?;
        prop_assert!(royalty(payment, price, rate, Shares(sold))? <= lock);
        prop_assert!(max_royalty(Shares(first), rate)? <= lock);
    }

    /// Between a sale as a whole and in parts lies what rounding the payments and the
    /// carried cost moves, one atom of each a part, and nothing else.
    #[test]
    fn parts_owe_what_the_whole_owes(
        (sold, price) in offer(), rate in rate(), cost in number(),
        cuts in prop::collection::vec(number(), 0..8), profit in -1_000_000_000i128..1_000_000_000,
    ) {
        let mut cuts: Vec<u64> = cuts.iter().map(|cut| cut % sold).collect();
        cuts.extend([0, sold]);
        cuts.sort_unstable();
        cuts.dedup();
        let parts: Vec<u64> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (whole, once) = in_parts(&[sold], price, rate, cost, profit)?;
        let Ok((split, payments)) = in_parts(&parts, price, rate, cost, profit) else {
            return Ok(());
        };
        let count = parts.len() as u128;
        prop_assert!(payments >= once && payments <= once + count);
        // Never less, but for the cost that rounding leaves to later parts and a loss in
        // between, which is earned anew.
        let atoms = 4 * count + 4;
        let slack = (atoms * u128::from(rate.get()) * 100).div_ceil(u128::from(price)) + 1;
        prop_assert!(u128::from(whole.abs_diff(split)) <= slack, "{} {} {}", whole, split, slack);
    }
}

#[test]
fn cases_by_hand() {
    let rate = Bps::new(1_000).unwrap();
    // 100 shares at 2: 200 quote, 150 of them profit: 15 quote are 7.5 shares.
    let owed = royalty(Atoms(150_000_000), 2_000_000, rate, Shares(100_000_000));
    assert_eq!(owed, Ok(Shares(7_500_000)));
    // A single atom of profit owes one share atom, not none.
    assert_eq!(royalty(Atoms(1), 2_000_000, rate, Shares(1)), Ok(Shares(1)));
    assert_eq!(
        royalty(Atoms(1), 2_000_000, Bps::ZERO, Shares(1)),
        Ok(Shares(0))
    );
    assert_eq!(
        royalty(Atoms(1), 0, rate, Shares(1)),
        Err(MathError::DivisionByZero)
    );
    assert_eq!(max_royalty(Shares(10_001), rate), Ok(Shares(1_001)));
    // Worthless shares: the payment's rounding is no reason to owe more than the lock.
    assert_eq!(royalty(Atoms(1), 1, rate, Shares(10)), Ok(Shares(1)));
    assert_eq!(royalty(Atoms(u64::MAX), 1, rate, Shares(10)), Ok(Shares(1)));
}
