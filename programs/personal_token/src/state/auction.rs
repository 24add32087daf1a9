//! Custody that is sold: an announced Dutch auction for all.

use {
    super::{Claim, ClaimKind, Evidence, add, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, asking, part_price},
};

/// Shortest and longest auction, in seconds: a week, and 90 days.
pub const AUCTION_SECONDS: (u32, u32) = (7 * 86_400, 90 * 86_400);

/// What is offered, and how.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuctionTerms {
    /// Units on offer, in atoms of the equity's mint.
    pub units: u64,
    /// Quote atoms for all of them at the start: at least twice the highest fresh accepted
    /// value.
    pub start: u64,
    /// Quote atoms for all of them at the end: at least half of it, above zero.
    pub end: u64,
    /// Seconds over which the price falls: 7 to 90 days.
    pub seconds: u32,
}

/// An auction of a claim's tokenized equity.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Auction {
    /// Auctions ever announced of this claim: the number of this one.
    pub number: u64,
    /// Units on offer at first; 0 while there is none.
    pub units: u64,
    /// Units sold.
    pub sold: u64,
    /// Quote atoms for all units on offer at first, at the start.
    pub start: u64,
    /// The same at the end.
    pub end: u64,
    /// The highest fresh accepted value of them when it was announced; 0 where there was
    /// none, and a poll announced it.
    pub noted: u64,
    /// First second in which it sells, unix time.
    pub starts_at: i64,
    /// First second after it, unix time.
    pub ends_at: i64,
    /// Number plus one of the poll that announced it; 0 if the owner did.
    pub poll: u64,
}

/// Who announces an auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuctionBy {
    /// The owner: the claim must be attested.
    Owner,
    /// Holders, by the poll with this number.
    Poll(u64),
}

impl Auction {
    /// Units that it still offers at unix time `now`, or will.
    pub fn left(&self, now: i64) -> u64 {
        if now < self.ends_at {
            self.units.saturating_sub(self.sold)
        } else {
            0
        }
    }

    /// What `units` of it cost at unix time `now`, in quote atoms. Errors: `AuctionNotOpen`,
    /// `UnitsExceedHeld` for more than it still offers.
    pub fn price(&self, units: u64, now: i64) -> ProgramResult<u64> {
        let open = self.starts_at <= now && self.left(now) > 0;
        require(open, TokenError::AuctionNotOpen)?;
        require(units > 0, TokenError::ZeroAmount)?;
        require(units <= self.left(now), TokenError::UnitsExceedHeld)?;
        let seconds = |from: i64, to: i64| {
            let seconds = to.checked_sub(from).ok_or(TokenError::Overflow)?;
            u64::try_from(seconds).map_err(|_| TokenError::Overflow)
        };
        let elapsed = seconds(self.starts_at, now)?;
        let duration = seconds(self.starts_at, self.ends_at)?;
        let all = asking(Atoms(self.start), Atoms(self.end), elapsed, duration)?;
        Ok(part_price(all, units, self.units)?.0)
    }
}

impl Claim {
    /// Whether an auction may be announced now. Its price starts at twice the highest fresh
    /// accepted value of the units at least, and never falls below half of it, whoever
    /// announces it; the owner needs a claim that is attested, a poll none. Returns that
    /// value; 0 for none. Errors: `WrongClaimKind`, `ClaimNotOpen`, `AuctionOpen`,
    /// `InvalidAuction`, `UnitsExceedHeld`, `NotAttested`, `AuctionTooCheap`.
    pub(super) fn check_auction(
        &self,
        terms: &AuctionTerms,
        evidence: &Evidence,
        by: AuctionBy,
        now: i64,
    ) -> ProgramResult<u64> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        require(self.auction.left(now) == 0, TokenError::AuctionOpen)?;
        let fits = (AUCTION_SECONDS.0..=AUCTION_SECONDS.1).contains(&terms.seconds)
            && terms.units > 0
            && terms.end > 0
            && terms.start >= terms.end;
        require(fits, TokenError::InvalidAuction)?;
        require(terms.units <= self.held()?, TokenError::UnitsExceedHeld)?;
        let highest = match by {
            AuctionBy::Owner => {
                let attested = evidence.highest_of(terms.units)?;
                attested.ok_or(TokenError::NotAttested)?
            }
            AuctionBy::Poll(_) => evidence.highest_fresh_of(terms.units)?.unwrap_or(0),
        };
        let high_enough = u128::from(terms.start) >= u128::from(highest).saturating_mul(2)
            && u128::from(terms.end).saturating_mul(2) >= u128::from(highest);
        require(high_enough, TokenError::AuctionTooCheap)?;
        Ok(highest)
    }

    /// Announces an auction that starts at `starts_at`. Errors: those of
    /// [`Self::check_auction`].
    pub(crate) fn announce_auction(
        &mut self,
        terms: &AuctionTerms,
        evidence: &Evidence,
        by: AuctionBy,
        starts_at: i64,
        now: i64,
    ) -> ProgramResult<()> {
        let noted = self.check_auction(terms, evidence, by, now)?;
        let poll = match by {
            AuctionBy::Owner => 0,
            AuctionBy::Poll(number) => add(number, 1)?,
        };
        let ends_at = starts_at.checked_add(i64::from(terms.seconds));
        self.auction = Auction {
            number: add(self.auction.number, 1)?,
            units: terms.units,
            sold: 0,
            start: terms.start,
            end: terms.end,
            noted,
            starts_at,
            ends_at: ends_at.ok_or(TokenError::Overflow)?,
            poll,
        };
        Ok(())
    }

    /// The owner, or in a wind-down the executor, stops the auction: what is unsold stays in custody. Errors:
    /// `AuctionNotOpen`.
    pub(crate) fn cancel_auction(&mut self, now: i64) -> ProgramResult<u64> {
        let left = self.auction.left(now);
        require(left > 0, TokenError::AuctionNotOpen)?;
        self.auction.units = self.auction.sold;
        self.auction.ends_at = now;
        Ok(left)
    }

    /// Takes units out of the auction with this number and returns what they cost now.
    /// Errors: `AuctionNotOpen`, `UnitsExceedHeld`, `ZeroAmount`.
    pub(crate) fn buy(&mut self, number: u64, units: u64, now: i64) -> ProgramResult<u64> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        require(self.auction.number == number, TokenError::AuctionNotOpen)?;
        let price = self.auction.price(units, now)?;
        self.auction.sold = add(self.auction.sold, units)?;
        sub(
            self.auction.units,
            self.auction.sold,
            TokenError::InvariantBroken,
        )?;
        Ok(price)
    }
}

const _: () = assert!(core::mem::size_of::<Auction>() == 72);
