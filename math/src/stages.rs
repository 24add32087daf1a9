//! Price stages of a round. A price is in quote atoms per whole share.

use crate::{
    Atoms, MathError, Rounding, Shares, WHOLE_SHARE, mul_div,
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

fn stage_room(stage: &Stage, sold: u64) -> Result<u64, MathError> {
    stage.shares.checked_sub(sold).ok_or(MathError::OutOfRange)
}

/// The most shares that `payment` quote atoms buy, stage after stage.
///
/// With a budget `N = payment * 10^6`, each stage in turn sells `s = min(room,
/// floor(N / price))` and takes `s * price` off `N`. The charge is the sum of all
/// `s * price`, divided by 10^6 and rounded up once; it never exceeds `payment`.
///
/// Errors: `OutOfRange` for more than [`MAX_STAGES`] stages or more sold than
/// offered; `DivisionByZero` for a price of zero; `Overflow` beyond `u64`.
pub fn buy(
    stages: &[Stage],
    sold: &[u64; MAX_STAGES],
    payment: Atoms,
) -> Result<Purchase, MathError> {
    if stages.len() > MAX_STAGES {
        return Err(MathError::OutOfRange);
    }
    let mut purchase = Purchase::default();
    let budget = product(payment.0, WHOLE_SHARE);
    let mut left = budget;
    let stages = stages.iter().zip(sold).zip(purchase.by_stage.iter_mut());
    let mut shares = 0u64;
    for ((stage, sold), bought) in stages {
        let room = stage_room(stage, *sold)?;
        let whole_stage = product(room, stage.price);
        // Only the last stage reached divides.
        *bought = if stage.price > 0 && whole_stage <= left {
            room
        } else {
            let (affordable, _) = div_rem(left, u128::from(stage.price))?;
            u64::try_from(affordable).unwrap_or(u64::MAX).min(room)
        };
        // bought * price <= left: it cannot wrap.
        left = left.wrapping_sub(product(*bought, stage.price));
        shares = shares.checked_add(*bought).ok_or(MathError::Overflow)?;
    }
    purchase.shares = Shares(shares);
    // 0 <= budget - left <= payment * 10^6, so the charge is at most the payment.
    purchase.charge = ceil_whole(budget.wrapping_sub(left))?;
    Ok(purchase)
}

/// `number / 10^6`, rounded up, in quote atoms.
fn ceil_whole(number: u128) -> Result<Atoms, MathError> {
    let (quotient, remainder) = div_rem(number, u128::from(WHOLE_SHARE))?;
    let quotient = u64::try_from(quotient).map_err(|_| MathError::Overflow)?;
    let up = u64::from(remainder > 0);
    quotient.checked_add(up).map(Atoms).ok_or(MathError::Overflow)
}

/// Shares that all stages together still offer.
///
/// Errors: `OutOfRange` where more is sold than offered; `Overflow` beyond `u64`.
pub fn room(stages: &[Stage], sold: &[u64; MAX_STAGES]) -> Result<Shares, MathError> {
    stages.iter().zip(sold).try_fold(Shares::ZERO, |sum, (stage, sold)| {
        sum.checked_add(Shares(stage_room(stage, *sold)?))
    })
}

/// What selling every stage brings at least: `floor(sum of shares * price / 10^6)`
/// quote atoms. A minimum raise above it cannot be reached.
///
/// Errors: `OutOfRange` for no stage, more than [`MAX_STAGES`], no shares or no
/// price in one; `Overflow` beyond `u64`, in shares too.
pub fn full_proceeds(stages: &[Stage]) -> Result<Atoms, MathError> {
    if stages.is_empty() || stages.len() > MAX_STAGES {
        return Err(MathError::OutOfRange);
    }
    let mut sum = 0u128;
    let mut shares = Shares::ZERO;
    for stage in stages {
        if stage.shares == 0 || stage.price == 0 {
            return Err(MathError::OutOfRange);
        }
        shares = shares.checked_add(Shares(stage.shares))?;
        sum = sum.checked_add(product(stage.shares, stage.price)).ok_or(MathError::Overflow)?;
    }
    let (quotient, _) = div_rem(sum, u128::from(WHOLE_SHARE))?;
    u64::try_from(quotient).map(Atoms).map_err(|_| MathError::Overflow)
}

/// Price of the next share: quote atoms per whole share in the first stage with
/// room; `None` where all is sold.
pub fn marginal_price(stages: &[Stage], sold: &[u64; MAX_STAGES]) -> Option<u64> {
    let mut stages = stages.iter().zip(sold);
    stages.find(|(stage, sold)| stage.shares > **sold).map(|(stage, _)| stage.price)
}

/// Quote atoms that `shares` cost at one price, rounded up.
///
/// Errors: `Overflow` beyond `u64`.
pub fn cost_at(shares: Shares, price: u64) -> Result<Atoms, MathError> {
    mul_div(shares.0, price, WHOLE_SHARE, Rounding::Up).map(Atoms)
}
