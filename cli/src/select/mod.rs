//! What a person names on the command line, found on the chain: which token, index, round,
//! claim, grant, poll, product, sale or bid is meant.
//!
//! A selector is what a command takes: a token with a number, or with a rule for a missing
//! number (the newest, the only open one). A selection is what the command works on.

pub mod announcement;
pub mod basket;
pub mod bid;
pub mod claim;
pub mod currency;
pub mod grant;
pub mod holdings;
pub mod index;
pub mod member;
pub mod only;
pub mod poll;
pub mod product;
pub mod round;
pub mod sale;
pub mod selected;
pub mod token_or_index;
pub mod wrapper;
