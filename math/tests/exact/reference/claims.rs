//! Exits, what is attested, auctions of custody, months.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, Bounds, Exit, MathError, Month, Rounding};

pub const SUBJECTS: &[Subject] = &[
    subject("exit", exit, 5),
    subject("write_off", write_off, 7),
    subject("carried", carried, 30),
    subject("scaled", scaled, 16),
    subject("worth", worth, 30),
    subject("asking", asking, 7),
    subject("part_price", part_price, 30),
    subject("Month::of", of, 3_000),
    subject("Month::from_number", from_number, 3_000),
    subject("Month::number", from_number, 3_000),
    subject("Month::next", next, 300),
    subject("Month::start", start, 300),
    subject("Month::until", until, 300),
];

fn bounds(draw: &mut dyn Draw) -> Bounds {
    Bounds {
        floor: Atoms(draw.number()),
        loss_limit: Atoms(draw.number()),
    }
}

fn exit(draw: &mut dyn Draw) {
    let (proceeds, cost, bounds) = (draw.number(), draw.number(), bounds(draw));
    let cumulative = draw.wide_signed();
    let result = BigInt::from(proceeds) - cost;
    let after = &result + cumulative;
    let above = &after - bounds.floor.0;
    let expected = || {
        fit::<i128>(after.clone())?;
        fit::<i128>(above.clone())?;
        let in_scope = result.clone().min(above.clone()).max(BigInt::ZERO);
        Ok(Exit {
            result: fit(result.clone())?,
            cumulative: fit(after.clone().max(-BigInt::from(bounds.loss_limit.0)))?,
            to_owner: fit(proceeds - in_scope.clone()).map(Atoms)?,
            in_scope: fit(in_scope).map(Atoms)?,
        })
    };
    let exit = upside_math::exit(Atoms(proceeds), Atoms(cost), cumulative, bounds);
    same!(exit, expected(), proceeds, cost, cumulative, bounds);
}

fn write_off(draw: &mut dyn Draw) {
    let (cost, bounds, cumulative) = (draw.number(), bounds(draw), draw.wide_signed());
    let after = BigInt::from(cumulative) - cost;
    let expected =
        fit::<i128>(after.clone()).and_then(|_| fit(after.max(-BigInt::from(bounds.loss_limit.0))));
    let written = upside_math::write_off(Atoms(cost), cumulative, bounds);
    same!(written, expected, cost, cumulative, bounds);
}

fn carried(draw: &mut dyn Draw) {
    let (cost, units, whole) = (draw.number(), draw.number(), draw.number());
    let expected = Ratio::new(units, whole).and_then(|units_part| {
        if units > whole {
            return Err(MathError::OutOfRange);
        }
        fit((units_part * cost).floor()).map(Atoms)
    });
    let carried = upside_math::carried(Atoms(cost), units, whole);
    same!(carried, expected, cost, units, whole);
}

fn scaled(draw: &mut dyn Draw) {
    let (value, held, signed) = (draw.number(), draw.number(), draw.number());
    for rounding in [Rounding::Down, Rounding::Up] {
        let exact = Ratio::new(held.min(signed), signed).map(|part| part * value);
        let expected = match exact {
            Err(_) => Ok(Atoms(value)),
            Ok(exact) if rounding == Rounding::Down => fit(exact.floor()).map(Atoms),
            Ok(exact) => fit(exact.ceil()).map(Atoms),
        };
        let scaled = upside_math::scaled(Atoms(value), held, signed, rounding);
        same!(scaled, expected, value, held, signed, rounding);
    }
}

fn worth(draw: &mut dyn Draw) {
    let (value, part, signed) = (draw.number(), draw.number(), draw.number());
    let expected = Ratio::new(part, signed).map(|part| {
        let exact = (part * value).ceil();
        Atoms(fit(exact).unwrap_or(u64::MAX))
    });
    let worth = upside_math::worth(Atoms(value), part, signed);
    same!(worth, expected, value, part, signed);
}

fn asking(draw: &mut dyn Draw) {
    let (start, end, elapsed, duration) =
        (draw.number(), draw.number(), draw.number(), draw.number());
    let expected = || {
        if start < end {
            return Err(MathError::OutOfRange);
        }
        let left = Ratio::new(duration.saturating_sub(elapsed), duration)?;
        fit((left * (start - end)).ceil() + end).map(Atoms)
    };
    let asking = upside_math::asking(Atoms(start), Atoms(end), elapsed, duration);
    same!(asking, expected(), start, end, elapsed, duration);
}

fn part_price(draw: &mut dyn Draw) {
    let (price, part, whole) = (draw.number(), draw.number(), draw.number());
    let expected = Ratio::new(part, whole).and_then(|of_whole| {
        if part > whole {
            return Err(MathError::OutOfRange);
        }
        fit((of_whole * price).ceil()).map(Atoms)
    });
    let paid = upside_math::part_price(Atoms(price), part, whole);
    same!(paid, expected, price, part, whole);
}

/// Days of a year before each month, by counting.
fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// First second of a month, by adding up all months before it.
fn first_second(year: u64, month: u64) -> i64 {
    let years: u64 = (1970..year)
        .map(|year| 365 + u64::from(is_leap(year)))
        .sum();
    let months: u64 = (1..month).map(|month| days(year, month)).sum();
    i64::try_from((years + months) * 86_400).unwrap()
}

fn real(number: u64) -> Option<(u64, u64)> {
    let (year, month) = (number / 100, number % 100);
    ((1970..=9999).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

/// A number that is often a month's.
fn number(draw: &mut dyn Draw) -> u64 {
    let number = draw.number();
    match number % 4 {
        0 => number,
        _ => (1970 + number / 4 % 8_030) * 100 + number / 7 % 14,
    }
}

fn of(draw: &mut dyn Draw) {
    let drawn = draw.signed();
    for unix in [drawn, drawn % 260_000_000_000] {
        let end = first_second(9999, 12) + 31 * 86_400;
        let expected = if (0..end).contains(&unix) {
            let mut year = 1970;
            while first_second(year + 1, 1) <= unix {
                // In large steps first: a century has at most 36,525 days.
                let far = (unix - first_second(year + 1, 1)) / (36_525 * 86_400);
                year += 1 + 100 * u64::try_from(far).unwrap();
            }
            let month = (1..=12)
                .rev()
                .find(|month| first_second(year, *month) <= unix);
            Month::from_number(year * 100 + month.unwrap())
        } else {
            Err(MathError::OutOfRange)
        };
        same!(Month::of(unix), expected, unix);
    }
}

fn from_number(draw: &mut dyn Draw) {
    let number = number(draw);
    let expected = real(number).map(|_| number).ok_or(MathError::OutOfRange);
    same!(
        Month::from_number(number).map(Month::number),
        expected,
        number
    );
}

fn next(draw: &mut dyn Draw) {
    let number = number(draw);
    if let Ok(month) = Month::from_number(number) {
        let later = if number % 100 == 12 {
            (number / 100 + 1) * 100 + 1
        } else {
            number + 1
        };
        same!(month.next(), Month::from_number(later), number);
    }
}

fn start(draw: &mut dyn Draw) {
    let number = number(draw);
    if let (Ok(month), Some((year, of_year))) = (Month::from_number(number), real(number)) {
        same!(month.start(), first_second(year, of_year), number);
    }
}

fn until(draw: &mut dyn Draw) {
    let (a, b) = (number(draw), number(draw));
    if let (Ok(from), Ok(to)) = (Month::from_number(a), Month::from_number(b)) {
        let months = |number: u64| number / 100 * 12 + number % 100;
        same!(from.until(to), months(b).saturating_sub(months(a)), a, b);
    }
}
