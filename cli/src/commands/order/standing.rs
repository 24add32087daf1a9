//! A standing order as it is shown.

use {
    serde::Serialize,
    upside_sdk::{
        inspect::Amount,
        state::{PersonalToken, StandingOrder},
    },
    upside_view::style::short,
};

/// One standing order, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Standing {
    pub wallet: String,
    /// Whether it buys shares; else the dividends are left to the owner.
    pub buys: bool,
    /// The owner's key, or the round's address.
    pub to: String,
    /// Of a whole share, in the quote currency; `null` if it buys none.
    pub max_price: Option<Amount>,
    /// Most shares that exist before it; `null` if it buys none.
    pub max_supply: Option<Amount>,
    /// The terms under which it holds; `null` if it buys none.
    pub terms_version: Option<u64>,
    pub ends_at: i64,
    /// Whether owner or terms, supply and time are still those that it names.
    pub holds: bool,
}

impl Standing {
    pub fn new(order: &StandingOrder, token: &PersonalToken, now: i64) -> Self {
        let buys = order.buys == 1;
        let of_shares = |atoms| Amount::new(atoms, upside_math::SHARE_DECIMALS);
        let price = Amount::new(order.max_price, token.quote().decimals);
        Standing {
            wallet: order.wallet.to_string(),
            buys,
            to: order.to.to_string(),
            max_price: buys.then_some(price),
            max_supply: buys.then(|| of_shares(order.max_supply)),
            terms_version: buys.then_some(order.terms_version),
            ends_at: order.ends_at,
            holds: order.holds(token, now),
        }
    }

    pub fn what(&self) -> String {
        match self.buys {
            true => format!("buy in round {}", short(&self.to)),
            false => "leave to the owner".to_string(),
        }
    }
}
