//! The pooled index.

mod flows;
mod quotes;
mod support;
