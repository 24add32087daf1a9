//! Exact fractions: slow, and too simple to be wrong.

use num_bigint::{BigInt, Sign};
use std::ops::{Add, Mul, Sub};
use upside_math::{Bps, MathError, Rounding};

/// `top / bottom`, never reduced, the bottom above zero.
#[derive(Clone, Debug)]
pub struct Ratio {
    top: BigInt,
    bottom: BigInt,
}

impl Ratio {
    /// `top / bottom`. Errors: `DivisionByZero`.
    pub fn new(top: impl Into<BigInt>, bottom: impl Into<BigInt>) -> Result<Self, MathError> {
        let (top, bottom) = (top.into(), bottom.into());
        assert!(bottom.sign() != Sign::Minus, "no divisor is below zero");
        if bottom == BigInt::ZERO {
            return Err(MathError::DivisionByZero);
        }
        Ok(Self { top, bottom })
    }

    /// The largest whole number that is not above it.
    pub fn floor(&self) -> BigInt {
        let cut = &self.top / &self.bottom;
        // Division cuts towards zero.
        if &cut * &self.bottom > self.top {
            cut - 1
        } else {
            cut
        }
    }

    /// The smallest whole number that is not below it.
    pub fn ceil(&self) -> BigInt {
        let floor = self.floor();
        if &floor * &self.bottom == self.top {
            floor
        } else {
            floor + 1
        }
    }

    /// One of both.
    pub fn rounded(&self, rounding: Rounding) -> BigInt {
        match rounding {
            Rounding::Down => self.floor(),
            Rounding::Up => self.ceil(),
        }
    }
}

impl<T: Into<BigInt>> From<T> for Ratio {
    fn from(number: T) -> Self {
        Self {
            top: number.into(),
            bottom: 1.into(),
        }
    }
}

impl<T: Into<Ratio>> Add<T> for Ratio {
    type Output = Ratio;

    fn add(self, other: T) -> Ratio {
        let other = other.into();
        Ratio {
            top: self.top * &other.bottom + other.top * &self.bottom,
            bottom: self.bottom * other.bottom,
        }
    }
}

impl<T: Into<Ratio>> Sub<T> for Ratio {
    type Output = Ratio;

    fn sub(self, other: T) -> Ratio {
        let other = other.into();
        let negative = Ratio {
            top: -other.top,
            ..other
        };
        self + negative
    }
}

impl<T: Into<Ratio>> Mul<T> for Ratio {
    type Output = Ratio;

    fn mul(self, other: T) -> Ratio {
        let other = other.into();
        Ratio {
            top: self.top * other.top,
            bottom: self.bottom * other.bottom,
        }
    }
}

/// A part of a whole.
pub fn part(bps: Bps) -> Ratio {
    Ratio {
        top: bps.get().into(),
        bottom: 10_000.into(),
    }
}

/// The number in its type, where it fits. Errors: `Overflow`.
pub fn fit<T: TryFrom<BigInt>>(number: BigInt) -> Result<T, MathError> {
    T::try_from(number).map_err(|_| MathError::Overflow)
}

/// The number modulo 2^128, for a number of at least zero.
pub fn wrapped(number: BigInt) -> u128 {
    u128::try_from(number % (BigInt::from(1) << 128)).unwrap()
}
