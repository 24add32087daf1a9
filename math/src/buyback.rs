//! What the owner pays at least to buy a holder's shares back.

use crate::{Atoms, Bps, MathError, Rounding, Shares, WHOLE_SHARE, YEAR_SECONDS, mul_div};

/// What a buyback is reckoned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuybackBasis {
    /// Quote atoms in the reserve.
    pub reserve: Atoms,
    /// Share atoms in existence.
    pub supply: Shares,
    /// Quote atoms per whole share in the last contribution.
    pub last_price: u64,
    /// What the holder's registered shares cost, in quote atoms.
    pub cost: Atoms,
    /// The holder's registered share atoms.
    pub held: Shares,
    /// Seconds since they were acquired.
    pub elapsed: u64,
    /// Growth of that cost a year.
    pub rate: Bps,
}

/// What shares are worth by each of three measures, in quote atoms for all of them. The
/// owner pays the highest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buyback {
    /// Their part of the reserve: `ceil(reserve * shares / supply)`.
    pub reserve: Atoms,
    /// At the last round's price: `ceil(shares * last_price / 10^6)`.
    pub last: Atoms,
    /// What they cost, grown: `c + ceil(c * rate * elapsed / (10^4 * year))` with
    /// `c = ceil(cost * shares / held)`.
    pub grown: Atoms,
}

impl Buyback {
    /// The least payment for the shares.
    pub fn payment(&self) -> Atoms {
        self.reserve.max(self.last).max(self.grown)
    }
}

/// The least that the owner pays for `shares`, by each measure. All rounded up, in the
/// holder's favour; growth is linear.
///
/// Errors: `OutOfRange` for more shares than held or than there are; `DivisionByZero`
/// without any; `Overflow` where a measure is above the range of atoms.
pub fn buyback(shares: Shares, basis: &BuybackBasis) -> Result<Buyback, MathError> {
    if shares > basis.held || basis.held > basis.supply {
        return Err(MathError::OutOfRange);
    }
    let part = |of: Atoms, whole: Shares| mul_div(of.0, shares.0, whole.0, Rounding::Up);
    let cost = part(basis.cost, basis.held)?;
    // Below 2^78, so that times any number of seconds overflows at worst with an error.
    let year = u128::from(Bps::ONE.get())
        .checked_mul(u128::from(YEAR_SECONDS))
        .ok_or(MathError::Overflow)?;
    let growth = u128::from(cost)
        .checked_mul(u128::from(basis.rate.get()))
        .and_then(|growth| growth.checked_mul(u128::from(basis.elapsed)))
        .ok_or(MathError::Overflow)?
        .div_ceil(year);
    let growth = u64::try_from(growth).map_err(|_| MathError::Overflow)?;
    Ok(Buyback {
        reserve: Atoms(part(basis.reserve, basis.supply)?),
        last: mul_div(shares.0, basis.last_price, WHOLE_SHARE, Rounding::Up).map(Atoms)?,
        grown: Atoms(cost).checked_add(Atoms(growth))?,
    })
}

/// When a sum of costs was paid on average, in unix seconds: of `cost` at `time` and
/// `more` at `later_or_earlier`, `early + floor(late cost * (late - early) / all)`.
/// Rounded towards the past: in the holder's favour. The first where both are zero.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn mean_time(cost: Atoms, time: i64, more: Atoms, other: i64) -> Result<i64, MathError> {
    if cost.is_zero() && more.is_zero() {
        return Ok(time);
    }
    let (early, late, weight) = if time <= other {
        (time, other, more)
    } else {
        (other, time, cost)
    };
    let all = u128::from(cost.0)
        .checked_add(u128::from(more.0))
        .ok_or(MathError::Overflow)?;
    let moved = u128::from(weight.0)
        .checked_mul(u128::from(late.abs_diff(early)))
        .and_then(|moved| moved.checked_div(all))
        .ok_or(MathError::Overflow)?;
    let moved = i128::try_from(moved).map_err(|_| MathError::Overflow)?;
    let mean = i128::from(early)
        .checked_add(moved)
        .ok_or(MathError::Overflow)?;
    i64::try_from(mean).map_err(|_| MathError::Overflow)
}
