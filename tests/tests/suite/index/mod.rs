//! The pooled index.

mod announcement;
mod basket;
mod lock;
mod membership;
mod rebalance;
mod wrap;

mod attacks;
mod ended;
mod errors_compose;
mod errors_money;
mod errors_support;
mod flows;
mod governance;
mod layouts;
mod names;
mod payouts;
mod powers;
mod quotes;
mod sizes;
mod support;
