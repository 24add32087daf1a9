//! Baskets, fees, deals and members of an index.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit, part},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{
    Accrual, DILUTION_ONE, Made, MathError, PERIODS, Rounding, Shares, WHOLE_INDEX_SHARE,
    YEAR_SECONDS,
};

pub const SUBJECTS: &[Subject] = &[
    subject("share_in", share_in, 30),
    subject("share_out", share_out, 30),
    subject("target_atoms", target_atoms, 100),
    subject("management_fee", management_fee, 6),
    subject("fee_of", fee_of, 3_000),
    subject("deal_gives", deal_gives, 20),
    subject("diluted_by", diluted_by, 3),
    subject("member_room", member_room, 3),
];

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

fn deal_gives(draw: &mut dyn Draw) {
    let (given, cap, noted) = (draw.number(), draw.number(), draw.number());
    let expected =
        Ratio::new(BigInt::from(given) * cap.max(noted), noted).and_then(|exact| fit(exact.ceil()));
    let got = upside_math::deal_gives(Shares(given), Shares(cap), Shares(noted));
    same!(got.map(|gives| gives.0), expected, given, cap, noted);
}

fn diluted_by(draw: &mut dyn Draw) {
    let (shares, supply) = (draw.number(), draw.number());
    let all = fit::<u64>(BigInt::from(shares) + supply);
    let expected = all.and_then(|all| {
        let part = Ratio::new(BigInt::from(shares) * DILUTION_ONE, all)?;
        fit::<u64>(part.ceil())
    });
    let got = upside_math::diluted_by(Shares(shares), Shares(supply));
    same!(got, expected, shares, supply);
}

fn member_room(draw: &mut dyn Draw) {
    let (supply, rate) = (draw.number(), draw.bps());
    let mut made = Made::default();
    for _ in 0..draw.length(3) {
        let place = draw.pick(PERIODS as u64) as usize;
        made.by_period[place] = draw.scaled(10);
    }
    let taken: BigInt = made.by_period.iter().copied().map(BigInt::from).sum();
    let expected = fit::<u64>(taken.clone()).and_then(|_| {
        let most = part(rate) * BigInt::from(DILUTION_ONE);
        let left = (most.floor() - taken).max(BigInt::ZERO);
        let room = Ratio::new(&left * BigInt::from(supply), DILUTION_ONE - &left)?;
        fit::<u64>(room.floor())
    });
    let got = upside_math::member_room(&made, Shares(supply), rate);
    same!(got.map(|room| room.0), expected, made, supply, rate);
}
