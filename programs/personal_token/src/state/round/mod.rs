//! Rounds: shares that are offered, at once or with a minimum raise.

mod ending;
mod selling;
mod terms;

pub use {
    ending::CloseEffects,
    selling::SellEffects,
    terms::{MAX_OPENING, MAX_ROUND, RoundTerms, StageTerms},
};

pub(crate) use selling::require_shares;

use {
    super::{MAX_ASSETS, MAX_STREAMS, PodU128, RoyaltyMark, VERSION, add},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{MAX_STAGES, Stage},
    upside_support::Byte,
};

/// Longest extension of a round, in seconds.
pub const MAX_EXTENSION: i64 = 90 * 86_400;
/// Seconds before the end of a round that escrows in which nobody leaves and nothing is
/// extended; and how long it must be sold out without a break to be over before.
pub const COOLING: i64 = 86_400;
/// Seconds after the end of a round in which it waits to be covered before anybody may
/// fail it.
pub const COVER_TIME: i64 = 7 * 86_400;

upside_support::byte_enum! {
    /// Where a round stands.
    RoundStatus, TokenError::InvalidRound,
    /// Contributions are taken between opening and closing time.
    Open = 0,
    /// Over with its minimum raise reached, or without one.
    Succeeded = 1,
    /// Over below its minimum raise, not covered, cancelled by the owner, or caught by a
    /// wind-down: everybody is refunded.
    Failed = 2,
    /// Succeeded, and the owner's part of the proceeds is paid.
    Settled = 3,
}

/// An offering of new shares.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Where the round stands.
    pub status: Byte<RoundStatus>,
    /// 1 where contributions need approval.
    pub by_approval: u8,
    /// How many of the stages are in use.
    pub stage_count: u8,
    /// 1 once its end was moved.
    pub extended: u8,
    /// Part of the proceeds that goes to the reserve.
    pub reserve_bps: u16,
    /// The round's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Share atoms for sale, by stage.
    pub stage_shares: [u64; MAX_STAGES],
    /// Quote atoms per whole share, by stage.
    pub stage_prices: [u64; MAX_STAGES],
    /// Share atoms sold, by stage.
    pub sold: [u64; MAX_STAGES],
    /// Quote atoms that contributions in force have paid.
    pub raised: u64,
    /// Quote atoms below which the round fails; 0 for a round that sells at once.
    pub min_raise: u64,
    /// Quote atoms that one backer may put in; `u64::MAX` for no cap.
    pub backer_cap: u64,
    /// Smallest contribution in quote atoms.
    pub min_contribution: u64,
    /// First second of the round, unix time.
    pub opens_at: i64,
    /// First second after the round, unix time.
    pub closes_at: i64,
    /// Contributions ever made.
    pub contributions: u64,
    /// Share atoms sold, minted at the close and not yet collected.
    pub uncollected: u64,
    /// The streams' indexes at the close: uncollected shares earn from there.
    pub checkpoints: [PodU128; MAX_STREAMS],
    /// Atoms of each asset that the round locks in the endowment.
    pub locked: [u64; MAX_ASSETS],
    /// When it was sold out, unix seconds; 0 while it is not.
    pub sold_out_at: i64,
    /// Quote atoms of the raise that are the owner's, booked at the close.
    pub to_owner: u64,
    /// Most of a payment that may go into what new shares must bring.
    pub most_part_bps: u16,
    /// 1 if nobody but the owner held shares, or was buying any, when it opened.
    pub alone: u8,
    pub(crate) padding: [u8; 5],
    /// Quote atoms that were refunded after it failed.
    pub refunded: u64,
    /// The royalty at the close.
    pub royalty: RoyaltyMark,
    pub(crate) reserved: [u64; 2],
}

impl Round {
    /// Fills a new account from terms that `validate` accepted.
    pub fn open(
        &mut self,
        terms: &RoundTerms,
        now: i64,
        number: u64,
        token: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) -> ProgramResult<()> {
        let count = terms.validate(now)?;
        self.version = VERSION;
        self.bump = bump;
        self.by_approval = u8::from(terms.by_approval);
        self.stage_count = u8::try_from(count).map_err(|_| TokenError::InvalidRound)?;
        self.reserve_bps = terms.reserve_bps;
        self.most_part_bps = terms.most_part_bps;
        self.number = number;
        self.token = *token;
        self.rent_payer = *rent_payer;
        self.stage_shares = terms.stages.map(|stage| stage.shares);
        self.stage_prices = terms.stages.map(|stage| stage.price);
        self.min_raise = terms.min_raise;
        self.backer_cap = terms.backer_cap;
        self.min_contribution = terms.min_contribution;
        self.opens_at = terms.opens_at;
        self.closes_at = terms.closes_at;
        Ok(())
    }

    /// Where the round stands.
    pub fn status(&self) -> ProgramResult<RoundStatus> {
        self.status.get()
    }

    /// Whether contributions wait in escrow for a minimum raise.
    pub fn escrows(&self) -> bool {
        self.min_raise > 0
    }

    /// Whether one backer's contributions are bounded.
    pub fn caps_backers(&self) -> bool {
        self.backer_cap != u64::MAX
    }

    fn stages(&self) -> [Stage; MAX_STAGES] {
        let mut stages = [Stage {
            shares: 0,
            price: 0,
        }; MAX_STAGES];
        let terms = self.stage_shares.iter().zip(&self.stage_prices);
        for (stage, (shares, price)) in stages.iter_mut().zip(terms) {
            *stage = Stage {
                shares: *shares,
                price: *price,
            };
        }
        stages
    }

    /// Shares that all stages together offer.
    pub fn offered(&self) -> ProgramResult<u64> {
        self.stage_shares
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// Shares sold so far.
    pub fn sold(&self) -> ProgramResult<u64> {
        self.sold
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
    }

    /// First second at which the round is over, unix time: its closing time, or a day
    /// after it was sold out without a break; one that sells at once, when it is sold out.
    pub fn ends_at(&self) -> i64 {
        match (self.sold_out_at, self.escrows()) {
            (0, _) => self.closes_at,
            (sold_out, true) => self.closes_at.min(sold_out.saturating_add(COOLING)),
            (sold_out, false) => self.closes_at.min(sold_out),
        }
    }

    /// First second in which nobody leaves any more and nothing is extended, unix time:
    /// a day before the closing time.
    pub fn cools_at(&self) -> i64 {
        self.closes_at.saturating_sub(COOLING)
    }

    fn invariant(&self) -> ProgramResult<()> {
        let fits = self
            .sold
            .iter()
            .zip(&self.stage_shares)
            .all(|(sold, offered)| sold <= offered);
        require(fits, TokenError::InvariantBroken)
    }
}
