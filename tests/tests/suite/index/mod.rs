//! The pooled index.

mod attacks;
mod flows;
mod quotes;
mod sizes;
mod stateful;
mod support;
