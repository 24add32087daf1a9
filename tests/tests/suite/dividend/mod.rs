//! Dividends: streams and standing orders.

mod orders;
mod streams;
