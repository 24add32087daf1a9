//! The pooled index.

mod announcements;
mod attacks;
mod baskets;
mod ended;
mod errors_compose;
mod errors_money;
mod errors_support;
mod flows;
mod governance;
mod layouts;
mod locks;
mod members;
mod names;
mod payouts;
mod powers;
mod quotes;
mod rebalances;
mod sizes;
mod support;
mod wraps;
