//! What new shares bring with them, so that nobody's part of anything falls.

use crate::{Atoms, Bps, MathError, Rounding, Shares, mul_div};

/// Seconds of one period of the yearly room: 31 days, so that twelve full ones are more than a year.
pub const PERIOD_SECONDS: u64 = 31 * 86_400;
/// How many periods the yearly room looks back on, the current one among them: at least
/// 372 days, whatever the day of the period.
pub const PERIODS: usize = 13;

/// What `created` new shares bring of `held` atoms that `shares` share among them:
/// `ceil(held * created / shares)`, and nothing if there are no shares.
///
/// Rounded up: held ÷ shares never falls. Errors: `Overflow`.
pub fn part_brought(held: Atoms, created: Shares, shares: Shares) -> Result<Atoms, MathError> {
    if held.is_zero() || shares.is_zero() {
        return Ok(Atoms::ZERO);
    }
    mul_div(held.0, created.0, shares.0, Rounding::Up).map(Atoms)
}

/// Where a payment for new shares goes, in quote atoms. The three parts are the payment
/// and what the endowment adds, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// Into the reserve.
    pub to_reserve: Atoms,
    /// Into what still streams.
    pub to_stream: Atoms,
    /// To the owner.
    pub to_owner: Atoms,
    /// What the quote endowment adds to the payment.
    pub from_endowment: Atoms,
}

/// Divides a `payment` (quote atoms) for new shares that have to bring `reserve_part`
/// and `stream_part` atoms of the quote mint.
///
/// The payment itself covers at most `floor(payment * most_part / 10^4)` of both parts;
/// what exceeds that is `from_endowment`. Then
///
/// `to_stream = stream_part`;
/// `to_reserve = min(rest, max(reserve_part, ceil(payment * reserve_bps / 10^4)))`, where
/// `rest = payment + from_endowment - to_stream`: the larger of both, not the sum;
/// `to_owner = rest - to_reserve`.
///
/// A contribution that sells at once has no help of the endowment: the caller refuses it
/// where `from_endowment` is above zero.
///
/// Errors: `Overflow` where the sums leave `u64`.
pub fn place_payment(
    payment: Atoms,
    reserve_part: Atoms,
    stream_part: Atoms,
    reserve_bps: Bps,
    most_part: Bps,
) -> Result<Placement, MathError> {
    let one = u64::from(Bps::ONE.get());
    let part = reserve_part.checked_add(stream_part)?;
    let most = mul_div(payment.0, most_part.get().into(), one, Rounding::Down)?;
    let from_endowment = Atoms(part.0.saturating_sub(most));
    let whole = payment.checked_add(from_endowment)?;
    // At least the part: most is at most the payment.
    let rest = whole.checked_sub(stream_part)?;
    let promised = mul_div(payment.0, reserve_bps.get().into(), one, Rounding::Up)?;
    let to_reserve = Atoms(promised.max(reserve_part.0).min(rest.0));
    Ok(Placement {
        to_reserve,
        to_stream: stream_part,
        to_owner: rest.checked_sub(to_reserve)?,
        from_endowment,
    })
}

/// Most shares that may be created in a year beyond the first ones:
/// `floor((supply - min(supply, made)) * room_bps / 10^4)` share atoms, where `made` of
/// the `supply` were created in that year already.
///
/// Rounded down. Errors: none for any argument.
pub fn yearly_room(supply: Shares, made: Shares, room: Bps) -> Result<Shares, MathError> {
    let older = supply.0.saturating_sub(made.0);
    let one = u64::from(Bps::ONE.get());
    mul_div(older, room.get().into(), one, Rounding::Down).map(Shares)
}

/// What was created in the last [`PERIODS`] periods of [`PERIOD_SECONDS`]: share atoms of a
/// personal token; for the members of an index, parts of [`crate::DILUTION_ONE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Number of the current period since 1970.
    pub period: u64,
    /// Share atoms by period, at the place `period % PERIODS`.
    pub by_period: [u64; PERIODS],
}

impl Made {
    /// The same at unix second `now`: periods that are too long ago are forgotten. A
    /// `now` before the current period changes nothing: clocks of nodes may step back.
    #[must_use]
    pub fn at(mut self, now: i64) -> Made {
        // Unsigned: sBPF divides no signed numbers.
        let now = u64::try_from(now).unwrap_or(0);
        let current = now.checked_div(PERIOD_SECONDS).unwrap_or(0);
        let Some(passed) = current.checked_sub(self.period) else {
            return self;
        };
        let forgotten = usize::try_from(passed).unwrap_or(PERIODS).min(PERIODS);
        for step in 0..forgotten {
            let place = self.place(u64::try_from(step).unwrap_or(0).saturating_add(1));
            if let Some(made) = self.by_period.get_mut(place) {
                *made = 0;
            }
        }
        self.period = current;
        self
    }

    /// The place of the period that is `ahead` of the current one.
    fn place(&self, ahead: u64) -> usize {
        let periods = u64::try_from(PERIODS).unwrap_or(1);
        let place = self.period.wrapping_add(ahead).checked_rem(periods);
        usize::try_from(place.unwrap_or(0)).unwrap_or(0)
    }

    /// Share atoms in all periods. Errors: `Overflow`.
    pub fn total(&self) -> Result<Shares, MathError> {
        let mut made = self.by_period.iter().map(|made| Shares(*made));
        made.try_fold(Shares::ZERO, Shares::checked_add)
    }

    /// Adds `shares` to the current period. MUST run after [`Made::at`]. Errors: `Overflow`.
    pub fn record(mut self, shares: Shares) -> Result<Made, MathError> {
        let place = self.place(0);
        if let Some(made) = self.by_period.get_mut(place) {
            *made = made.checked_add(shares.0).ok_or(MathError::Overflow)?;
        }
        Ok(self)
    }

    /// Takes `shares` out of the period with the number `then`, which was the current one
    /// when they were added; nothing if it is forgotten. MUST run after [`Made::at`].
    /// Errors: `Underflow` if that period has fewer; `OutOfRange` if it is to come.
    pub fn take_back(mut self, shares: Shares, then: u64) -> Result<Made, MathError> {
        let periods = u64::try_from(PERIODS).unwrap_or(1);
        let passed = self.period.checked_sub(then);
        let passed = passed.ok_or(MathError::OutOfRange)?;
        if passed >= periods {
            return Ok(self);
        }
        let place = then.checked_rem(periods).unwrap_or(0);
        let place = usize::try_from(place).unwrap_or(0);
        if let Some(made) = self.by_period.get_mut(place) {
            *made = made.checked_sub(shares.0).ok_or(MathError::Underflow)?;
        }
        Ok(self)
    }
}
