use core::fmt;

/// Why a computation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MathError {
    /// The result is above its type's range.
    Overflow,
    /// The result would be below zero.
    Underflow,
    /// A divisor is zero.
    DivisionByZero,
    /// An argument is outside the function's domain.
    OutOfRange,
}

impl fmt::Display for MathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MathError::Overflow => "the result is too large",
            MathError::Underflow => "the result would be below zero",
            MathError::DivisionByZero => "division by zero",
            MathError::OutOfRange => "an argument is out of range",
        })
    }
}

impl core::error::Error for MathError {}
