//! A rebalance from draft to trade.

mod add_orders;
mod bid;
mod end_rebalance;
mod open_rebalance;
mod seal_rebalance;
mod tighten_order;

pub(crate) use end_rebalance::end_rebalance;
pub use {add_orders::*, bid::*, open_rebalance::*, seal_rebalance::*, tighten_order::*};
