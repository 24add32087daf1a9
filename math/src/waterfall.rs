//! Where the proceeds of an exit go.

use crate::{Atoms, Bps, MathError, Rounding, mul_div};

/// The numbers of one exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Proceeds less the cost that counts, in quote atoms, signed.
    pub result: i128,
    /// Cumulative result after this exit, in quote atoms, signed.
    pub cumulative: i128,
    /// Quote atoms that are the holders'.
    pub in_scope: Atoms,
    /// Quote atoms that are the owner's.
    pub to_owner: Atoms,
}

/// What the cumulative results of exits are held against, in quote atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// F: cumulative result up to which gains are the owner's.
    pub floor: Atoms,
    /// L: the cumulative result never falls below `-L`.
    pub loss_limit: Atoms,
}

/// An exit with `proceeds` P of units whose cost that counts is K, at a `cumulative`
/// result C (signed) before it, all in quote atoms:
/// `result = P - K`, `in_scope = max(0, min(result, C + result - F))`,
/// `to_owner = P - in_scope`, and after it `C' = max(C + result, -L)`. Exact.
///
/// Of gains in a row exactly what rises above the floor is in scope. A loss above the
/// floor lowers C, so the gain that makes up for it is in scope once more. No loss lowers
/// C below `-L`, so whatever is said to have been lost, at most `F + L` of later gains
/// make up for it.
///
/// Errors: `Overflow` where `C + result` or `C + result - F` leaves `i128`.
///
/// Source: FORMULAS, "Exit".
pub fn exit(
    proceeds: Atoms,
    cost: Atoms,
    cumulative: i128,
    bounds: Bounds,
) -> Result<Exit, MathError> {
    let result = i128::from(proceeds.0)
        .checked_sub(i128::from(cost.0))
        .ok_or(MathError::Overflow)?;
    let after = cumulative.checked_add(result).ok_or(MathError::Overflow)?;
    let above = after
        .checked_sub(i128::from(bounds.floor.0))
        .ok_or(MathError::Overflow)?;
    // At most the result, which is at most the proceeds: it fits.
    let in_scope = result.min(above).max(0);
    let in_scope = u64::try_from(in_scope)
        .map(Atoms)
        .map_err(|_| MathError::Overflow)?;
    let to_owner = proceeds.checked_sub(in_scope)?;
    Ok(Exit {
        result,
        cumulative: bounded(after, bounds)?,
        in_scope,
        to_owner,
    })
}

/// The `cumulative` result C (quote atoms, signed) after units were given up whose cost
/// that counts is K: `max(C - K, -L)`. Exact.
///
/// Errors: `Overflow` where `C - K` leaves `i128`.
pub fn write_off(cost: Atoms, cumulative: i128, bounds: Bounds) -> Result<i128, MathError> {
    let after = cumulative
        .checked_sub(i128::from(cost.0))
        .ok_or(MathError::Overflow)?;
    bounded(after, bounds)
}

fn bounded(after: i128, bounds: Bounds) -> Result<i128, MathError> {
    let lowest = 0i128
        .checked_sub(i128::from(bounds.loss_limit.0))
        .ok_or(MathError::Overflow)?;
    Ok(after.max(lowest))
}

/// A payment in two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Atoms for the reserve.
    pub reserve: Atoms,
    /// Atoms for the others.
    pub rest: Atoms,
}

/// Splits a payment of `amount` atoms: `reserve = ceil(amount * bps / 10^4)`, rounded
/// up in the vault's favour, and `rest = amount - reserve`.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn split(amount: Atoms, reserve: Bps) -> Result<Split, MathError> {
    let (part, whole) = (u64::from(reserve.get()), u64::from(Bps::ONE.get()));
    let reserve = mul_div(amount.0, part, whole, Rounding::Up).map(Atoms)?;
    Ok(Split {
        reserve,
        rest: amount.checked_sub(reserve)?,
    })
}
