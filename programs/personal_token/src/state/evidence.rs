//! What accepted attesters say of a claim: its value, and the cost that counts.

use {
    super::{Attestation, Attesters, Claim, PersonalToken},
    crate::error::{ProgramResult, TokenError},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Rounding, scaled, worth},
};

/// The statements of accepted attesters on one claim, weighed. Everything is for the units
/// that the claim holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many it takes; 0 without attesters.
    pub threshold: u8,
    /// Accepted ones that are fresh.
    pub fresh: u8,
    /// Of them, those that have said their cost for a notice period.
    pub ripe: u8,
    /// Accepted ones that are of other terms, or expired.
    pub stale: u8,
    /// Whether an accepted attester, or a poll, disputes the claim.
    pub disputed: bool,
    /// Lowest value that a fresh one says.
    pub lowest: Option<u64>,
    /// Highest value for the unit that a fresh one says: the value, and of how many units.
    pub highest: Option<(u64, u64)>,
    /// Lowest value that a stale one says.
    pub lowest_stale: Option<u64>,
    /// Lowest cost that a fresh one says.
    pub lowest_cost: Option<u64>,
}

/// In whose view a claim is weighed, and when.
#[derive(Clone, Copy, Debug)]
pub struct Weighing<'a> {
    /// The token's accepted attesters.
    pub list: &'a Attesters,
    /// The token's owner, whose word is none.
    pub owner: &'a Pubkey,
    /// The token's notice period, in seconds.
    pub notice: i64,
    /// Unix seconds.
    pub now: i64,
}

fn lower(lowest: &mut Option<u64>, value: u64) {
    *lowest = Some(lowest.map_or(value, |before| before.min(value)));
}

/// Whether the first of two values of so many units each is the higher one for a unit.
fn is_higher(one: (u64, u64), other: (u64, u64)) -> bool {
    let product = |value: u64, units: u64| u128::from(value).checked_mul(u128::from(units));
    product(one.0, other.1) > product(other.0, one.1)
}

impl Evidence {
    /// Begins to weigh a claim.
    pub fn begin(claim: &Claim, at: &Weighing) -> Evidence {
        Evidence {
            threshold: at.list.threshold,
            disputed: claim.is_disputed(at.list),
            ..Evidence::default()
        }
    }

    /// Adds what somebody signed. Whoever holds no seat now, or held none when signing,
    /// counts nothing. Errors: `InvariantBroken`.
    pub fn add(&mut self, claim: &Claim, signed: &Attestation, at: &Weighing) -> ProgramResult<()> {
        let Some(seat) = at.list.seat(&signed.attester) else {
            return Ok(());
        };
        let since = *at.list.since.get(seat).ok_or(TokenError::InvariantBroken)?;
        if signed.signed_at < since || signed.attester == *at.owner {
            return Ok(());
        }
        let held = claim.held()?;
        let down = |value| scaled(Atoms(value), held, signed.units, Rounding::Down);
        let value = down(signed.value)?.0;
        if !signed.is_fresh(claim, at.now) {
            self.stale = self.stale.saturating_add(1);
            lower(&mut self.lowest_stale, value);
            return Ok(());
        }
        self.fresh = self.fresh.saturating_add(1);
        lower(&mut self.lowest, value);
        lower(&mut self.lowest_cost, down(signed.cost)?.0);
        let said = (signed.value, signed.units);
        if self.highest.is_none_or(|best| is_higher(said, best)) {
            self.highest = Some(said);
        }
        let ripe_at = signed.cost_at.saturating_add(at.notice);
        if signed.cost_at >= since && ripe_at <= at.now {
            self.ripe = self.ripe.saturating_add(1);
        }
        Ok(())
    }

    /// All that was signed on a claim, of which more may be given than counts.
    pub fn of<'a>(
        claim: &Claim,
        signed: impl IntoIterator<Item = &'a Attestation>,
        at: &Weighing,
    ) -> ProgramResult<Evidence> {
        let mut evidence = Evidence::begin(claim, at);
        for signed in signed {
            evidence.add(claim, signed, at)?;
        }
        Ok(evidence)
    }

    /// Whether enough accepted attesters signed the claim as it is now, and nobody of them
    /// disputes it.
    pub fn is_attested(&self) -> bool {
        self.threshold > 0 && self.fresh >= self.threshold && !self.disputed
    }

    /// What the claim is attested to be worth: the smaller of the owner's number and the
    /// lowest fresh accepted value; `None` unless it is attested.
    pub fn attested(&self, owners: u64) -> Option<u64> {
        let lowest = self.lowest.filter(|_| self.is_attested())?;
        Some(lowest.min(owners))
    }

    /// The same of signatures that were enough, and are not fresh any more.
    pub fn stale(&self, owners: u64) -> Option<u64> {
        let all = self.fresh.saturating_add(self.stale);
        let enough = self.threshold > 0 && all >= self.threshold;
        if !enough || self.disputed || self.is_attested() {
            return None;
        }
        let lowest = [self.lowest, self.lowest_stale];
        Some(lowest.into_iter().flatten().fold(owners, u64::min))
    }

    /// The highest fresh accepted value of `units`, rounded up; `None` unless the claim is
    /// attested.
    pub fn highest_of(&self, units: u64) -> ProgramResult<Option<u64>> {
        if !self.is_attested() {
            return Ok(None);
        }
        self.highest_fresh_of(units)
    }

    /// The same however few said so, and whether or not the claim is disputed: holders sell
    /// below half of it by no poll. `None` if nothing fresh is there.
    pub fn highest_fresh_of(&self, units: u64) -> ProgramResult<Option<u64>> {
        let Some((value, of)) = self.highest else {
            return Ok(None);
        };
        Ok(Some(worth(Atoms(value), units, of)?.0))
    }

    /// The cost of the units held that counts against holders: what was published in the
    /// terms of a first round that settled, or if it is more what enough accepted attesters
    /// have said for a notice period and nobody said less of.
    pub fn cost_that_counts(&self, claim: &Claim, token: &PersonalToken) -> u64 {
        let enough = self.is_attested() && self.ripe >= self.threshold;
        let attested = self.lowest_cost.filter(|_| enough).unwrap_or(0);
        attested.min(claim.cost).max(claim.published_cost(token))
    }
}
