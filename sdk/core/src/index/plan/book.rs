//! What is asked and paid for people's shares now.

use {
    crate::state::{Account, Bid, Round, Sale},
    anchor_lang::prelude::Pubkey,
    std::collections::BTreeMap,
};

/// Where shares of a person are asked for, or paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Venue {
    /// An open round that sells at once.
    Round,
    /// Standing offers to sell.
    Sale,
    /// Standing offers to buy.
    Bid,
}

/// Shares at one price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Quote atoms per whole share.
    pub price: u64,
    /// Share atoms.
    pub shares: u64,
    /// Where.
    pub venue: Venue,
}

/// What is asked and paid for one person's shares by others than the person's reserve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// What is asked, cheapest first.
    pub asks: Vec<Level>,
    /// What is paid, highest first.
    pub bids: Vec<Level>,
}

/// The books of an index's people, by slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market(pub BTreeMap<u8, Book>);

/// A price that holds for some shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Quote atoms per whole share, of the last of them.
    pub price: u64,
    /// Share atoms that there are, at most those asked for.
    pub shares: u64,
    /// Where the last of them are.
    pub venue: Venue,
}

impl Book {
    /// A book with these levels.
    pub fn new(mut asks: Vec<Level>, mut bids: Vec<Level>) -> Self {
        asks.sort_by_key(|level| level.price);
        bids.sort_by_key(|level| core::cmp::Reverse(level.price));
        Book { asks, bids }
    }

    /// What standing offers ask and pay at unix second `now`, of those that anybody may
    /// answer, beside what `rounds` ask.
    pub fn standing(
        rounds: Vec<Level>,
        sales: &[Account<Sale>],
        bids: &[Account<Bid>],
        now: i64,
    ) -> Self {
        let anybody = Pubkey::default();
        let mut asks = rounds;
        let sales = sales.iter().map(|sale| &sale.data);
        let sales = sales.filter(|sale| sale.require(&anybody, 1, now).is_ok());
        asks.extend(sales.map(|sale| Level {
            price: sale.price,
            shares: sale.shares,
            venue: Venue::Sale,
        }));
        let bids = bids.iter().map(|bid| &bid.data);
        let bids = bids.filter(|bid| bid.require(&anybody, 1, now).is_ok());
        let bids = bids.map(|bid| Level {
            price: bid.price,
            shares: bid.shares,
            venue: Venue::Bid,
        });
        Book::new(asks, bids.collect())
    }

    /// What is asked for `shares` atoms: the price of the last of them. What costs more
    /// than twice as much as their first tenth does not count. `None` if not even a tenth
    /// is asked for: an offer of a few shares sets no price.
    pub fn ask(&self, shares: u64) -> Option<Depth> {
        deep(&self.asks, shares, |price, first| {
            price <= first.saturating_mul(2)
        })
    }

    /// What is paid for `shares` atoms: the price of the last of them. What pays less than
    /// half as much as their first tenth does not count. `None` if not even a tenth is
    /// paid for.
    pub fn bid(&self, shares: u64) -> Option<Depth> {
        deep(&self.bids, shares, |price, first| {
            price.saturating_mul(2) >= first
        })
    }
}

/// The price of the last of `shares` atoms, as far as levels count beside the price of
/// their first tenth.
fn deep(levels: &[Level], shares: u64, counts: impl Fn(u64, u64) -> bool) -> Option<Depth> {
    let first = reach(levels, shares.div_ceil(10).max(1))?;
    let mut found: Option<Depth> = None;
    for level in levels.iter().filter(|level| counts(level.price, first)) {
        let had = found.map_or(0, |depth| depth.shares);
        if had >= shares && found.is_some() {
            break;
        }
        found = Some(Depth {
            price: level.price,
            shares: had.saturating_add(level.shares).min(shares),
            venue: level.venue,
        });
    }
    found
}

/// The price at which so many share atoms are reached; `None` if there are fewer.
fn reach(levels: &[Level], shares: u64) -> Option<u64> {
    let mut sum = 0u64;
    levels
        .iter()
        .find(|level| {
            sum = sum.saturating_add(level.shares);
            sum >= shares
        })
        .map(|level| level.price)
}

/// What is left of the stages of a round that sells to anybody at once.
pub fn round_levels(round: &Round, now: i64) -> Vec<Level> {
    let open = round.require_open(now, round.min_contribution.max(1));
    if open.is_err() || round.escrows() || round.by_approval != 0 {
        return Vec::new();
    }
    let stages = round.stage_shares.iter().zip(round.sold);
    let stages = stages.zip(round.stage_prices);
    let left = stages
        .take(usize::from(round.stage_count))
        .map(|((offered, sold), price)| Level {
            price,
            shares: offered.saturating_sub(sold),
            venue: Venue::Round,
        });
    left.filter(|level| level.shares > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(price: u64, shares: u64) -> Level {
        Level {
            price,
            shares,
            venue: Venue::Sale,
        }
    }

    fn asked(book: &Book, shares: u64) -> Option<(u64, u64)> {
        book.ask(shares).map(|depth| (depth.price, depth.shares))
    }

    fn paid(book: &Book, shares: u64) -> Option<(u64, u64)> {
        book.bid(shares).map(|depth| (depth.price, depth.shares))
    }

    #[test]
    fn the_price_is_that_of_the_last_share_needed() {
        let book = Book::new(vec![level(15, 100), level(10, 50)], Vec::new());
        assert_eq!(asked(&book, 1), Some((10, 1)));
        assert_eq!(asked(&book, 50), Some((10, 50)));
        assert_eq!(asked(&book, 51), Some((15, 51)));
        assert_eq!(asked(&book, 1_000), Some((15, 150)));
        assert_eq!(asked(&book, 1_501), None);
        assert_eq!(paid(&book, 1), None);
    }

    #[test]
    fn what_is_far_from_the_first_tenth_does_not_count() {
        let asks = vec![level(10, 10), level(20, 5), level(21, 1_000)];
        let bids = vec![level(10, 10), level(5, 5), level(4, 1_000)];
        let book = Book::new(asks, bids);
        assert_eq!(asked(&book, 100), Some((20, 15)));
        assert_eq!(paid(&book, 100), Some((5, 15)));
    }

    #[test]
    fn an_offer_of_a_few_shares_sets_no_price() {
        let asks = vec![level(1, 2), level(100, 500)];
        let bids = vec![level(900, 2), level(80, 500)];
        let book = Book::new(asks, bids);
        assert_eq!(asked(&book, 100), Some((100, 100)));
        assert_eq!(paid(&book, 100), Some((80, 100)));
        let few = Book::new(vec![level(1, 2)], vec![level(900, 2)]);
        assert_eq!((asked(&few, 100), paid(&few, 100)), (None, None));
    }
}
