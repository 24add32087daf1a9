//! Deals of an index with a person, and what they dilute its holders by.

use crate::{Bps, Made, MathError, Rounding, Shares, mul_div, yearly_room};

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

/// Index share atoms that may still be minted for members now: a yearly room, as that of a
/// personal token,
///
/// `floor((supply - min(supply, made)) * rate / 10^4) - made`, and nothing below zero,
///
/// where `made` of the `supply` were minted for them in the last 13 periods of 31 days, the
/// current one among them. Rounded down. MUST follow [`Made::at`]. Errors: `Overflow`.
pub fn member_room(made: &Made, supply: Shares, rate: Bps) -> Result<Shares, MathError> {
    let made = made.total()?;
    let most = yearly_room(supply, made, rate)?;
    Ok(Shares(most.0.saturating_sub(made.0)))
}
