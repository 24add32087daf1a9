//! Payout streams and equal shares.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit, part, wrapped},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, EqualShare, MAX_EQUAL_SHARE, MathError, Shares, Stream};

pub const SUBJECTS: &[Subject] = &[
    subject("Stream::release", release, 2),
    subject("Stream::pay", pay, 2),
    subject("Stream::take_back", take_back, 3),
    subject("accrued", accrued, 30),
    subject("payable", payable, 3_000),
    subject("EqualShare::pay", equal_share, 12),
    subject("set_aside", set_aside, 3_000),
];

fn stream(draw: &mut dyn Draw) -> Stream {
    Stream {
        index: draw.wide(),
        remaining: draw.number(),
        carry: draw.number(),
        last: draw.signed(),
        end: draw.signed(),
    }
}

/// `amount` atoms and a carry of 2^-64 atoms, divided: what the index grows by, and
/// the new carry.
fn divided(amount: BigInt, carry: u64, by: u64) -> Result<(BigInt, u64), MathError> {
    let amount: BigInt = (amount << 64) + carry;
    let step = Ratio::new(amount.clone(), by)?.floor();
    let rest = amount - &step * by;
    Ok((step, fit(rest)?))
}

fn release(draw: &mut dyn Draw) {
    let (before, now, shares) = (stream(draw), draw.signed(), draw.number());
    let expected = || {
        if now <= before.last {
            return Ok(before);
        }
        let elapsed = BigInt::from(now) - before.last;
        if shares == 0 {
            return Ok(Stream {
                last: now,
                end: fit(elapsed + before.end)?,
                ..before
            });
        }
        let released = if now >= before.end {
            before.remaining.into()
        } else {
            let window = BigInt::from(before.end) - before.last;
            (Ratio::new(elapsed, window)? * before.remaining).floor()
        };
        let (step, carry) = divided(released.clone(), before.carry, shares)?;
        Ok(Stream {
            index: wrapped(step + before.index),
            remaining: fit(before.remaining - released)?,
            carry,
            last: now,
            ..before
        })
    };
    same!(
        before.release(now, Shares(shares)),
        expected(),
        before,
        now,
        shares
    );
}

fn pay(draw: &mut dyn Draw) {
    let (before, now, amount) = (stream(draw), draw.signed(), draw.number());
    let drip = draw.short();
    let expected = || {
        if amount == 0 {
            return Ok(before);
        }
        let last = before.last.max(now);
        let left = (BigInt::from(before.end) - last).max(BigInt::ZERO);
        let remaining = BigInt::from(before.remaining) + amount;
        let weight = &left * before.remaining + BigInt::from(amount) * drip;
        let mean = Ratio::new(weight, remaining.clone())?;
        // Towards the end so far: up where it comes nearer, down where it moves away.
        let window = if left > drip.into() {
            mean.ceil()
        } else {
            mean.floor()
        };
        Ok(Stream {
            remaining: fit(remaining)?,
            last,
            end: fit(window + last)?,
            ..before
        })
    };
    same!(
        before.pay(now, Atoms(amount), drip),
        expected(),
        before,
        now,
        amount,
        drip
    );
}

fn take_back(draw: &mut dyn Draw) {
    let (before, earned) = (stream(draw), draw.wide());
    let sum = BigInt::from(earned) + before.carry;
    let whole = Ratio::new(sum.clone(), 1u128 << 64).unwrap().floor();
    let rest = sum.clone() - (whole.clone() << 64);
    let expected = fit::<u128>(sum).map(|_| {
        let carry = fit(rest).unwrap();
        (Stream { carry, ..before }, Atoms(fit(whole).unwrap()))
    });
    same!(before.take_back(earned), expected, before, earned);
}

fn accrued(draw: &mut dyn Draw) {
    let (shares, index, checkpoint) = (draw.number(), draw.wide(), draw.wide());
    let difference = wrapped((BigInt::from(1) << 128) + index - checkpoint);
    let expected = fit(BigInt::from(difference) * shares);
    let accrued = upside_math::accrued(Shares(shares), index, checkpoint);
    same!(accrued, expected, shares, index, checkpoint);
}

fn payable(draw: &mut dyn Draw) {
    let owed = draw.wide();
    let whole = Ratio::new(owed, 1u128 << 64).unwrap().floor();
    let rest = BigInt::from(owed) - (whole.clone() << 64);
    let expected = (Atoms(fit(whole).unwrap()), fit(rest).unwrap());
    same!(upside_math::payable(owed), expected, owed);
}

fn equal_share(draw: &mut dyn Draw) {
    let before = EqualShare {
        index: draw.wide(),
        carry: draw.number(),
    };
    let (amount, members) = (draw.number(), draw.number());
    let expected = divided(amount.into(), before.carry, members).map(|(step, carry)| EqualShare {
        index: wrapped(step + before.index),
        carry,
    });
    same!(
        before.pay(amount, members),
        expected,
        before,
        amount,
        members
    );
}

fn set_aside(draw: &mut dyn Draw) {
    let (amount, rate, members) = (draw.number(), draw.bps(), draw.number());
    let expected = if rate > MAX_EQUAL_SHARE {
        Err(MathError::OutOfRange)
    } else {
        let aside = (part(rate) * amount).floor();
        Ratio::new(aside * members, members.max(10)).and_then(|exact| fit(exact.floor()))
    };
    let got = upside_math::set_aside(amount, rate, members);
    same!(got, expected, amount, rate, members);
}
