//! What people type, parsed at the edge: amounts, keys, times, parts of a hundred.
//! Past this point nothing is a string.

pub mod alias;
mod amount;
mod document;
mod key;
mod text;
mod time;

pub use upside_view::time::{iso, stamp};
pub use {
    amount::{Decimal, Percent, Quantity, StageArg, UnitPrice, whole},
    document::Document,
    key::{
        Address, IndexQuery, MessageArg, OrderArg, PieceArg, RecipientArg, Role, SignerArg,
        TokenQuery, read_keypair,
    },
    text::text,
    time::{Between, When, duration, seconds},
};
