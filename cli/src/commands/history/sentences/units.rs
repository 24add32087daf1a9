//! What things are called, and in which units they are counted.

/// Fields that name a mint, or a personal token as a constituent.
pub const ASSETS: [&str; 4] = ["mint", "quote_mint", "key", "token"];

/// What something is called, and its decimals.
#[derive(Clone, Debug)]
pub struct Unit {
    pub name: String,
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
