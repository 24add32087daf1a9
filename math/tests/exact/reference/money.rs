//! Redemption, exits, revenue, sales and what shares cost.

use super::{
    Subject,
    draw::Draw,
    ratio::{Ratio, fit, part},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{Atoms, Bps, Cut, MathError, RateHistory, Royalty, Shares, Split, WHOLE_SHARE};

pub const SUBJECTS: &[Subject] = &[
    subject("cash_out", cash_out, 20),
    subject("split", split, 3_000),
    subject("cut", cut, 120),
    subject("sale_payment", sale_payment, 100),
    subject("bid_payment", bid_payment, 100),
    subject("royalty", royalty, 16),
    subject("merged_rate", merged_rate, 20),
    subject("RateHistory::new", never_changed, 30),
    subject("RateHistory::note", noted, 1),
    subject("RateHistory::since", since, 1),
];

fn cash_out(draw: &mut dyn Draw) {
    let (reserve, burned, supply) = (draw.number(), draw.number(), draw.number());
    let tax = draw.bps();
    let expected = Ratio::new(burned, supply).and_then(|burned_part| {
        if burned > supply {
            return Err(MathError::OutOfRange);
        }
        let paid = (burned_part.clone() * reserve).floor();
        let full = (part(tax) * paid.clone()).ceil();
        let left = ((Ratio::from(1) - burned_part) * full).ceil();
        fit(paid - left).map(Atoms)
    });
    let paid = upside_math::cash_out(Atoms(reserve), Shares(burned), Shares(supply), tax);
    same!(paid, expected, reserve, burned, supply, tax);
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

fn sale_payment(draw: &mut dyn Draw) {
    let (shares, price) = (draw.scaled(333_333), draw.number());
    let exact = Ratio::new(BigInt::from(shares) * price, WHOLE_SHARE);
    let expected = exact.and_then(|exact| fit(exact.ceil()).map(Atoms));
    let payment = upside_math::sale_payment(Shares(shares), price);
    same!(payment, expected, shares, price);
}

fn bid_payment(draw: &mut dyn Draw) {
    let (shares, price) = (draw.scaled(WHOLE_SHARE), draw.number());
    let exact = Ratio::new(BigInt::from(shares) * price, WHOLE_SHARE);
    let expected = exact.and_then(|exact| fit(exact.floor()).map(Atoms));
    let payment = upside_math::bid_payment(Shares(shares), price);
    same!(payment, expected, shares, price);
}

fn royalty(draw: &mut dyn Draw) {
    let (payment, unrecovered) = (draw.number(), draw.number());
    let (rate, ahead) = (draw.bps(), draw.short() as u16);
    let expected = || {
        if ahead >= 10_000 {
            return Err(MathError::OutOfRange);
        }
        let recovered = payment.min(unrecovered);
        let due = part(rate) * (payment - recovered);
        let paid_ahead = Ratio::new(ahead, 10_000)?;
        let owed = (due.clone() - paid_ahead.clone()).ceil().max(BigInt::ZERO);
        let after = (Ratio::from(owed.clone()) + paid_ahead - due) * BigInt::from(10_000);
        Ok(Royalty {
            recovered: Atoms(recovered),
            profit: Atoms(payment - recovered),
            owed: fit(owed).map(Atoms)?,
            ahead: fit(after.floor())?,
        })
    };
    let royalty = upside_math::royalty(Atoms(payment), Atoms(unrecovered), rate, ahead);
    same!(royalty, expected(), payment, unrecovered, rate, ahead);
}

fn merged_rate(draw: &mut dyn Draw) {
    let (rate, other) = (draw.bps(), draw.bps());
    let (shares, more) = (draw.number(), draw.number());
    let expected = if other >= rate {
        rate
    } else if shares == 0 && more == 0 {
        other
    } else {
        let sum = BigInt::from(rate.get()) * shares + BigInt::from(other.get()) * more;
        let mean = Ratio::new(sum, BigInt::from(shares) + more).unwrap();
        Bps::new(fit(mean.ceil()).unwrap()).unwrap()
    };
    let merged = upside_math::merged_rate(rate, Shares(shares), other, Shares(more));
    same!(merged, Ok(expected), rate, shares, other, more);
}

/// Rates one after the other, and the history of them.
fn rates(draw: &mut dyn Draw) -> (Vec<Bps>, RateHistory) {
    let mut rates = vec![draw.bps()];
    let mut history = RateHistory::new(rates[0]);
    for _ in 0..draw.length(12) {
        let next = draw.bps();
        let before = rates[rates.len() - 1];
        assert_eq!(history.note(before, next), Ok(()));
        rates.push(next);
    }
    (rates, history)
}

fn never_changed(draw: &mut dyn Draw) {
    let rate = draw.bps();
    let since = RateHistory::new(rate).since(0);
    same!(since, Ok(rate), rate);
}

/// How often the rates rose up to each of them.
fn epochs(rates: &[Bps]) -> Vec<u32> {
    let mut epochs = vec![0];
    for pair in rates.windows(2) {
        epochs.push(epochs[epochs.len() - 1] + u32::from(pair[1] > pair[0]));
    }
    epochs
}

fn noted(draw: &mut dyn Draw) {
    let (rates, history) = rates(draw);
    let raises = epochs(&rates)[rates.len() - 1];
    same!(history.epoch, raises, rates);
    // There is no further one.
    let mut last = RateHistory {
        epoch: u32::MAX,
        ..history
    };
    let more = last.note(Bps::ZERO, Bps::ONE);
    same!(more, Err(MathError::Overflow), rates);
}

fn since(draw: &mut dyn Draw) {
    let (rates, history) = rates(draw);
    let epochs = epochs(&rates);
    for (place, epoch) in epochs.iter().enumerate() {
        // Of what is long ago, the oldest epoch that is remembered, with all before it.
        let remembered = history.epoch.saturating_sub(3).max(*epoch);
        let from = match *epoch < history.epoch.saturating_sub(3) {
            true => 0,
            false if remembered == history.epoch.saturating_sub(3) => 0,
            false => epochs.iter().position(|it| it == epoch).unwrap(),
        };
        let least = rates[place..].iter().min().copied().unwrap();
        let since = history.since(*epoch).unwrap();
        let all = rates[from..].iter().min().copied().unwrap();
        // Never more than it was, and exactly that of the last four epochs.
        assert!(since <= least, "{rates:?} {epoch} {since:?}");
        let exact = history.epoch < 4 || *epoch > history.epoch - 3;
        let expected = if exact { least } else { all };
        same!(since, expected, rates, epoch);
    }
    let to_come = history.since(history.epoch + 1);
    same!(to_come, Err(MathError::OutOfRange), rates);
}
