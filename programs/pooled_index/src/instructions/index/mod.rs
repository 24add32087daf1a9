//! The index as a whole.

mod set_uri;

pub use set_uri::*;
