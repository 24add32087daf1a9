//! Baskets, fees and dilution of an index.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit, part},
    same, subject,
};
use num_bigint::BigInt;
use std::collections::BTreeMap;
use upside_math::{
    Accrual, Bps, Dilution, MathError, Rounding, WHOLE_INDEX_SHARE, WINDOW_DAYS, YEAR_SECONDS,
};

pub const SUBJECTS: &[Subject] = &[
    subject("share_in", share_in, 30),
    subject("share_out", share_out, 30),
    subject("target_atoms", target_atoms, 100),
    subject("management_fee", management_fee, 6),
    subject("fee_of", fee_of, 3_000),
    subject("Dilution::within", within, 2),
    subject("Dilution::mint", mint, 1),
];

const DAY: i64 = 86_400;

fn share_in(draw: &mut dyn Draw) {
    let (counter, shares, supply) = (draw.number(), draw.number(), draw.number());
    let given = Ratio::new(shares, supply).and_then(|part| fit((part * counter).ceil()));
    let got = upside_math::share_in(counter, shares, supply);
    same!(got, given, counter, shares, supply);
}

fn share_out(draw: &mut dyn Draw) {
    let (counter, shares, supply) = (draw.number(), draw.number(), draw.number());
    let expected = Ratio::new(shares, supply).and_then(|part| {
        if shares > supply {
            return Err(MathError::OutOfRange);
        }
        fit((part * counter).floor())
    });
    let got = upside_math::share_out(counter, shares, supply);
    same!(got, expected, counter, shares, supply);
}

fn target_atoms(draw: &mut dyn Draw) {
    let (weight, supply) = (draw.number(), draw.scaled(WHOLE_INDEX_SHARE / 3));
    for rounding in [Rounding::Down, Rounding::Up] {
        let exact = Ratio::new(BigInt::from(weight) * supply, WHOLE_INDEX_SHARE).unwrap();
        let got = upside_math::target_atoms(weight, supply, rounding);
        same!(got, fit(exact.rounded(rounding)), weight, supply);
    }
}

fn management_fee(draw: &mut dyn Draw) {
    let (supply, rate) = (draw.number(), draw.bps());
    let seconds = draw.scaled(YEAR_SECONDS / 3);
    let parts = 10_000 * YEAR_SECONDS;
    let carry = draw.scaled(parts / 3);
    let expected = || {
        if carry >= parts {
            return Err(MathError::OutOfRange);
        }
        let years = Ratio::new(seconds, YEAR_SECONDS)?;
        let due = part(rate) * supply * years + Ratio::new(carry, parts)?;
        let shares = due.floor();
        Ok(Accrual {
            // What is below one share, counted in parts, is whole.
            carry: fit(((due - shares.clone()) * parts).floor())?,
            shares: fit(shares)?,
        })
    };
    let got = upside_math::management_fee(supply, rate, seconds, carry);
    same!(got, expected(), supply, rate, seconds, carry);
}

fn fee_of(draw: &mut dyn Draw) {
    let (shares, rate) = (draw.number(), draw.bps());
    let expected = fit((part(rate) * shares).ceil());
    same!(upside_math::fee_of(shares, rate), expected, shares, rate);
}

/// A record of mints, and the same as a diary: what was minted on which day.
fn record(draw: &mut dyn Draw) -> (Dilution, BTreeMap<i128, u64>) {
    let mut record = Dilution {
        // A day that a clock can have, or any.
        day: match draw.pick(2) {
            0 => draw.number() % (u64::MAX / 172_800),
            _ => draw.number(),
        },
        ..Dilution::default()
    };
    for _ in 0..draw.length(3) {
        let place = match draw.pick(5) {
            4 => draw.number() as usize % WINDOW_DAYS,
            edge => [0, 1, 29, 30][edge as usize],
        };
        record.minted[place] = draw.number();
    }
    let last = i128::from(record.day);
    let days = (last - 30..=last).map(|day| {
        let place = day.rem_euclid(WINDOW_DAYS as i128) as usize;
        (day, record.minted[place])
    });
    let diary = days.collect();
    (record, diary)
}

/// What stands in the diary for the 31 days up to the day of `now`, or up to the last
/// day of the diary, whatever is later; and that day.
fn window(diary: &BTreeMap<i128, u64>, now: i64) -> Result<(i128, BigInt), MathError> {
    if now < 0 {
        return Err(MathError::OutOfRange);
    }
    let last = *diary.keys().next_back().unwrap();
    let today = i128::from(now / DAY).max(last);
    let minted = diary.range(today - 30..).map(|(_, minted)| *minted);
    Ok((today, minted.map(BigInt::from).sum()))
}

fn time(draw: &mut dyn Draw, record: &Dilution) -> i64 {
    let any = draw.signed();
    match draw.pick(3) {
        0 => any,
        1 => any.wrapping_mul(DAY),
        // Within some weeks of the last day.
        _ => {
            let day = record.day as i64;
            day.wrapping_add(any % 40).wrapping_mul(DAY)
        }
    }
}

fn within(draw: &mut dyn Draw) {
    let (record, diary) = record(draw);
    let now = time(draw, &record);
    let expected = window(&diary, now).and_then(|(_, sum)| fit(sum));
    same!(record.within(now), expected, record, now);
}

fn mint(draw: &mut dyn Draw) {
    let (record, mut diary) = record(draw);
    let now = time(draw, &record);
    let (shares, supply, cap): (u64, u64, Bps) = (draw.number(), draw.number(), draw.bps());
    let mut expected = || {
        let (today, sum) = window(&diary, now)?;
        fit::<u64>(sum.clone())?;
        if sum + shares > (part(cap) * supply).floor() {
            return Err(MathError::OutOfRange);
        }
        *diary.entry(today).or_default() += shares;
        let mut after = Dilution {
            day: fit(today.into())?,
            ..Dilution::default()
        };
        for (day, minted) in diary.range(today - 30..) {
            after.minted[day.rem_euclid(WINDOW_DAYS as i128) as usize] = *minted;
        }
        Ok(after)
    };
    let expected = expected();
    let got = record.mint(now, shares, supply, cap);
    same!(got, expected, record, now, shares, supply, cap);
}
