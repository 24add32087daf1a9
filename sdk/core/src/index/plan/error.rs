use {
    super::PlanRequest,
    crate::{
        error::CoreError,
        index::{Pool, REBALANCE_DURATION, SlotKind},
    },
    upside_math::MathError,
};

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A slot with a target has no price.
    #[error("slot {0} has no price: nobody asks, bids or redeems enough of it")]
    NoPrice(u8),
    /// Targets add up to more than everything, or leave something that nothing takes.
    #[error("the targets add up to {} %", crate::amount::print(u64::from(*.0), 2))]
    NotWhole(u32),
    /// The slot that takes the difference would have to hold less than nothing.
    #[error("the targets need more than slot {0} and the other targets hold")]
    RestTooSmall(u8),
    /// A slot has both a target and the difference.
    #[error("slot {0} has a target, and takes the difference")]
    RestNamed(u8),
    /// Nothing that the index holds has a price.
    #[error("nothing that the index holds has a price")]
    NoValue,
    /// A band is as wide as the price, or a trade's time is out of bounds.
    #[error("a band is below 33 %, and a rebalance lasts 6 hours to 7 days")]
    OutOfBounds,
    /// What the core refuses otherwise.
    #[error(transparent)]
    Core(#[from] CoreError),
}

impl From<MathError> for PlanError {
    fn from(error: MathError) -> Self {
        PlanError::Core(error.into())
    }
}

/// A band of this many basis points on both sides has a high of twice its low.
const WIDEST: u16 = 3_300;

impl PlanRequest {
    /// Refuses what no plan can be of.
    pub(super) fn check(&self, pool: &Pool) -> Result<(), PlanError> {
        let (shortest, longest) = REBALANCE_DURATION;
        let fits = self.band_bps <= WIDEST && (shortest..=longest).contains(&self.duration);
        if !fits {
            return Err(PlanError::OutOfBounds);
        }
        for slot in self.targets.keys().chain(&self.rest) {
            let constituent = pool.index.data.constituent(*slot);
            let kind = constituent.and_then(super::super::Constituent::kind);
            if kind.map_err(CoreError::from)? == SlotKind::Free {
                return Err(CoreError::from(super::super::IndexError::NotAConstituent).into());
            }
        }
        match self.rest {
            Some(rest) if self.targets.contains_key(&rest) => Err(PlanError::RestNamed(rest)),
            _ => Ok(()),
        }
    }
}
