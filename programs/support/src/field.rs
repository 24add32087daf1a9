//! What an event says, field by field, for readers that do not know its type.

use anchor_lang::prelude::Pubkey;

/// The value of an event's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// An address.
    Key(Pubkey),
    /// A number or an amount in atoms.
    Number(u64),
    /// A time in unix seconds.
    Time(i64),
    /// Amounts by place.
    Numbers(Vec<u64>),
    /// A hash.
    Hash([u8; 32]),
    /// A text.
    Text(String),
}

impl From<Pubkey> for Field {
    fn from(key: Pubkey) -> Self {
        Field::Key(key)
    }
}

impl From<u64> for Field {
    fn from(number: u64) -> Self {
        Field::Number(number)
    }
}

impl From<i64> for Field {
    fn from(time: i64) -> Self {
        Field::Time(time)
    }
}

impl<const N: usize> From<[u64; N]> for Field {
    fn from(numbers: [u64; N]) -> Self {
        Field::Numbers(numbers.to_vec())
    }
}

impl From<[u8; 32]> for Field {
    fn from(hash: [u8; 32]) -> Self {
        Field::Hash(hash)
    }
}

impl From<[u8; 64]> for Field {
    fn from(text: [u8; 64]) -> Self {
        Field::Text(crate::text::read(&text).to_string())
    }
}

impl From<[u8; 200]> for Field {
    fn from(text: [u8; 200]) -> Self {
        Field::Text(crate::text::read(&text).to_string())
    }
}

impl From<[u8; 16]> for Field {
    fn from(text: [u8; 16]) -> Self {
        Field::Text(crate::text::read(&text).to_string())
    }
}
