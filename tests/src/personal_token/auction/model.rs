//! Auctions of custody: what may be asked, by the owner or by a poll.

use crate::model::claim::Auction;
use {
    crate::model::{
        Checks, Model, Predicted,
        claim::{Claim, ClaimKind},
        number::ceil64,
        require,
    },
    upside_sdk::{
        Pubkey, TokenError,
        address::find_claim,
        state::{AuctionBuyArgs, AuctionTerms, ExitArgs},
    },
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

impl Model {
    /// The owner announces an auction of custody.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `AuctionOpen`,
    /// `InvalidAuction`, `UnitsExceedHeld`, `NotAttested`, `AuctionTooCheap`.
    pub fn announce_auction(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        terms: &AuctionTerms,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let highest = self.highest(token, number, terms.units)?;
        let it = self.token_mut(token)?;
        let noted = highest.unwrap_or(0);
        let mut checks = claim.checks(ClaimKind::Tokenized);
        checks
            .all(it.signed_by(signer, now))
            .all(it.require_active())
            .require(highest.is_some(), TokenError::NotAttested);
        claim.auction_checks(terms, noted, now, &mut checks);
        checks.end()?;
        it.report();
        let starts_at = now + i64::from(it.terms.notice_seconds);
        claim.announce(terms, noted, starts_at, 0);
        self.claims.insert((*token, number), claim);
        Ok(())
    }
    /// The owner stops an auction.
    ///
    /// # Errors
    /// `NotOwner`, `AuctionNotOpen`.
    pub fn cancel_auction(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        Checks::new()
            .all(self.signed_by_manager(token, signer))
            .require(claim.auction.left(now) > 0, TokenError::AuctionNotOpen)
            .end()?;
        claim.auction.units = claim.auction.sold;
        claim.auction.ends_at = now;
        self.claims.insert((*token, number), claim);
        self.token_mut(token)?.report();
        Ok(())
    }
    /// What units of a claim's auction cost now: in a falling line, rounded up twice.
    pub fn asking(&self, claim: &Claim, units: u64) -> u64 {
        let auction = &claim.auction;
        let length = auction.ends_at.abs_diff(auction.starts_at);
        let left = auction.ends_at.abs_diff(self.now);
        let fall = ceil64(auction.start - auction.end, left, length).expect("a part");
        ceil64(auction.end + fall, units, auction.units).expect("a part")
    }
    /// Anybody buys in an auction of custody.
    ///
    /// # Errors
    /// `DeadlinePassed`, `WoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `AuctionNotOpen`,
    /// `ZeroAmount`, `UnitsExceedHeld`, `Slippage`, `WrongTokenAccount`, `WrongMint`, and
    /// those of the waterfall.
    pub fn buy_at_auction(
        &mut self,
        (token, number): (&Pubkey, u64),
        payer: &Pubkey,
        args: &AuctionBuyArgs,
    ) -> Predicted {
        let (now, claim) = (self.now, self.claim(token, number)?);
        let (mint, custody) = (claim.mint, find_claim(token, number).0);
        let known = mint != Pubkey::default() && self.mints.contains_key(&mint);
        require(known, TokenError::WrongTokenProgram)?;
        let auction = claim.auction;
        let sells = auction.starts_at <= now && auction.left(now) > 0;
        let mut checks = claim.checks(ClaimKind::Tokenized);
        checks
            .require(now <= args.deadline, TokenError::DeadlinePassed)
            .all(self.token(token)?.require_active())
            .require(
                sells && auction.number == args.auction,
                TokenError::AuctionNotOpen,
            )
            .require(args.units > 0, TokenError::ZeroAmount)
            .require(args.units <= auction.left(now), TokenError::UnitsExceedHeld)
            .all(self.require_account(payer, &mint))
            .all(self.require_account(&custody, &mint))
            .end()?;
        let paid = self.asking(&claim, args.units);
        require(paid <= args.max_payment, TokenError::Slippage)?;
        let sold = self.claim_mut(token, number)?;
        sold.auction.sold += args.units;
        let exit = ExitArgs {
            units: args.units,
            received: paid,
        };
        self.exit((token, number), payer, ClaimKind::Tokenized, &exit)?;
        self.token_mut(token)?.report();
        self.pay(&custody, payer, &mint, args.units)
    }
}
