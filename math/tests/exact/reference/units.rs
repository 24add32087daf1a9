//! Units and the one multiplication.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, Bps, MathError, Rounding, Shares, mul_div as subject_of};

pub const SUBJECTS: &[Subject] = &[
    subject("Shares::is_zero", is_zero, 1_000),
    subject("Atoms::is_zero", is_zero, 1_000),
    subject("Shares::checked_add", checked_add, 100),
    subject("Atoms::checked_add", checked_add, 100),
    subject("Shares::checked_sub", checked_sub, 100),
    subject("Atoms::checked_sub", checked_sub, 100),
    subject("Bps::new", bps, 65_535),
    subject("Bps::get", bps, 65_535),
    subject("mul_div", mul_div, 24),
];

fn is_zero(draw: &mut dyn Draw) {
    let number = draw.number();
    let zero = BigInt::from(number) == BigInt::ZERO;
    same!(Shares(number).is_zero(), zero, number);
    same!(Atoms(number).is_zero(), zero, number);
}

fn checked_add(draw: &mut dyn Draw) {
    let (a, b) = (draw.number(), draw.number());
    let sum = fit::<u64>(BigInt::from(a) + b);
    same!(Shares(a).checked_add(Shares(b)), sum.map(Shares), a, b);
    same!(Atoms(a).checked_add(Atoms(b)), sum.map(Atoms), a, b);
}

fn checked_sub(draw: &mut dyn Draw) {
    let (a, b) = (draw.number(), draw.number());
    let rest = u64::try_from(BigInt::from(a) - b).map_err(|_| MathError::Underflow);
    same!(Shares(a).checked_sub(Shares(b)), rest.map(Shares), a, b);
    same!(Atoms(a).checked_sub(Atoms(b)), rest.map(Atoms), a, b);
}

fn bps(draw: &mut dyn Draw) {
    let number = draw.number() as u16;
    let expected = if number <= 10_000 {
        Ok(number)
    } else {
        Err(MathError::OutOfRange)
    };
    same!(Bps::new(number).map(Bps::get), expected, number);
}

fn mul_div(draw: &mut dyn Draw) {
    let (a, b, divisor) = (draw.number(), draw.number(), draw.number());
    for rounding in [Rounding::Down, Rounding::Up] {
        let exact = Ratio::new(BigInt::from(a) * b, divisor);
        let expected = exact.and_then(|exact| fit(exact.rounded(rounding)));
        same!(subject_of(a, b, divisor, rounding), expected, a, b, divisor);
    }
}
