//! 192-bit numbers, for the few amounts that leave 128 bits.

use crate::{
    MathError,
    mul_div::{div_rem, high, low, product},
};

/// Its limbs of 64 bits, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wide(u64, u64, u64);

impl Wide {
    /// `a * b`, which always fits.
    pub(crate) fn product(a: u128, b: u64) -> Self {
        let bottom = product(low(a), b);
        // At most (2^64 - 1)^2 + 2^64 - 1: it cannot wrap.
        let top = product(high(a), b).wrapping_add(u128::from(high(bottom)));
        Self(low(bottom), low(top), high(top))
    }

    /// Sum. Errors: `Overflow`.
    pub(crate) fn add(self, other: Self) -> Result<Self, MathError> {
        let (first, carry) = self.0.overflowing_add(other.0);
        // Two limbs and a carry fit 128 bits.
        let second = u128::from(self.1).wrapping_add(u128::from(other.1));
        let second = second.wrapping_add(u128::from(carry));
        let third = self.2.checked_add(other.2).ok_or(MathError::Overflow)?;
        let third = third.checked_add(high(second)).ok_or(MathError::Overflow)?;
        Ok(Self(first, low(second), third))
    }

    /// `number * 2^64`.
    pub(crate) fn from_high(number: u128) -> Self {
        Self(0, low(number), high(number))
    }

    /// Difference, modulo 2^192.
    pub(crate) fn wrapping_sub(self, other: Self) -> Self {
        let (first, borrow) = self.0.overflowing_sub(other.0);
        let (second, once) = self.1.overflowing_sub(other.1);
        let (second, twice) = second.overflowing_sub(u64::from(borrow));
        let third = self.2.wrapping_sub(other.2);
        Self(first, second, third.wrapping_sub(u64::from(once | twice)))
    }

    /// Whether it is no smaller.
    pub(crate) fn at_least(self, other: Self) -> bool {
        (self.2, self.1, self.0) >= (other.2, other.1, other.0)
    }

    /// Quotient, rounded down. Errors: `DivisionByZero`.
    pub(crate) fn div(self, divisor: u64) -> Result<Self, MathError> {
        self.div_rem(divisor).map(|(quotient, _)| quotient)
    }

    /// Quotient, rounded down, and remainder. Errors: `DivisionByZero`.
    pub(crate) fn div_rem(self, divisor: u64) -> Result<(Self, u64), MathError> {
        let (third, rest) = div_rem(u128::from(self.2), divisor)?;
        let (second, rest) = div_rem((u128::from(rest) << 64) | u128::from(self.1), divisor)?;
        let (first, rest) = div_rem((u128::from(rest) << 64) | u128::from(self.0), divisor)?;
        // Each rest is below the divisor, so each quotient is one limb.
        Ok((Self(low(first), low(second), low(third)), rest))
    }

    /// Quotient of a divisor of 128 bits, rounded up. Errors: `DivisionByZero`; `Overflow`
    /// where it leaves 64 bits.
    pub(crate) fn div_up(self, divisor: u128) -> Result<u64, MathError> {
        if divisor == 0 {
            return Err(MathError::DivisionByZero);
        }
        // Digit by digit: the rest stays below the divisor, so the quotient fits 64 bits.
        let mut rest = (u128::from(self.2) << 64) | u128::from(self.1);
        if rest >= divisor {
            return Err(MathError::Overflow);
        }
        let (mut digits, mut quotient) = (self.0, 0u64);
        for _ in 0..u64::BITS {
            let over = rest >> 127 == 1;
            rest = (rest << 1) | u128::from(digits >> 63);
            digits <<= 1;
            quotient <<= 1;
            if over || rest >= divisor {
                rest = rest.wrapping_sub(divisor);
                quotient |= 1;
            }
        }
        quotient
            .checked_add(u64::from(rest > 0))
            .ok_or(MathError::Overflow)
    }

    /// `self / 2^bits`, rounded up. Errors: `Overflow` where it leaves 128 bits.
    pub(crate) fn shift_up(self, bits: u64) -> Result<u128, MathError> {
        let (mut number, mut bits, mut lost) = (self, bits, false);
        while bits >= 64 && number != Self(0, 0, 0) {
            lost |= number.0 > 0;
            number = Self(number.1, number.2, 0);
            bits = bits.wrapping_sub(64);
        }
        // Where 64 or more are left the number is zero: any shift will do.
        let bits = u32::try_from(bits % 64).map_err(|_| MathError::Overflow)?;
        if number.2.wrapping_shr(bits) > 0 {
            return Err(MathError::Overflow);
        }
        let bottom = (u128::from(number.1) << 64) | u128::from(number.0);
        let shifted = bottom.wrapping_shr(bits);
        lost |= shifted.wrapping_shl(bits) != bottom;
        // Below 2^bits, and zero for no bits: nothing is lost at the top.
        let top = u128::from(number.2).wrapping_shl(128u32.wrapping_sub(bits));
        (shifted | top)
            .checked_add(u128::from(lost))
            .ok_or(MathError::Overflow)
    }

    /// The number, where it fits 128 bits. Errors: `Overflow`.
    pub(crate) fn narrow_128(self) -> Result<u128, MathError> {
        if self.2 > 0 {
            return Err(MathError::Overflow);
        }
        Ok((u128::from(self.1) << 64) | u128::from(self.0))
    }

    /// The number, where it fits. Errors: `Overflow`.
    pub(crate) fn narrow(self) -> Result<u64, MathError> {
        if self.1 > 0 || self.2 > 0 {
            return Err(MathError::Overflow);
        }
        Ok(self.0)
    }
}

impl From<u64> for Wide {
    fn from(number: u64) -> Self {
        Self(number, 0, 0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, reason = "numbers of a test")]

    use super::*;
    use num_bigint::BigUint;
    use proptest::{prelude::*, test_runner::RngAlgorithm};

    const MAX: u64 = u64::MAX;

    fn big(number: Wide) -> BigUint {
        (BigUint::from(number.2) << 128u8) + (BigUint::from(number.1) << 64u8) + number.0
    }

    #[test]
    fn carries_run_through_all_limbs() {
        let one = Wide(1, 0, 0);
        assert_eq!(Wide(MAX, MAX, 7).add(one), Ok(Wide(0, 0, 8)));
        assert_eq!(Wide(0, MAX, 7).add(Wide(0, 1, 0)), Ok(Wide(0, 0, 8)));
        assert_eq!(Wide(MAX, MAX, MAX).add(one), Err(MathError::Overflow));
        assert_eq!(Wide(0, 0, MAX).add(Wide(0, 0, 1)), Err(MathError::Overflow));
    }

    #[test]
    fn the_largest_product_divides_again() {
        let largest = Wide::product(u128::MAX, MAX);
        assert_eq!(largest, Wide(1, MAX, MAX - 1));
        assert_eq!(largest.div(MAX), Ok(Wide(MAX, MAX, 0)));
        assert_eq!(largest.div(0), Err(MathError::DivisionByZero));
        assert_eq!(largest.narrow(), Err(MathError::Overflow));
        assert_eq!(Wide(MAX, 0, 0).narrow(), Ok(MAX));
        assert_eq!(Wide(0, 1, 0).narrow(), Err(MathError::Overflow));
        assert_eq!(Wide(0, 0, 1).narrow(), Err(MathError::Overflow));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_algorithm: RngAlgorithm::XorShift,
            ..ProptestConfig::with_cases(10_000)
        })]

        #[test]
        fn equals_big_integers(
            limbs: [u64; 3], shifts in prop::array::uniform3(0u32..=64), bits in 0u64..=200,
            divisor in 1..=u64::MAX, narrow in 0u32..64,
        ) {
            // Often with few bits, or none, in a limb.
            let limb = |limb: u64, shift| limb.checked_shr(shift).unwrap_or(0);
            let [a, b, c] = limbs;
            let [i, j, k] = shifts;
            let number = Wide(limb(a, i), limb(b, j), limb(c, k));
            let exact = big(number);
            let divisor = (divisor >> narrow).max(1);
            let other = Wide(limb(a, k), limb(c, i), limb(b, j));
            prop_assert_eq!(number.at_least(other), exact >= big(other));
            let difference = (&exact + (BigUint::from(1u8) << 192u8) - big(other))
                % (BigUint::from(1u8) << 192u8);
            prop_assert_eq!(big(number.wrapping_sub(other)), difference);
            let (wide, over) = (u128::from(a) << (bits % 64), 64 + bits % 64);
            prop_assert_eq!(big(Wide::from_high(wide)), BigUint::from(a) << over);
            let wide_divisor = (u128::from(a) << 64 | u128::from(divisor)) >> (narrow * 2);
            if wide_divisor > 0 {
                let exact = (&exact + (wide_divisor - 1)) / wide_divisor;
                let exact = u64::try_from(exact).map_err(|_| MathError::Overflow);
                prop_assert_eq!(number.div_up(wide_divisor), exact);
            }
            let (quotient, rest) = number.div_rem(divisor)?;
            prop_assert_eq!(big(quotient), &exact / divisor);
            prop_assert_eq!(BigUint::from(rest), &exact % divisor);
            let one = BigUint::from(1u8) << bits;
            let shifted = u128::try_from((&exact + &one - 1u8) >> bits);
            prop_assert_eq!(number.shift_up(bits), shifted.map_err(|_| MathError::Overflow));
            let narrow = u128::try_from(exact).map_err(|_| MathError::Overflow);
            prop_assert_eq!(number.narrow_128(), narrow);
        }
    }

    #[test]
    fn a_shift_rounds_up() {
        let one = Wide(1, 0, 0);
        let all = Wide(MAX, MAX, MAX);
        for bits in [1, 63, 64, 65, 191, 192, 193, u64::MAX] {
            assert_eq!(one.shift_up(bits), Ok(1));
            assert_eq!(Wide(0, 0, 0).shift_up(bits), Ok(0));
        }
        assert_eq!(one.shift_up(0), Ok(1));
        assert_eq!(Wide(MAX, MAX, 0).shift_up(0), Ok(u128::MAX));
        assert_eq!(Wide(0, 0, 1).shift_up(0), Err(MathError::Overflow));
        assert_eq!(Wide(0, MAX, MAX).shift_up(64), Ok(u128::MAX));
        assert_eq!(Wide(1, MAX, MAX).shift_up(64), Err(MathError::Overflow));
        assert_eq!(all.shift_up(65), Ok(1 << 127));
        assert_eq!(all.shift_up(128), Ok(1 << 64));
        assert_eq!(all.shift_up(192), Ok(1));
    }
}
