//! The ledger of a token or an index, in words.

mod claims;
mod index;
mod ledger;
mod life;
mod sentence;
mod token;
mod words;

pub use {
    ledger::{Ledger, Line, lines},
    words::{Unit, Units, Words, keys_of_index, keys_of_token},
};
