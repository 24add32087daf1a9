//! A token looked through, and what every part of its text needs.

use {
    super::names::Names,
    serde_json::Value,
    upside_core::{
        inspect::TokenReport,
        state::{Account, PersonalToken},
    },
};

/// What something is, and the fact.
pub type Row = (&'static str, String);

/// A token looked through, with names for its mints.
pub struct TokenView {
    /// The token's account.
    pub token: Account<PersonalToken>,
    /// The look-through.
    pub report: TokenReport,
    /// What its mints are called.
    pub names: Names,
}

/// Some members of the look-through, for commands that show a part of it.
pub fn parts(report: &TokenReport, members: &[&str]) -> Value {
    let mut tree = serde_json::to_value(report).unwrap_or_default();
    if let Some(tree) = tree.as_object_mut() {
        tree.retain(|member, _| members.contains(&member.as_str()));
    }
    tree
}
