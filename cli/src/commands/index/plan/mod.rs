//! `upside index plan`: from target percentages to an announced rebalance.

mod args;
mod run;
mod sentences;
mod shown;

pub use {args::Args, run::run};
