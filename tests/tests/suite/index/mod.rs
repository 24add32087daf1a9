//! The pooled index.

mod flows;
