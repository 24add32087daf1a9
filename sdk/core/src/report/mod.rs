//! What reports are made of: amounts, percentages, hashes, and how the programs' enums are
//! called in JSON.

mod amount;
mod key;
pub mod names;
mod percent;
mod price;
mod scale;
#[cfg(feature = "schema")]
mod schemas;

pub use {
    amount::{Amount, MintAmount},
    key::Hash,
    percent::Percent,
    price::Price,
    scale::{Rescale, Scale, Scales, Unit},
};

#[cfg(feature = "schema")]
pub use schemas::schemas;

pub(crate) use {
    key::{Base58, named, some_text},
    scale::rescale_all,
};
