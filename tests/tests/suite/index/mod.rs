//! The pooled index.

mod attacks;
mod flows;
mod quotes;
mod stateful;
mod support;
