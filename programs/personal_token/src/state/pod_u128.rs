use anchor_lang::prelude::*;

/// A 128-bit number as two words: account data starts 8 bytes past a 16-byte
/// boundary, where a native `u128` field could not be borrowed in place.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PodU128 {
    /// Low 64 bits.
    pub low: u64,
    /// High 64 bits.
    pub high: u64,
}

impl PodU128 {
    /// As an unsigned number.
    pub fn unsigned(self) -> u128 {
        (u128::from(self.high) << 64) | u128::from(self.low)
    }

    /// As a signed number in two's complement.
    pub fn signed(self) -> i128 {
        self.unsigned().cast_signed()
    }
}

impl From<u128> for PodU128 {
    #[allow(clippy::cast_possible_truncation, reason = "the two halves of a u128")]
    fn from(value: u128) -> Self {
        PodU128 {
            low: value as u64,
            high: (value >> 64) as u64,
        }
    }
}

impl From<i128> for PodU128 {
    fn from(value: i128) -> Self {
        value.cast_unsigned().into()
    }
}
