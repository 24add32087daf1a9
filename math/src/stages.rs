//! Price stages of a round. A price is in quote atoms per whole share.

use crate::{
    Atoms, MathError, Shares, WHOLE_SHARE,
    mul_div::{div_rem, product},
};

/// Most stages of a round.
pub const MAX_STAGES: usize = 4;

/// Shares for sale at one price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Share atoms for sale.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
}

/// What a payment buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purchase {
    /// Share atoms bought in all.
    pub shares: Shares,
    /// Share atoms bought in each stage.
    pub by_stage: [u64; MAX_STAGES],
    /// Quote atoms that they cost: at most the payment.
    pub charge: Atoms,
}

/// The shares that `payment` (quote atoms) buys, the first stage with room first, of
/// `stages` of which `sold` share atoms each are gone.
///
/// With a budget `N = payment * 10^6`, each stage in turn sells `s = min(room,
/// floor(N / price))` and takes `s * price` off `N`. The charge is the sum of all
/// `s * price`, divided by 10^6 and rounded up once; it never exceeds `payment`.
///
/// It ends with the first stage that it does not sell out: what is left of `N` there
/// is not spent. So a larger payment never buys less, nor is it charged less, whether
/// prices rise or fall.
///
/// Errors: `OutOfRange` for more than [`MAX_STAGES`] stages or more sold than
/// offered; `DivisionByZero` for a price of zero; `Overflow` where the shares leave
/// `u64`.
pub fn buy(
    stages: &[Stage],
    sold: &[u64; MAX_STAGES],
    payment: Atoms,
) -> Result<Purchase, MathError> {
    require_few(stages)?;
    let mut purchase = Purchase::default();
    let budget = product(payment.0, WHOLE_SHARE);
    let mut left = budget;
    let mut ended = false;
    let bought = purchase.by_stage.iter_mut();
    for ((stage, sold), bought) in stages.iter().zip(sold).zip(bought) {
        // Whatever it buys, a round with a bad stage is refused.
        let room = stage_room(stage, *sold)?;
        if stage.price == 0 {
            return Err(MathError::DivisionByZero);
        }
        if ended {
            continue;
        }
        let whole_stage = product(room, stage.price);
        if whole_stage <= left {
            *bought = room;
            left = left.wrapping_sub(whole_stage);
        } else {
            // Below the room, so it fits; the rest is what the budget keeps.
            let (affordable, rest) = div_rem(left, stage.price)?;
            *bought = u64::try_from(affordable).map_err(|_| MathError::Overflow)?;
            left = u128::from(rest);
            ended = true;
        }
        purchase.shares = purchase.shares.checked_add(Shares(*bought))?;
    }
    // At most the budget, so the charge is at most the payment.
    let (charge, rest) = div_rem(budget.wrapping_sub(left), WHOLE_SHARE)?;
    let charge = u64::try_from(charge).map_err(|_| MathError::Overflow)?;
    purchase.charge = Atoms(charge).checked_add(Atoms(u64::from(rest > 0)))?;
    Ok(purchase)
}

/// Share atoms that all stages together still offer. Exact.
///
/// Errors: `OutOfRange` for more than [`MAX_STAGES`] stages or more sold than
/// offered; `Overflow` where the sum leaves `u64`.
pub fn room(stages: &[Stage], sold: &[u64; MAX_STAGES]) -> Result<Shares, MathError> {
    require_few(stages)?;
    stages
        .iter()
        .zip(sold)
        .try_fold(Shares::ZERO, |sum, (stage, sold)| {
            sum.checked_add(Shares(stage_room(stage, *sold)?))
        })
}

/// What selling every stage brings at least: `floor(sum of shares * price / 10^6)`
/// quote atoms. A minimum raise above it may never be reached.
///
/// Errors: `OutOfRange` for no stage, more than [`MAX_STAGES`], no shares or no
/// price in one; `Overflow` where the atoms or the shares leave `u64`.
pub fn full_proceeds(stages: &[Stage]) -> Result<Atoms, MathError> {
    require_few(stages)?;
    if stages.is_empty() {
        return Err(MathError::OutOfRange);
    }
    let mut sum = 0u128;
    let mut shares = Shares::ZERO;
    for stage in stages {
        if stage.shares == 0 || stage.price == 0 {
            return Err(MathError::OutOfRange);
        }
        shares = shares.checked_add(Shares(stage.shares))?;
        let whole_stage = product(stage.shares, stage.price);
        sum = sum.checked_add(whole_stage).ok_or(MathError::Overflow)?;
    }
    let (proceeds, _) = div_rem(sum, WHOLE_SHARE)?;
    u64::try_from(proceeds)
        .map(Atoms)
        .map_err(|_| MathError::Overflow)
}

/// Price of the next share: quote atoms per whole share in the first stage with
/// room; `None` where all is sold.
pub fn marginal_price(stages: &[Stage], sold: &[u64; MAX_STAGES]) -> Option<u64> {
    let mut stages = stages.iter().zip(sold);
    stages
        .find(|(stage, sold)| stage.shares > **sold)
        .map(|(stage, _)| stage.price)
}

fn require_few(stages: &[Stage]) -> Result<(), MathError> {
    if stages.len() > MAX_STAGES {
        Err(MathError::OutOfRange)
    } else {
        Ok(())
    }
}

fn stage_room(stage: &Stage, sold: u64) -> Result<u64, MathError> {
    stage.shares.checked_sub(sold).ok_or(MathError::OutOfRange)
}

/// What a round's shares cost on average, for display only: `floor(raised * 10^6 / sold)`
/// quote atoms per whole share, of `raised` quote atoms for `sold` share atoms.
///
/// `None` if the round sold less than one percent of the `supply` after it, nothing
/// at all, or at a price above `u64`: none of them says what shares are worth.
pub fn last_price(raised: Atoms, sold: Shares, supply: Shares) -> Option<u64> {
    if product(sold.0, 100) < u128::from(supply.0) {
        return None;
    }
    let (price, _) = div_rem(product(raised.0, WHOLE_SHARE), sold.0).ok()?;
    u64::try_from(price).ok()
}
