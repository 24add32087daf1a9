//! Tests of *rebalance*.

pub mod auction_calls;
pub mod cases;
pub mod compare;
pub mod model;
pub mod orders;
pub mod price;
pub mod steps;
