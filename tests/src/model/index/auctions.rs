//! One Dutch auction.

use {
    super::{price, *},
    upside_sdk::index::AuctionTerms,
};

/// An auction.
#[derive(Clone, Debug, PartialEq)]
pub struct Auction {
    /// Slot that is sold.
    pub sell: u8,
    /// Slot that is bought.
    pub buy: u8,
    /// Atoms still for sale.
    pub left: u64,
    /// Price at the start, in 2^-64 buy atoms for a sell atom.
    pub start_price: u128,
    /// Price at the end.
    pub end_price: u128,
    /// First second.
    pub starts_at: i64,
    /// Last second.
    pub ends_at: i64,
    /// Who paid its rent.
    pub rent_payer: Pubkey,
}

/// What could be sold at all. Errors: `InvalidAuction`.
pub fn valid(terms: &AuctionTerms, notice: u32) -> Check {
    let fits = terms.sell_atoms > 0
        && terms.sell_slot != terms.buy_slot
        && terms.end_price > 0
        && terms.start_price >= terms.end_price
        && (notice..=90 * 86_400).contains(&terms.starts_in)
        && (60..=30 * 86_400).contains(&terms.duration);
    require(fits, IndexError::InvalidAuction)
}

impl Auction {
    pub(crate) fn new(terms: &AuctionTerms, rent_payer: &Pubkey, now: i64) -> Auction {
        let starts_at = now + i64::from(terms.starts_in);
        Auction {
            sell: terms.sell_slot,
            buy: terms.buy_slot,
            left: terms.sell_atoms,
            start_price: terms.start_price,
            end_price: terms.end_price,
            starts_at,
            ends_at: starts_at + i64::from(terms.duration),
            rent_payer: *rent_payer,
        }
    }

    /// Buy atoms for `sell` atoms now, rounded up: the least and the most that the
    /// chain may ask. Errors: `ZeroAmount`, `AuctionNotOpen`, `AuctionShort`,
    /// `Overflow`, `AmountTooSmall`.
    pub fn cost(&self, sell: u64, now: i64) -> Check<(u64, u64)> {
        require(sell > 0, IndexError::ZeroAmount)?;
        let open = (self.starts_at..=self.ends_at).contains(&now);
        require(open, IndexError::AuctionNotOpen)?;
        require(sell <= self.left, IndexError::AuctionShort)?;
        let (elapsed, duration) = (now - self.starts_at, self.ends_at - self.starts_at);
        let (start, end) = (self.start_price, self.end_price);
        let (low, high) = price::price(start, end, elapsed as u64, duration as u64);
        let atoms = |price| price::cost(sell, price).ok_or(IndexError::Overflow);
        let (low, high) = (atoms(low)?, atoms(high)?);
        require(high > 0, IndexError::AmountTooSmall)?;
        Ok((low, high))
    }

    /// Whether anybody may close it.
    pub fn is_over(&self, now: i64) -> bool {
        now > self.ends_at || self.left == 0
    }
}
