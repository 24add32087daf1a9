//! Trades of a pooled index between two of its constituents. Both have a value in one
//! common unit, Q64.64 per atom, that moves between a low and a high; a pair trades at
//! the quotient. The index is the vault.

use crate::{MathError, Rounding, WHOLE_INDEX_SHARE, mul_div, price_at, wide::Wide};

/// The value at which an index buys, after `elapsed` of `duration` seconds: it rises
/// exponentially from `low` to `high` (Q64.64), with the [`decay`](crate::decay) of
/// `high` to `low`. Rounded down in the vault's favour, exactly the low at first and the
/// high at last, never below the low.
///
/// With `v = low * (high / low)^(elapsed / duration)`, the exact value, it is at most
/// `v`, and more than `v * (1 - 2^-47) - 3 * 2^-64`.
///
/// Errors: those of [`price_at`].
pub fn value_rising(
    low: u128,
    high: u128,
    decay: u128,
    elapsed: u64,
    duration: u64,
) -> Result<u128, MathError> {
    let left = duration.checked_sub(elapsed).ok_or(MathError::OutOfRange)?;
    // From the other end it is a price that falls, which is rounded up: by less than
    // 2^-48 of it and one.
    let above = price_at(high, low, decay, left, duration)?;
    if left == 0 || left == duration {
        return Ok(above);
    }
    let below = above.saturating_sub(1);
    let below = below.saturating_sub(below >> 48).saturating_sub(1);
    Ok(below.max(low))
}

/// The value at which an index sells shares of a person of whom `noted` share atoms
/// existed when it was announced and `now` exist: `value * max(1, noted / now)`, rounded
/// up in the vault's favour. What was burned since helps the index.
///
/// Errors: `DivisionByZero` if none exist now; `Overflow` where it leaves 128 bits.
pub fn sell_guarded(value: u128, noted: u64, now: u64) -> Result<u128, MathError> {
    if now >= noted {
        return Ok(value);
    }
    let (value, rest) = Wide::product(value, noted).div_rem(now)?;
    let up = u128::from(rest > 0);
    value
        .narrow_128()?
        .checked_add(up)
        .ok_or(MathError::Overflow)
}

/// The value at which an index buys shares of a person of whom `noted` share atoms
/// existed when it was announced and `now` exist: `value * min(1, noted / now)`, rounded
/// down in the vault's favour. What was printed since helps the index.
pub fn buy_guarded(value: u128, noted: u64, now: u64) -> Result<u128, MathError> {
    if now <= noted {
        return Ok(value);
    }
    Wide::product(value, noted).div(now)?.narrow_128()
}

/// What an index asks for `take` atoms at the value `sell`, in atoms at the value `buy`,
/// both Q64.64 in one unit: `ceil(take * sell / buy)` atoms, rounded up in the vault's
/// favour. In parts it never asks for less.
///
/// Errors: `DivisionByZero` for a `buy` of zero; `Overflow` where the atoms leave `u64`.
pub fn pair_cost(take: u64, sell: u128, buy: u128) -> Result<u64, MathError> {
    Wide::product(sell, take).div_up(buy)
}

/// Atoms of a constituent per whole index share: `ceil(counter * 10^9 / supply)` for a
/// `counter` in atoms and a `supply` in index share atoms, rounded up in the vault's
/// favour: what may be sold is measured by it.
///
/// Errors: `DivisionByZero` for no supply; `Overflow` where the atoms leave `u64`.
pub fn held_per_share(counter: u64, supply: u64) -> Result<u64, MathError> {
    mul_div(counter, WHOLE_INDEX_SHARE, supply, Rounding::Up)
}
