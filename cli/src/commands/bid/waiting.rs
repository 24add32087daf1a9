//! A bid as it is shown.

use {
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Pubkey, inspect::Amount, state::Bid},
};

/// One bid, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Waiting {
    pub bidder: String,
    pub number: u64,
    pub shares: Amount,
    /// Of a whole share, in the quote currency.
    pub price: Amount,
    /// Who alone may sell.
    pub seller: Option<String>,
    pub expires_at: i64,
    pub expired: bool,
    pub bought: Amount,
    /// What waits for sellers, in the quote currency.
    pub escrow: Amount,
}

impl Waiting {
    pub fn new(bid: &Bid, decimals: u8, now: i64) -> Self {
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let anybody = bid.seller == Pubkey::default();
        Waiting {
            bidder: bid.bidder.to_string(),
            number: bid.number,
            shares: shares(bid.shares),
            price: Amount::new(bid.price, decimals),
            seller: (!anybody).then(|| bid.seller.to_string()),
            expires_at: bid.expires_at,
            expired: now > bid.expires_at,
            bought: shares(bid.bought),
            escrow: Amount::new(bid.escrow, decimals),
        }
    }
}
