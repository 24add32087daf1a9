//! Standing orders: what a holder wants done with their dividends.

mod cancel;
mod execute;
mod set;

pub use {cancel::*, execute::*, set::*};
