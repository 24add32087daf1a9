//! The pooled index.

mod flows;
mod quotes;
mod stateful;
mod support;
