//! What a sale of registered shares costs the buyer, and what the seller's profit
//! owes the token's owner.

use crate::{Atoms, Bps, MathError, Rounding, Shares, WHOLE_SHARE, mul_div};

/// Share atoms of a whole share by basis points of a whole.
const SHARE_BY_BPS: u64 = 100;
const _: () = assert!(SHARE_BY_BPS * 10_000 == WHOLE_SHARE);

/// Quote atoms for `shares` at `price` quote atoms a whole share:
/// `ceil(shares * price / 10^6)`: rounded up, in the seller's favour.
///
/// Errors: `Overflow`.
pub fn sale_payment(shares: Shares, price: u64) -> Result<Atoms, MathError> {
    mul_div(shares.0, price, WHOLE_SHARE, Rounding::Up).map(Atoms)
}

/// The largest royalty, in share atoms, that a sale of `shares` can owe, where all of
/// the payment is profit: `ceil(shares * bps / 10^4)`. What a sale locks beside them.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn max_royalty(shares: Shares, royalty: Bps) -> Result<Shares, MathError> {
    let (part, whole) = (u64::from(royalty.get()), u64::from(Bps::ONE.get()));
    mul_div(shares.0, part, whole, Rounding::Up).map(Shares)
}

/// The royalty, in share atoms, of a sale that has `sold` so far at `price` quote atoms
/// a whole share, `taxable` quote atoms of which raised the seller's cumulative profit
/// above zero: `min(ceil(taxable * bps / 10^4 * 10^6 / price), max_royalty(sold))`.
///
/// Rounded up once, so that selling in small parts does not avoid it. Both arguments
/// are totals of the sale: what a part owes is the total after it less what was paid,
/// so parts of a sale owe what the whole owes. Never above [`max_royalty`] of what was
/// sold, since payments are rounded up too.
///
/// Errors: `DivisionByZero` for a price of zero.
pub fn royalty(taxable: Atoms, price: u64, rate: Bps, sold: Shares) -> Result<Shares, MathError> {
    let most = max_royalty(sold, rate)?;
    let rate = u64::from(rate.get())
        .checked_mul(SHARE_BY_BPS)
        .ok_or(MathError::Overflow)?;
    match mul_div(taxable.0, rate, price, Rounding::Up) {
        Ok(owed) => Ok(most.min(Shares(owed))),
        // Above every number of shares, so above the most.
        Err(MathError::Overflow) => Ok(most),
        Err(error) => Err(error),
    }
}
