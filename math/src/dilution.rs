//! Deals of an index with a person, and what they dilute its holders by.

use crate::{Bps, Made, MathError, Rounding, Shares, mul_div};

/// Share atoms of a personal token that a person gives in a deal for `given` of them, where
/// the token's cap was `noted` when it was offered and is `cap` now:
/// `ceil(given * max(cap, noted) / noted)`.
///
/// The deal is in parts of what can exist. So printing afterwards takes nothing from the
/// index, and a cap that fell meanwhile asks for no less. Rounded up, in the index's favour.
/// Errors: `DivisionByZero` for a `noted` of 0; `Overflow` where it leaves `u64`.
pub fn deal_gives(given: Shares, cap: Shares, noted: Shares) -> Result<Shares, MathError> {
    mul_div(given.0, cap.0.max(noted.0), noted.0, Rounding::Up).map(Shares)
}

/// The whole of an index, in the parts that the dilution by its members is counted in.
pub const DILUTION_ONE: u64 = 1_000_000_000_000;

/// Parts of [`DILUTION_ONE`] that `shares` new share atoms take of each of the `supply` that
/// exist: `ceil(shares * 10^12 / (supply + shares))`.
///
/// Rounded up, against the members. Contributions and redemptions are in proportion and
/// change no holder's part; so parts of different supplies may be added, and whoever does
/// nothing keeps at least what the sum leaves of the whole. Errors: `Overflow` where supply
/// and shares leave `u64`; `DivisionByZero` where both are 0.
pub fn diluted_by(shares: Shares, supply: Shares) -> Result<u64, MathError> {
    let all = supply.checked_add(shares)?;
    mul_div(shares.0, DILUTION_ONE, all.0, Rounding::Up)
}

/// Index share atoms that may still be minted for members now: the most of which
/// [`diluted_by`] is at most what is left of the rate,
///
/// `floor(left * supply / (10^12 - left))` with `left = rate * 10^8 - made`, and nothing
/// below zero,
///
/// where `made` holds the parts that members took in the last 13 periods of 31 days, the
/// current one among them. Rounded down. MUST follow [`Made::at`]. Errors: `Overflow`, which
/// no rate up to a half comes to; `DivisionByZero` where everything is left.
pub fn member_room(made: &Made, supply: Shares, rate: Bps) -> Result<Shares, MathError> {
    let one = u64::from(Bps::ONE.get());
    let most = mul_div(rate.get().into(), DILUTION_ONE, one, Rounding::Down)?;
    let left = most.saturating_sub(made.total()?.0);
    // At most the whole.
    let kept = DILUTION_ONE.saturating_sub(left);
    mul_div(left, supply.0, kept, Rounding::Down).map(Shares)
}
