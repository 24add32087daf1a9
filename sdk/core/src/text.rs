//! What a reader sees of a text: the rule by which the programs take or refuse one.

pub use upside_support::text::{first_hidden, is_in_sight};
