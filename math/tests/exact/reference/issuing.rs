//! Rounds and grants.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, MAX_STAGES, MathError, Purchase, Shares, Stage, WHOLE_SHARE};

pub const SUBJECTS: &[Subject] = &[
    subject("buy", buy, 2),
    subject("room", room, 3),
    subject("full_proceeds", full_proceeds, 8),
    subject("marginal_price", marginal_price, 3),
    subject("last_price", last_price, 30),
    subject("vested", vested, 7),
    subject("given_back", given_back, 7),
];

/// Stages, sometimes one too many, and what is sold of each.
fn round(draw: &mut dyn Draw) -> (Vec<Stage>, [u64; MAX_STAGES]) {
    let mut sold = [0; MAX_STAGES];
    let stages = (0..draw.length(MAX_STAGES + 1)).map(|place| {
        let (shares, price) = (draw.scaled(333_333), draw.number());
        if let Some(sold) = sold.get_mut(place) {
            // Mostly within what there was.
            let number = draw.number();
            *sold = match shares.checked_add(1) {
                Some(choices) if draw.pick(2) > 0 => number % choices,
                _ => number,
            };
        }
        Stage { shares, price }
    });
    (stages.collect(), sold)
}

fn rooms(stages: &[Stage], sold: &[u64; MAX_STAGES]) -> Vec<BigInt> {
    let rooms = stages.iter().zip(sold);
    let rooms = rooms.map(|(stage, sold)| BigInt::from(stage.shares) - *sold);
    rooms.collect()
}

fn buy(draw: &mut dyn Draw) {
    let (stages, sold) = round(draw);
    let payment = draw.scaled(999_999);
    let expected = || {
        if stages.len() > MAX_STAGES {
            return Err(MathError::OutOfRange);
        }
        let mut purchase = Purchase::default();
        // Money in millionths of an atom: what an atom of shares costs is whole there.
        let budget = BigInt::from(payment) * WHOLE_SHARE;
        let (mut spent, mut bought, mut open) = (BigInt::ZERO, BigInt::ZERO, true);
        for (place, room) in rooms(&stages, &sold).into_iter().enumerate() {
            if room < BigInt::ZERO {
                return Err(MathError::OutOfRange);
            }
            let price = stages[place].price;
            let affordable = Ratio::new(&budget - &spent, price)?.floor();
            if !open {
                continue;
            }
            let shares = room.clone().min(affordable);
            open = shares == room;
            spent += &shares * price;
            bought += &shares;
            purchase.by_stage[place] = fit(shares)?;
            purchase.shares = fit(bought.clone()).map(Shares)?;
        }
        purchase.charge = fit(Ratio::new(spent, WHOLE_SHARE)?.ceil()).map(Atoms)?;
        Ok(purchase)
    };
    let purchase = upside_math::buy(&stages, &sold, Atoms(payment));
    same!(purchase, expected(), stages, sold, payment);
}

fn room(draw: &mut dyn Draw) {
    let (stages, sold) = round(draw);
    let expected = || {
        if stages.len() > MAX_STAGES {
            return Err(MathError::OutOfRange);
        }
        let mut sum = BigInt::ZERO;
        for room in rooms(&stages, &sold) {
            if room < BigInt::ZERO {
                return Err(MathError::OutOfRange);
            }
            sum += room;
            fit::<u64>(sum.clone())?;
        }
        fit(sum).map(Shares)
    };
    same!(upside_math::room(&stages, &sold), expected(), stages, sold);
}

fn full_proceeds(draw: &mut dyn Draw) {
    let stages = (0..draw.length(MAX_STAGES + 1)).map(|_| Stage {
        shares: draw.scaled(333_333),
        price: draw.number(),
    });
    let stages: Vec<_> = stages.collect();
    let expected = || {
        if stages.is_empty() || stages.len() > MAX_STAGES {
            return Err(MathError::OutOfRange);
        }
        let (mut shares, mut sum) = (BigInt::ZERO, BigInt::ZERO);
        for stage in &stages {
            if stage.shares == 0 || stage.price == 0 {
                return Err(MathError::OutOfRange);
            }
            shares += stage.shares;
            fit::<u64>(shares.clone())?;
            sum += BigInt::from(stage.shares) * stage.price;
        }
        fit(Ratio::new(sum, WHOLE_SHARE)?.floor()).map(Atoms)
    };
    same!(upside_math::full_proceeds(&stages), expected(), stages);
}

fn marginal_price(draw: &mut dyn Draw) {
    let (stages, sold) = round(draw);
    let open = rooms(&stages, &sold)
        .iter()
        .position(|room| *room > BigInt::ZERO);
    let expected = open.map(|place| stages[place].price);
    let price = upside_math::marginal_price(&stages, &sold);
    same!(price, expected, stages, sold);
}

fn last_price(draw: &mut dyn Draw) {
    let (raised, sold) = (draw.number(), draw.scaled(333_333));
    let supply = draw.scaled(33_333_333);
    let price = Ratio::new(BigInt::from(raised) * WHOLE_SHARE, sold);
    let expected = price.ok().and_then(|price| {
        let counts = BigInt::from(sold) * 100 >= BigInt::from(supply);
        fit(price.floor()).ok().filter(|_| counts)
    });
    let price = upside_math::last_price(Atoms(raised), Shares(sold), Shares(supply));
    same!(price, expected, raised, sold, supply);
}

fn vested(draw: &mut dyn Draw) {
    let (total, start, now) = (draw.number(), draw.signed(), draw.signed());
    let (cliff, duration) = (draw.short(), draw.short());
    let passed = BigInt::from(now) - start;
    let expected = Ratio::new(passed.clone(), duration)
        .map_err(|_| MathError::OutOfRange)
        .and_then(|passed_part| {
            if cliff > duration {
                Err(MathError::OutOfRange)
            } else if now < start || passed < cliff.into() {
                Ok(Shares::ZERO)
            } else if passed >= duration.into() {
                Ok(Shares(total))
            } else {
                fit((passed_part * total).floor()).map(Shares)
            }
        });
    let vested = upside_math::vested(Shares(total), start, cliff, duration, now);
    same!(vested, expected, total, start, cliff, duration, now);
}

fn given_back(draw: &mut dyn Draw) {
    let (reserve, brought) = (draw.number(), draw.number());
    let (unvested, granted, supply) = (draw.number(), draw.number(), draw.number());
    let part = |held: u64, of: u64| {
        let part = Ratio::new(unvested, of)?;
        if unvested > of {
            return Err(MathError::OutOfRange);
        }
        fit::<u64>((part * held).floor())
    };
    let expected =
        part(brought, granted).and_then(|theirs| Ok(Atoms(theirs.min(part(reserve, supply)?))));
    let back = upside_math::given_back(
        Atoms(reserve),
        Atoms(brought),
        Shares(unvested),
        Shares(granted),
        Shares(supply),
    );
    same!(back, expected, reserve, brought, unvested, granted, supply);
}
