//! Units as types: adding shares to atoms does not compile.

use crate::MathError;
use core::fmt;

/// Decimals of every personal token.
pub const SHARE_DECIMALS: u8 = 6;
/// Share atoms of one whole share.
pub const WHOLE_SHARE: u64 = 1_000_000;

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// None.
            pub const ZERO: Self = Self(0);

            /// Whether there are none.
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// Sum. Errors: `Overflow`.
            pub fn checked_add(self, other: Self) -> Result<Self, MathError> {
                self.0.checked_add(other.0).map(Self).ok_or(MathError::Overflow)
            }

            /// Difference. Errors: `Underflow`.
            pub fn checked_sub(self, other: Self) -> Result<Self, MathError> {
                self.0.checked_sub(other.0).map(Self).ok_or(MathError::Underflow)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

unit! {
    /// Atoms of a personal token, which has [`SHARE_DECIMALS`] decimals.
    Shares
}

unit! {
    /// Atoms of a quote, payout or reserve mint.
    Atoms
}

/// A part of a whole in basis points, 0 to 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Bps(pub(crate) u16);

impl Bps {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(10_000);

    /// A part. Errors: `OutOfRange` above 10,000.
    pub const fn new(bps: u16) -> Result<Self, MathError> {
        if bps > Self::ONE.0 {
            Err(MathError::OutOfRange)
        } else {
            Ok(Self(bps))
        }
    }

    /// The number of basis points.
    pub const fn get(self) -> u16 {
        self.0
    }
}
