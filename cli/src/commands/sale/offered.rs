//! A sale as it is shown.

use {
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Pubkey, inspect::Amount, state::Sale},
};

/// One sale, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Offered {
    pub seller: String,
    pub number: u64,
    pub shares: Amount,
    /// Of a whole share, in the quote currency.
    pub price: Amount,
    /// Who alone may buy.
    pub buyer: Option<String>,
    pub expires_at: i64,
    pub expired: bool,
    pub sold: Amount,
}

impl Offered {
    pub fn new(sale: &Sale, decimals: u8, now: i64) -> Self {
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let anybody = sale.buyer == Pubkey::default();
        Offered {
            seller: sale.seller.to_string(),
            number: sale.number,
            shares: shares(sale.shares),
            price: Amount::new(sale.price, decimals),
            buyer: (!anybody).then(|| sale.buyer.to_string()),
            expires_at: sale.expires_at,
            expired: now > sale.expires_at,
            sold: shares(sale.sold),
        }
    }
}
