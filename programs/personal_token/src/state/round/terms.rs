//! What a round's terms must be.

use {
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Bps, MAX_STAGES, Rounding, Stage, WHOLE_SHARE, full_proceeds, mul_div},
};

/// Longest life of a round, from its opening or from now, in seconds: a year.
pub const MAX_ROUND: i64 = 365 * 86_400;
/// Farthest opening from now, in seconds: a year.
pub const MAX_OPENING: i64 = 365 * 86_400;

/// A price stage as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTerms {
    /// Share atoms for sale at this price.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
}

/// A round's terms as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoundTerms {
    /// The stages in use come first, each dearer than the one before; the others are zero.
    pub stages: [StageTerms; MAX_STAGES],
    /// Quote atoms; 0 for a round that sells at once.
    pub min_raise: u64,
    /// Quote atoms that one backer may put in; `u64::MAX` for no cap.
    pub backer_cap: u64,
    /// Smallest contribution in quote atoms; it must buy a share atom at every stage.
    pub min_contribution: u64,
    /// First second of the round, unix time: at most a year ahead.
    pub opens_at: i64,
    /// First second after the round, unix time: at most a year after its opening.
    pub closes_at: i64,
    /// Part of the proceeds that goes to the reserve.
    pub reserve_bps: u16,
    /// Most of a payment that may go into what new shares must bring: 1 to 10,000.
    pub most_part_bps: u16,
    /// Whether each contribution needs the owner's or registrar's signature.
    pub by_approval: bool,
}

impl RoundTerms {
    /// Checks every term that the round will depend on. Errors: `InvalidRound`,
    /// `InvalidRoundTime`, `FallingStages`.
    pub fn validate(&self, now: i64) -> ProgramResult<usize> {
        let count = self
            .stages
            .iter()
            .position(|stage| stage.shares == 0)
            .unwrap_or(MAX_STAGES);
        let (used, rest) = self
            .stages
            .split_at_checked(count)
            .ok_or(TokenError::InvalidRound)?;
        let stages_fit = rest.iter().all(|stage| *stage == StageTerms::default());
        require(stages_fit, TokenError::InvalidRound)?;
        let from = self.opens_at.max(now);
        let soon = from <= now.saturating_add(MAX_OPENING);
        let ends = self.closes_at > from && self.closes_at <= from.saturating_add(MAX_ROUND);
        require(soon && ends, TokenError::InvalidRoundTime)?;
        let rising = used
            .windows(2)
            .all(|pair| matches!(pair, [before, after] if before.price < after.price));
        require(rising, TokenError::FallingStages)?;

        let mut stages = [Stage {
            shares: 0,
            price: 0,
        }; MAX_STAGES];
        let mut dearest = 0;
        for (stage, terms) in stages.iter_mut().zip(used) {
            *stage = Stage {
                shares: terms.shares,
                price: terms.price,
            };
            dearest = dearest.max(terms.price);
        }
        let stages = stages.get(..count).ok_or(TokenError::InvalidRound)?;
        let most = full_proceeds(stages).map_err(|_| TokenError::InvalidRound)?;
        let least = mul_div(self.min_contribution, WHOLE_SHARE, dearest, Rounding::Down)
            .map_err(|_| TokenError::InvalidRound)?;
        let money_fits = self.min_raise <= most.0
            && least > 0
            && self.min_contribution <= most.0
            && self.backer_cap >= self.min_contribution
            && self.reserve_bps <= Bps::ONE.get()
            && (1..=Bps::ONE.get()).contains(&self.most_part_bps);
        require(money_fits, TokenError::InvalidRound)?;
        Ok(count)
    }
}
