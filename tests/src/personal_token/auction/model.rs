//! Auctions of custody: what may be asked, by the owner or by a poll.

use {
    crate::model::{
        Checks,
        claim::{Auction, Claim},
    },
    upside_sdk::{TokenError, state::AuctionTerms},
};

impl Claim {
    /// What an auction must keep, where fresh accepted attesters say at most `noted`.
    pub(crate) fn auction_checks(
        &self,
        terms: &AuctionTerms,
        noted: u64,
        now: i64,
        checks: &mut Checks,
    ) {
        let fits = (7..=90).contains(&(terms.seconds / 86_400))
            && terms.seconds <= 90 * 86_400
            && terms.units > 0
            && terms.end > 0
            && terms.start >= terms.end;
        let dear = u128::from(terms.start) >= 2 * u128::from(noted)
            && 2 * u128::from(terms.end) >= u128::from(noted);
        checks
            .require(self.auction.left(now) == 0, TokenError::AuctionOpen)
            .require(fits, TokenError::InvalidAuction)
            .require(terms.units <= self.held(), TokenError::UnitsExceedHeld)
            .require(dear, TokenError::AuctionTooCheap);
    }

    /// The auction that starts then; `poll` is the number plus one of the poll that decided
    /// on it, 0 for the owner.
    pub(crate) fn announce(&mut self, terms: &AuctionTerms, noted: u64, starts_at: i64, poll: u64) {
        self.auction = Auction {
            number: self.auction.number + 1,
            units: terms.units,
            sold: 0,
            start: terms.start,
            end: terms.end,
            noted,
            starts_at,
            ends_at: starts_at + i64::from(terms.seconds),
            poll,
        };
    }
}
