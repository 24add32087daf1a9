//! Redemption, exits, revenue, sales and what shares cost.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit, part},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, Cut, Exit, MathError, Shares, Split, WHOLE_SHARE};

pub const SUBJECTS: &[Subject] = &[
    subject("cash_out", cash_out, 20),
    subject("exit", exit, 7),
    subject("split", split, 3_000),
    subject("cut", cut, 120),
    subject("carried", carried, 30),
    subject("sale_payment", sale_payment, 100),
    subject("max_royalty", max_royalty, 3_000),
    subject("royalty", royalty, 16),
];

fn cash_out(draw: &mut dyn Draw) {
    let (reserve, burned, supply) = (draw.number(), draw.number(), draw.number());
    let tax = draw.bps();
    let expected = Ratio::new(burned, supply).and_then(|burned_part| {
        if burned > supply {
            return Err(MathError::OutOfRange);
        }
        let kept = Ratio::from(1) - part(tax) + part(tax) * burned_part.clone();
        fit((burned_part * reserve * kept).floor()).map(Atoms)
    });
    let paid = upside_math::cash_out(Atoms(reserve), Shares(burned), Shares(supply), tax);
    same!(paid, expected, reserve, burned, supply, tax);
}

fn exit(draw: &mut dyn Draw) {
    let (proceeds, cost, floor) = (draw.number(), draw.number(), draw.number());
    let cumulative = draw.wide_signed();
    let result = BigInt::from(proceeds) - cost;
    let after = &result + cumulative;
    let above = &after - floor;
    let expected = || {
        fit::<i128>(above.clone())?;
        let in_scope = result.clone().min(above.clone()).max(BigInt::ZERO);
        Ok(Exit {
            result: fit(result.clone())?,
            cumulative: fit(after.clone())?,
            to_owner: fit(proceeds - in_scope.clone()).map(Atoms)?,
            in_scope: fit(in_scope).map(Atoms)?,
        })
    };
    let exit = upside_math::exit(Atoms(proceeds), Atoms(cost), cumulative, Atoms(floor));
    same!(exit, expected(), proceeds, cost, cumulative, floor);
}

fn split(draw: &mut dyn Draw) {
    let (amount, bps) = (draw.number(), draw.bps());
    let reserve: u64 = fit((part(bps) * amount).ceil()).unwrap();
    let expected = Ok(Split {
        reserve: Atoms(reserve),
        rest: Atoms(amount - reserve),
    });
    same!(
        upside_math::split(Atoms(amount), bps),
        expected,
        amount,
        bps
    );
}

fn cut(draw: &mut dyn Draw) {
    let (amount, share, room) = (draw.number(), draw.bps(), draw.number());
    let due: u64 = fit((part(share) * amount).ceil()).unwrap();
    let claim = due.min(room);
    let expected = Ok(Cut {
        claim: Atoms(claim),
        owner: Atoms(amount - claim),
    });
    let cut = upside_math::cut(Atoms(amount), share, Atoms(room));
    same!(cut, expected, amount, share, room);
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

fn sale_payment(draw: &mut dyn Draw) {
    let (shares, price) = (draw.scaled(333_333), draw.number());
    let exact = Ratio::new(BigInt::from(shares) * price, WHOLE_SHARE);
    let expected = exact.and_then(|exact| fit(exact.ceil()).map(Atoms));
    let payment = upside_math::sale_payment(Shares(shares), price);
    same!(payment, expected, shares, price);
}

fn max_royalty(draw: &mut dyn Draw) {
    let (shares, bps) = (draw.number(), draw.bps());
    let expected = fit((part(bps) * shares).ceil()).map(Shares);
    let most = upside_math::max_royalty(Shares(shares), bps);
    same!(most, expected, shares, bps);
}

fn royalty(draw: &mut dyn Draw) {
    let (taxable, price) = (draw.number(), draw.scaled(WHOLE_SHARE));
    let (bps, sold) = (draw.bps(), draw.scaled(333_333));
    let owed = Ratio::new(BigInt::from(taxable) * WHOLE_SHARE, price);
    let expected = owed.and_then(|shares| {
        let owed = (part(bps) * shares).ceil();
        fit(owed.min((part(bps) * sold).ceil())).map(Shares)
    });
    let royalty = upside_math::royalty(Atoms(taxable), price, bps, Shares(sold));
    same!(royalty, expected, taxable, price, bps, sold);
}
