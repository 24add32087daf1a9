//! Tokens: how they are made, and what their owners may do.

mod creation;
mod governance;
