//! A rebalance from draft to trade.

mod add_orders;
mod bid;
mod end_rebalance;
mod open_rebalance;
mod person;
mod restrict;
mod seal_rebalance;
mod tighten_order;

pub use {add_orders::*, bid::*, open_rebalance::*, person::*, restrict::*, seal_rebalance::*};
pub(crate) use {end_rebalance::*, tighten_order::*};
