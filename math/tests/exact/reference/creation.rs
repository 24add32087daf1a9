//! New shares and what they bring.

use super::{Subject, draw::Draw, same, subject};
use num_bigint::BigUint;
use upside_math::{
    Atoms, Bps, Made, MathError, PERIOD_SECONDS, PERIODS, Placement, Shares, part_brought,
    place_payment, yearly_room,
};

pub(super) const SUBJECTS: &[Subject] = &[
    subject("part_brought", check_part_brought, 4),
    subject("place_payment", check_place_payment, 3),
    subject("yearly_room", check_yearly_room, 4),
    subject("Made::at", check_made_at, 1),
    subject("Made::total", check_made_total, 1),
    subject("Made::record", check_made_record, 1),
    subject("Made::take_back", check_made_take_back, 3),
];

fn fit(number: BigUint) -> Result<u64, MathError> {
    u64::try_from(number).map_err(|_| MathError::Overflow)
}

fn up(a: u64, b: u64, c: u64) -> BigUint {
    (BigUint::from(a) * b + (c - 1)) / c
}

fn check_part_brought(draw: &mut dyn Draw) {
    let (held, created, shares) = (draw.number(), draw.number(), draw.number());
    let expected = if shares == 0 {
        Ok(0)
    } else {
        fit(up(held, created, shares))
    };
    same!(
        part_brought(Atoms(held), Shares(created), Shares(shares)).map(|part| part.0),
        expected,
        held,
        created,
        shares
    );
}

fn placed(
    payment: u64,
    reserve: u64,
    stream: u64,
    reserve_bps: Bps,
    most: Bps,
) -> Result<Placement, MathError> {
    let part = BigUint::from(reserve) + stream;
    let covers = BigUint::from(payment) * most.get() / 10_000u64;
    let helped = if part > covers {
        &part - covers
    } else {
        BigUint::default()
    };
    fit(part)?;
    let all = BigUint::from(payment) + &helped;
    fit(all.clone())?;
    let rest = &all - stream;
    let promised = up(payment, reserve_bps.get().into(), 10_000);
    let to_reserve = promised.max(reserve.into()).min(rest.clone());
    Ok(Placement {
        to_owner: Atoms(fit(rest - &to_reserve)?),
        to_reserve: Atoms(fit(to_reserve)?),
        to_stream: Atoms(stream),
        from_endowment: Atoms(fit(helped)?),
    })
}

fn check_place_payment(draw: &mut dyn Draw) {
    let payment = draw.scaled(10_000);
    let (reserve, stream) = (draw.number(), draw.number());
    let (reserve_bps, most) = (draw.bps(), draw.bps());
    same!(
        place_payment(
            Atoms(payment),
            Atoms(reserve),
            Atoms(stream),
            reserve_bps,
            most
        ),
        placed(payment, reserve, stream, reserve_bps, most),
        payment,
        reserve,
        stream,
        reserve_bps,
        most
    );
}

fn check_yearly_room(draw: &mut dyn Draw) {
    let (supply, made, room) = (draw.scaled(10_000), draw.number(), draw.bps());
    let older = BigUint::from(supply) - supply.min(made);
    let expected = fit(older * room.get() / 10_000u64);
    same!(
        yearly_room(Shares(supply), Shares(made), room).map(|room| room.0),
        expected,
        supply,
        made,
        room
    );
}

/// What was made in a few periods up to one.
fn made(draw: &mut dyn Draw) -> Made {
    let mut made = Made {
        period: draw.number(),
        ..Made::default()
    };
    let first = draw.pick(PERIODS as u64) as usize;
    for place in [first, (first + 1) % PERIODS] {
        made.by_period[place] = draw.number();
    }
    made
}

/// Share atoms of a period, if it is among those that are kept.
fn of_period(made: &Made, period: u128) -> u64 {
    let last = u128::from(made.period);
    if period > last || period + PERIODS as u128 <= last {
        return 0;
    }
    made.by_period[(period % PERIODS as u128) as usize]
}

fn check_made_at(draw: &mut dyn Draw) {
    let mut before = made(draw);
    // Half of the times near the period.
    let now = match draw.pick(2) {
        0 => draw.signed(),
        _ => {
            before.period %= 1 << 40;
            let ahead = draw.number() % 30;
            let second = (before.period + ahead).saturating_sub(15) * PERIOD_SECONDS;
            second as i64
        }
    };
    let current = u64::try_from(now).map_or(0, |now| now / PERIOD_SECONDS);
    let after = before.at(now);
    let expected = current.max(before.period);
    same!(after.period, expected, before, now);
    for back in 0..PERIODS as u128 {
        let Some(period) = u128::from(expected).checked_sub(back) else {
            continue;
        };
        let kept = of_period(&before, period);
        same!(of_period(&after, period), kept, before, now, period);
    }
}

fn check_made_total(draw: &mut dyn Draw) {
    let made = made(draw);
    let all: BigUint = made.by_period.iter().map(|made| BigUint::from(*made)).sum();
    same!(made.total().map(|all| all.0), fit(all), made);
}

fn check_made_record(draw: &mut dyn Draw) {
    let (before, shares) = (made(draw), draw.number());
    let place = (before.period % PERIODS as u64) as usize;
    let expected = fit(BigUint::from(before.by_period[place]) + shares).map(|sum| {
        let mut after = before;
        after.by_period[place] = sum;
        after
    });
    same!(before.record(Shares(shares)), expected, before, shares);
}

/// A period's shares lose what is taken out of it; one that is forgotten has none to lose.
fn check_made_take_back(draw: &mut dyn Draw) {
    let before = made(draw);
    let shares = draw.number();
    // Half of the periods near the current one.
    let then = match draw.pick(2) {
        0 => before.period.saturating_sub(draw.pick(PERIODS as u64 + 2)),
        _ => draw.number(),
    };
    let forgotten = u128::from(then) + PERIODS as u128 <= u128::from(before.period);
    let expected = if then > before.period {
        Err(MathError::OutOfRange)
    } else if forgotten {
        Ok(before)
    } else {
        let had = of_period(&before, u128::from(then));
        had.checked_sub(shares)
            .ok_or(MathError::Underflow)
            .map(|left| {
                let mut after = before;
                after.by_period[(then % PERIODS as u64) as usize] = left;
                after
            })
    };
    same!(
        before.take_back(Shares(shares), then),
        expected,
        before,
        shares,
        then
    );
}
