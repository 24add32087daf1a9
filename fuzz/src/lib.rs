//! What is fuzzed: everything that reads bytes or words of somebody else. A target takes
//! any bytes and panics only over a defect.
//!
//! The arithmetic's target stands with its definitions, in `math/tests/exact`.

pub mod accounts;
pub mod bytes;
pub mod chain;
pub mod logs;
pub mod pack;
pub mod reports;
pub mod store;
pub mod words;
