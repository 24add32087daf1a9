//! Shares that are earned over time.

use crate::{Atoms, MathError, Rounding, Shares, carried, mul_div};

/// What has vested of `total` share atoms at unix second `now`: nothing before
/// `start + cliff`, all from `start + duration` on, and in between
/// `floor(total * (now - start) / duration)`. Seconds throughout. Rounded down: what
/// has not wholly vested stays with the grant. Never falls as time goes on.
///
/// Errors: `OutOfRange` for a duration of zero or a cliff after the end.
pub fn vested(
    total: Shares,
    start: i64,
    cliff: u32,
    duration: u32,
    now: i64,
) -> Result<Shares, MathError> {
    if duration == 0 || cliff > duration {
        return Err(MathError::OutOfRange);
    }
    // A start after `now` has no time behind it; one long before it, more than enough.
    let passed = i128::from(now)
        .checked_sub(i128::from(start))
        .ok_or(MathError::Overflow)?;
    let passed = u64::try_from(passed.max(0)).map_err(|_| MathError::Overflow)?;
    if now < start || passed < u64::from(cliff) {
        return Ok(Shares::ZERO);
    }
    if passed >= u64::from(duration) {
        return Ok(total);
    }
    mul_div(total.0, passed, u64::from(duration), Rounding::Down).map(Shares)
}

/// What a reserve of `reserve` atoms gives back as `unvested` of the `granted` share atoms
/// of a grant are burned, which brought `brought` atoms into it, out of a supply of
/// `supply` share atoms:
///
/// `min(floor(brought * unvested / granted), floor(reserve * unvested / supply))`.
///
/// Rounded down, and at most their part now: what is left of the reserve by share never
/// falls. At most what they brought: nobody but them paid it.
///
/// Errors: `DivisionByZero` for a grant or a supply of zero; `OutOfRange` if more has not
/// vested than was granted or than exists.
pub fn given_back(
    reserve: Atoms,
    brought: Atoms,
    unvested: Shares,
    granted: Shares,
    supply: Shares,
) -> Result<Atoms, MathError> {
    let theirs = carried(brought, unvested.0, granted.0)?;
    let part = carried(reserve, unvested.0, supply.0)?;
    Ok(theirs.min(part))
}
