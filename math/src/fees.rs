//! Fees of an index, taken in index shares.

use crate::{Bps, MathError, Rounding, mul_div, mul_div::product, wide::Wide};

/// Highest management fee, per year.
pub const MAX_MANAGEMENT_FEE: Bps = Bps(500);
/// Highest fee on shares that are contributed for.
pub const MAX_ENTRY_FEE: Bps = Bps(300);
/// Highest fee on shares that are redeemed.
pub const MAX_EXIT_FEE: Bps = Bps(100);
/// Seconds of the year that a management fee is meant for: 365 days.
pub const YEAR_SECONDS: u64 = 31_536_000;
/// Decimals of every index share.
pub const INDEX_SHARE_DECIMALS: u8 = 9;
/// Share atoms of one whole index share.
pub const WHOLE_INDEX_SHARE: u64 = 1_000_000_000;

/// Parts of a basis point and second that make up one share atom of a fee.
const PARTS: u64 = 10_000 * YEAR_SECONDS;

/// A management fee that fell due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accrual {
    /// Index share atoms to mint.
    pub shares: u64,
    /// What is due, but no whole share atom yet: in `1 / (10^4 * YEAR_SECONDS)` share
    /// atoms, always less than one.
    pub carry: u64,
}

/// The management fee on a `supply` of index share atoms at a `rate` per year for
/// `seconds`, with the `carry` of the fee before: for `n = supply * rate * seconds +
/// carry` and `D = 10^4 * YEAR_SECONDS`, `shares = floor(n / D)`, `carry = n mod D`.
///
/// Exact: at one supply, however often it is called, the shares add up to what one
/// call gives. Within a call it does not compound; where the shares are minted between
/// two calls, the second is on a supply with the first one's shares.
///
/// Errors: `OutOfRange` for a carry of `D` or more; `Overflow` where the shares leave
/// `u64`.
pub fn management_fee(
    supply: u64,
    rate: Bps,
    seconds: u64,
    carry: u64,
) -> Result<Accrual, MathError> {
    if carry >= PARTS {
        return Err(MathError::OutOfRange);
    }
    let yearly = product(supply, u64::from(rate.get()));
    let due = Wide::product(yearly, seconds).add(Wide::from(carry))?;
    let (shares, carry) = due.div_rem(PARTS)?;
    Ok(Accrual {
        shares: shares.narrow()?,
        carry,
    })
}

/// The entry or exit fee at a `rate` on `shares` (index share atoms):
/// `ceil(shares * rate / 10^4)` index share atoms, rounded up against the payer. At
/// most the shares; in parts it is never lower.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn fee_of(shares: u64, rate: Bps) -> Result<u64, MathError> {
    let (part, whole) = (u64::from(rate.get()), u64::from(Bps::ONE.get()));
    mul_div(shares, part, whole, Rounding::Up)
}
