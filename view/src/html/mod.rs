//! The look-through as one page for a browser: everything is in the file, nothing is
//! asked of a network, and no script runs.

mod announced;
mod bars;
mod chart;
mod claims;
mod disclosure;
mod document;
mod governance;
mod head;
mod holders;
mod index;
mod index_disclosure;
mod members;
mod money;
mod parts;
mod rounds;
mod token;
mod tree;

#[cfg(test)]
mod tests;

pub use {index::index, token::token};
