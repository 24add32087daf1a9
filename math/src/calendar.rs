//! Months of the Gregorian calendar, as reports of revenue count them: year times 100
//! and month, 202601.

use crate::MathError;

const DAY: i64 = 86_400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days of 400 years.
const ERA: i64 = 146_097;

/// A month of the years 1970 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// From year times 100 and month: 202601. Errors: `OutOfRange` for no such month.
    pub fn from_number(number: u64) -> Result<Month, MathError> {
        let year = number.checked_div(100).ok_or(MathError::OutOfRange)?;
        let month = number.checked_rem(100).ok_or(MathError::OutOfRange)?;
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) {
            return Err(MathError::OutOfRange);
        }
        Ok(Month {
            year: u16::try_from(year).map_err(|_| MathError::OutOfRange)?,
            month: u8::try_from(month).map_err(|_| MathError::OutOfRange)?,
        })
    }

    /// Year times 100 and month.
    pub fn number(self) -> u64 {
        u64::from(self.year)
            .saturating_mul(100)
            .saturating_add(u64::from(self.month))
    }

    /// The month in which a unix time lies. Errors: `OutOfRange` outside 1970 to 9999.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms",
    /// `civil_from_days`.
    pub fn of(unix: i64) -> Result<Month, MathError> {
        let range = MathError::OutOfRange;
        if unix < 0 {
            return Err(range);
        }
        let days = unix.div_euclid(DAY).checked_add(EPOCH).ok_or(range)?;
        let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        // All below a million: nothing here leaves its type.
        let of_era = day
            .saturating_sub(day / 1_460)
            .saturating_add(day / 36_524)
            .saturating_sub(day / 146_096)
            / 365;
        let before = of_era
            .saturating_mul(365)
            .saturating_add(of_era / 4)
            .saturating_sub(of_era / 100);
        let of_year = day.saturating_sub(before);
        // Counted from March, so that the leap day is the last.
        let from_march = of_year.saturating_mul(5).saturating_add(2) / 153;
        let (month, later) = if from_march < 10 {
            (from_march.saturating_add(3), 0)
        } else {
            (from_march.saturating_sub(9), 1)
        };
        let year = era
            .checked_mul(400)
            .and_then(|years| years.checked_add(of_era))
            .and_then(|years| years.checked_add(later))
            .ok_or(range)?;
        let number = year
            .checked_mul(100)
            .and_then(|number| number.checked_add(month))
            .and_then(|number| u64::try_from(number).ok())
            .ok_or(range)?;
        Month::from_number(number)
    }

    /// The month after it. Errors: `OutOfRange` after December 9999.
    pub fn next(self) -> Result<Month, MathError> {
        let number = if self.month == 12 {
            self.number().saturating_add(89)
        } else {
            self.number().saturating_add(1)
        };
        Month::from_number(number)
    }

    /// Its first second, unix time.
    ///
    /// Source: as of [`Month::of`], `days_from_civil`.
    pub fn start(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year).saturating_sub(i64::from(month <= 2));
        let from_march = if month > 2 {
            month.saturating_sub(3)
        } else {
            month.saturating_add(9)
        };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = from_march.saturating_mul(153).saturating_add(2) / 5;
        let day = of_era
            .saturating_mul(365)
            .saturating_add(of_era / 4)
            .saturating_sub(of_era / 100)
            .saturating_add(of_year);
        era.saturating_mul(ERA)
            .saturating_add(day)
            .saturating_sub(EPOCH)
            .saturating_mul(DAY)
    }

    /// Months from this one to a later one: 0 for itself, and for an earlier one.
    pub fn until(self, later: Month) -> u64 {
        let months = |month: Month| {
            u64::from(month.year)
                .saturating_mul(12)
                .saturating_add(u64::from(month.month))
        };
        months(later).saturating_sub(months(self))
    }
}
