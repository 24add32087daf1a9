//! The pooled index.

mod attacks;
mod auctions;
mod baskets;
mod ended;
mod errors_compose;
mod errors_money;
mod errors_support;
mod flows;
mod governance;
mod layouts;
mod members;
mod quotes;
mod sizes;
mod stateful;
mod support;
