//! What things are called, and in which units they are counted.

use {std::collections::BTreeMap, upside_core::Pubkey};

/// Names and decimals of mints and personal tokens.
pub type Units = BTreeMap<Pubkey, Unit>;

/// Fields that name a mint, or a personal token as a constituent.
pub const ASSETS: [&str; 4] = ["mint", "quote_mint", "key", "token"];

/// What something is called, and its decimals.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The name.
    pub name: String,
    /// How many decimals its atoms have.
    pub decimals: u8,
}

/// What a claim is called, and its units.
#[derive(Clone, Debug)]
pub struct Right {
    pub name: String,
    pub unit: Unit,
    /// What it is valued in, where that is not the quote currency.
    pub money: Option<Unit>,
}
