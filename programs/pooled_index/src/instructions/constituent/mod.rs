//! Slots of an index.

mod remove;

pub use remove::*;
