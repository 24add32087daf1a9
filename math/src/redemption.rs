//! The cash-out curve.

use crate::{
    Atoms, Bps, MathError, Rounding, Shares, mul_div,
    mul_div::{div_rem, mul_div_rem, product},
    wide::Wide,
};

/// What burning `burned` of `supply` share atoms pays out of a `reserve` of atoms at
/// a cash-out `tax`: with `B`, `c`, `T` and `r` for them, rounded down,
/// `floor(B * (c / T) * ((1 - r) + r * c / T))` atoms of the reserve's mint.
///
/// Exact for all arguments. Burning all pays all, burning none pays none, and an
/// exit in parts never pays more than one at once.
///
/// Errors: `DivisionByZero` for no supply; `OutOfRange` for more than the supply.
pub fn cash_out(
    reserve: Atoms,
    burned: Shares,
    supply: Shares,
    tax: Bps,
) -> Result<Atoms, MathError> {
    if supply.is_zero() {
        return Err(MathError::DivisionByZero);
    }
    if burned > supply {
        return Err(MathError::OutOfRange);
    }
    if tax == Bps::ZERO || burned == supply {
        return mul_div(reserve.0, burned.0, supply.0, Rounding::Down).map(Atoms);
    }
    let rate = rate(burned.0, supply.0, tax)?;
    let (main, rest) = mul_div_rem(reserve.0, burned.0, supply.0)?;
    // Up to about 1.8 * 10^9 whole shares the rate fits 64 bits.
    match u64::try_from(rate) {
        Ok(rate) => narrow(main, rest, rate, supply.0),
        Err(_) => wide(main, rest, rate, supply.0),
    }
    .map(Atoms)
}

const ONE: u64 = 10_000;

/// `n = (10^4 - r) * T + r * c`, the curve's second factor times `10^4 * T`.
fn rate(burned: u64, supply: u64, tax: Bps) -> Result<u128, MathError> {
    let tax = u64::from(tax.get());
    let kept = ONE.checked_sub(tax).ok_or(MathError::OutOfRange)?;
    // At most 10^4 * T < 2^78: it cannot wrap.
    Ok(product(kept, supply).wrapping_add(product(tax, burned)))
}

// With B * c = q * T + m the curve is floor((q * n + floor(m * n / T)) / (10^4 * T)):
// dividing by T before adding does not change the floor, as q * n is whole. Dividing
// by T and 10^4 one after the other does not change it either.

/// The curve in 128 bits.
fn narrow(q: u64, m: u64, n: u64, supply: u64) -> Result<u64, MathError> {
    let (rest, _) = div_rem(product(m, n), supply)?;
    // m < T, so the rest is below n < 2^64, and the sum at most 2^64 * n < 2^128.
    let sum = product(q, n).wrapping_add(rest);
    let (by_supply, _) = div_rem(sum, supply)?;
    let (paid, _) = div_rem(by_supply, ONE)?;
    u64::try_from(paid).map_err(|_| MathError::Overflow)
}

/// The curve in 192 bits.
fn wide(q: u64, m: u64, n: u128, supply: u64) -> Result<u64, MathError> {
    let rest = Wide::product(n, m).div(supply)?;
    Wide::product(n, q)
        .add(rest)?
        .div(supply)?
        .div(ONE)?
        .narrow()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, reason = "numbers of a test")]

    use super::*;
    use proptest::{prelude::*, test_runner::RngAlgorithm};

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_algorithm: RngAlgorithm::XorShift,
            ..ProptestConfig::with_cases(10_000)
        })]

        #[test]
        fn both_widths_agree(
            q: u64, m: u64, n: u64, supply in 1..=u64::MAX, shifts: [u8; 4],
        ) {
            let [q, m, n, supply] = [(q, 0), (m, 1), (n, 2), (supply, 3)]
                .map(|(number, place)| number >> (shifts.get(place).unwrap_or(&0) % 64));
            let supply = supply.max(1);
            prop_assert_eq!(
                narrow(q, m % supply, n, supply),
                wide(q, m % supply, u128::from(n), supply)
            );
        }
    }

    #[test]
    fn both_widths_agree_at_the_ends() {
        let ends = [0, 1, 2, ONE, u64::MAX / ONE, u64::MAX - 1, u64::MAX];
        for (q, m) in ends.iter().flat_map(|q| ends.map(|m| (*q, m))) {
            for (n, supply) in ends
                .iter()
                .flat_map(|n| ends.map(|supply| (*n, supply.max(1))))
            {
                let (m, wider) = (m % supply, u128::from(n));
                assert_eq!(narrow(q, m, n, supply), wide(q, m, wider, supply));
            }
        }
    }
}
