//! Upside for people: typed reports become words, text, HTML, charts and tables.
//!
//! Nothing here reads or sends. A text that somebody else wrote goes through [`sanitize`]
//! before a person sees it.

#![forbid(unsafe_code)]
#![deny(missing_docs, clippy::print_stdout, clippy::print_stderr)]

mod csv;
mod error;
pub mod history;
pub mod html;
pub mod sanitize;
pub mod statement;
pub mod style;
pub mod text;
pub mod time;
pub mod words;

pub use {
    csv::{Csv, read as read_csv},
    error::{Result, ViewError},
};
