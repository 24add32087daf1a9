//! What trades of registered shares cost, and what of a seller's payment is royalty.

use crate::{Atoms, Bps, MathError, Rounding, Shares, WHOLE_SHARE, mul_div};

/// Quote atoms for `shares` of a sale at `price` quote atoms a whole share:
/// `ceil(shares * price / 10^6)`: rounded up, for the seller, who does not sign.
///
/// Errors: `Overflow`.
pub fn sale_payment(shares: Shares, price: u64) -> Result<Atoms, MathError> {
    mul_div(shares.0, price, WHOLE_SHARE, Rounding::Up).map(Atoms)
}

/// Quote atoms for `shares` sold into a bid of `price` quote atoms a whole share:
/// `floor(shares * price / 10^6)`: rounded down, for the bidder, who does not sign. So the
/// payments for parts are never above the payment for the whole, which a bid escrows.
///
/// Errors: `Overflow`.
pub fn bid_payment(shares: Shares, price: u64) -> Result<Atoms, MathError> {
    mul_div(shares.0, price, WHOLE_SHARE, Rounding::Down).map(Atoms)
}

/// What a payment means for its seller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Royalty {
    /// Quote atoms that bring back what the seller paid: free of royalty.
    pub recovered: Atoms,
    /// Quote atoms beyond everything that the seller ever paid.
    pub profit: Atoms,
    /// Quote atoms of the payment that go to the owner.
    pub owed: Atoms,
    /// What the seller has paid ahead by rounding, in 1/10^4 quote atoms: below 10^4.
    pub ahead: u16,
}

/// The royalty on a `payment` to a seller who has not yet got back `unrecovered` quote
/// atoms of all that they ever paid, and who paid `ahead` (in 1/10^4 quote atoms) by
/// rounding before.
///
/// ```text
/// recovered = min(payment, unrecovered)
/// profit    = payment - recovered
/// due       = profit * rate - ahead                in 1/10^4 quote atoms
/// owed      = ceil(due / 10^4), 0 if due < 0
/// ahead     = owed * 10^4 - due
/// ```
///
/// Over any sequence of payments, buys and sells, `profit` sums up to the highest value
/// that `received - paid` ever had, and `owed` to `ceil(sum of profit * rate / 10^4)`:
/// rounded up once in a seller's life, so that neither cutting a trade up avoids it nor
/// can a buyer make a seller pay it twice by cutting up. `owed <= profit`.
///
/// Errors: `OutOfRange` for `ahead` of 10^4 or more.
pub fn royalty(
    payment: Atoms,
    unrecovered: Atoms,
    rate: Bps,
    ahead: u16,
) -> Result<Royalty, MathError> {
    let one = u128::from(Bps::ONE.get());
    if u128::from(ahead) >= one {
        return Err(MathError::OutOfRange);
    }
    let recovered = payment.min(unrecovered);
    let profit = payment.checked_sub(recovered)?;
    // Below 2^64 * 10^4.
    let total = u128::from(profit.0)
        .checked_mul(u128::from(rate.get()))
        .ok_or(MathError::Overflow)?;
    let owed = total.saturating_sub(u128::from(ahead)).div_ceil(one);
    let paid = owed
        .checked_mul(one)
        .and_then(|paid| paid.checked_add(u128::from(ahead)));
    let ahead = paid
        .and_then(|paid| paid.checked_sub(total))
        .and_then(|ahead| u16::try_from(ahead).ok())
        .ok_or(MathError::Overflow)?;
    Ok(Royalty {
        recovered,
        profit,
        owed: u64::try_from(owed)
            .map(Atoms)
            .map_err(|_| MathError::Overflow)?,
        ahead,
    })
}

/// The rate of `shares` at `rate` after `more` shares at `other` came to them unasked:
/// `rate` if `other` is not lower, else the mean by shares,
/// `ceil((rate * shares + other * more) / (shares + more))`. So nobody raises somebody
/// else's rate, and an atom of a lower one moves nothing. `other` if both are none.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn merged_rate(rate: Bps, shares: Shares, other: Bps, more: Shares) -> Result<Bps, MathError> {
    if other >= rate {
        return Ok(rate);
    }
    let all = u128::from(shares.0)
        .checked_add(u128::from(more.0))
        .ok_or(MathError::Overflow)?;
    if all == 0 {
        return Ok(other);
    }
    let part = |rate: Bps, of: Shares| u128::from(rate.get()).checked_mul(u128::from(of.0));
    let mean = part(rate, shares)
        .zip(part(other, more))
        .and_then(|(a, b)| a.checked_add(b))
        .ok_or(MathError::Overflow)?
        .div_ceil(all);
    Bps::new(u16::try_from(mean).map_err(|_| MathError::Overflow)?)
}

/// Raises of a rate that are remembered one by one.
pub const REMEMBERED_RAISES: usize = 4;

/// The lowest that a rate was since a moment in the past, for the last raises. Between two
/// raises (an *epoch*) a rate only falls, so the lowest since any moment is the lowest
/// since the epoch of that moment began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateHistory {
    /// How often the rate was raised.
    pub epoch: u32,
    /// The lowest in basis points since the epoch at the place `epoch % 4` began.
    pub lowest: [u16; REMEMBERED_RAISES],
}

impl RateHistory {
    /// A rate that never changed.
    pub fn new(rate: Bps) -> Self {
        RateHistory {
            epoch: 0,
            lowest: [rate.get(); REMEMBERED_RAISES],
        }
    }

    fn place(epoch: u32) -> Result<usize, MathError> {
        let raises = u32::try_from(REMEMBERED_RAISES).map_err(|_| MathError::Overflow)?;
        let place = epoch.checked_rem(raises).ok_or(MathError::DivisionByZero)?;
        usize::try_from(place).map_err(|_| MathError::Overflow)
    }

    fn get(&self, epoch: u32) -> Result<u16, MathError> {
        let lowest = self.lowest.get(Self::place(epoch)?);
        lowest.copied().ok_or(MathError::OutOfRange)
    }

    fn set(&mut self, epoch: u32, rate: u16) -> Result<(), MathError> {
        let lowest = self.lowest.get_mut(Self::place(epoch)?);
        *lowest.ok_or(MathError::OutOfRange)? = rate;
        Ok(())
    }

    /// Notes that the rate went from `before` to `after`.
    ///
    /// Errors: `Overflow` after 2^32 raises.
    pub fn note(&mut self, before: Bps, after: Bps) -> Result<(), MathError> {
        let rate = after.get();
        if after > before {
            self.epoch = self.epoch.checked_add(1).ok_or(MathError::Overflow)?;
            // The oldest is forgotten: what held in it counts as of the next one.
            let forgotten = self.get(self.epoch)?;
            self.set(self.epoch, rate)?;
            let kept = u32::try_from(REMEMBERED_RAISES).map_err(|_| MathError::Overflow)?;
            if let Some(oldest) = self.epoch.checked_sub(kept).and_then(|o| o.checked_add(1)) {
                self.set(oldest, forgotten)?;
            }
        }
        for lowest in &mut self.lowest {
            *lowest = rate.min(*lowest);
        }
        Ok(())
    }

    /// The lowest rate since `epoch` began; of an epoch further back than the last four,
    /// since the oldest of these, whose lowest covers it: never more than it was.
    ///
    /// Errors: `OutOfRange` for an epoch to come.
    pub fn since(&self, epoch: u32) -> Result<Bps, MathError> {
        let ago = self.epoch.checked_sub(epoch).ok_or(MathError::OutOfRange)?;
        let most = u32::try_from(REMEMBERED_RAISES).map_err(|_| MathError::Overflow)?;
        let most = most.checked_sub(1).ok_or(MathError::Overflow)?;
        let oldest = self
            .epoch
            .checked_sub(ago.min(most))
            .ok_or(MathError::Overflow)?;
        Bps::new(self.get(oldest)?)
    }
}
