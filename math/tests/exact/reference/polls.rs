//! Polls: weights, tallies and what passes.

use super::{
    Subject,
    draw::Draw,
    ratio::{fit, part},
    same, subject,
};
use num_bigint::BigInt;
use upside_math::{
    Answer, Ballots, Bps, Mark, MathError, Shares, Standing, Verdict, may_put as put,
    passes_against_holders as against_holders, passes_for_holders as for_holders,
};

pub const SUBJECTS: &[Subject] = &[
    subject("passes_against_holders", passes_against_holders, 12),
    subject("passes_for_holders", passes_for_holders, 20),
    subject("may_put", may_put, 200),
    subject("Standing::note", note, 5),
    subject("Standing::least_since", least_since, 6),
    subject("Mark::touch", touch, 2),
    subject("Mark::cut", cut, 2),
    subject("Mark::answer", answer, 2),
];

fn shares(draw: &mut dyn Draw) -> Shares {
    Shares(draw.number())
}

fn reaches(given: Shares, threshold: Bps, whole: Shares) -> bool {
    let needed = (part(threshold) * whole.0).ceil();
    whole.0 > 0 && BigInt::from(given.0) >= needed
}

fn passes_against_holders(draw: &mut dyn Draw) {
    let (in_favor, against) = (shares(draw), shares(draw));
    let (then, now, threshold) = (shares(draw), shares(draw), draw.bps());
    let eligible = Shares(then.0.max(now.0));
    let expected = if !reaches(in_favor, threshold, eligible) {
        Verdict::NotEnough
    } else if BigInt::from(against.0) * 10 < BigInt::from(eligible.0) {
        Verdict::Passed
    } else {
        Verdict::Objected
    };
    let verdict = against_holders(in_favor, against, [then, now], threshold);
    same!(verdict, expected, in_favor, against, then, now, threshold);
}

fn passes_for_holders(draw: &mut dyn Draw) {
    let (in_favor, eligible) = (shares(draw), shares(draw));
    let (supply, threshold) = (shares(draw), draw.bps());
    let thirds = BigInt::from(in_favor.0) * 3 >= BigInt::from(eligible.0) * 2;
    let expected = thirds && eligible.0 > 0 && reaches(in_favor, threshold, supply);
    let passed = for_holders(in_favor, eligible, supply, threshold);
    same!(passed, expected, in_favor, eligible, supply, threshold);
}

fn may_put(draw: &mut dyn Draw) {
    let (held, eligible) = (shares(draw), shares(draw));
    let expected = eligible.0 > 0 && BigInt::from(held.0) * 100 >= BigInt::from(eligible.0);
    same!(put(held, eligible), expected, held, eligible);
}

fn standing(draw: &mut dyn Draw) -> Standing {
    Standing {
        born: draw.number(),
        moved_at: draw.signed(),
        low: shares(draw),
    }
}

fn note(draw: &mut dyn Draw) {
    let (before, now) = (standing(draw), draw.signed());
    let (had, has) = (shares(draw), shares(draw));
    let since = if before.moved_at == now {
        before.low
    } else {
        had
    };
    let mut after = before;
    after.note(now, had, has);
    let low = Shares(since.0.min(has.0));
    let expected = Standing {
        moved_at: now,
        low,
        ..before
    };
    same!(after, expected, before, now, had, has);
}

fn least_since(draw: &mut dyn Draw) {
    let (it, since, has) = (standing(draw), draw.signed(), shares(draw));
    let least = if it.moved_at == since {
        it.low.0
    } else {
        has.0
    };
    let expected = Shares(least.min(has.0));
    same!(it.least_since(since, has), expected, it, since, has);
}

fn mark(draw: &mut dyn Draw, seq: u64) -> Mark {
    let (weight, in_favor, against) = (shares(draw), shares(draw), shares(draw));
    Mark {
        seq,
        weight,
        in_favor,
        against,
    }
}

fn ballots(draw: &mut dyn Draw) -> Ballots {
    let (in_favor, against) = (shares(draw), shares(draw));
    Ballots {
        seq: 7,
        put_at: 0,
        in_favor,
        against,
    }
}

fn touch(draw: &mut dyn Draw) {
    let poll = Ballots {
        seq: draw.number(),
        put_at: draw.signed(),
        ..Ballots::default()
    };
    let (of, seq, has) = (standing(draw), draw.number(), shares(draw));
    let before = mark(draw, seq);
    let mut after = before;
    after.touch(&poll, &of, has);
    let weight = match of.born < poll.seq {
        true => of.least_since(poll.put_at, has),
        false => Shares::ZERO,
    };
    let fresh = Mark {
        seq: poll.seq,
        weight,
        ..Mark::default()
    };
    let expected = if seq == poll.seq { before } else { fresh };
    same!(after, expected, before, poll, of, has);
}

/// The tally with one account's part replaced.
fn replaced(poll: Ballots, old: Mark, new: Mark) -> Result<Ballots, MathError> {
    let swap = |all: Shares, old: Shares, new: Shares| {
        let others = all.checked_sub(old)?;
        fit::<u64>(BigInt::from(others.0) + new.0).map(Shares)
    };
    Ok(Ballots {
        in_favor: swap(poll.in_favor, old.in_favor, new.in_favor)?,
        against: swap(poll.against, old.against, new.against)?,
        ..poll
    })
}

fn cut(draw: &mut dyn Draw) {
    let seq = 6 + draw.pick(2);
    let (poll, before, left) = (ballots(draw), mark(draw, seq), shares(draw));
    let (mut tally, mut after) = (poll, before);
    let lost = after.cut(&mut tally, left);
    if seq != poll.seq || left >= before.weight {
        same!((lost, tally, after), (Ok(false), poll, before), left);
        return;
    }
    // What objects stays as long as it can.
    let against = before.against.0.min(left.0);
    let in_favor = before.in_favor.0.min(left.0 - against);
    let expected = Mark {
        weight: left,
        in_favor: Shares(in_favor),
        against: Shares(against),
        ..before
    };
    match replaced(poll, before, expected) {
        Ok(exact) => {
            same!(lost, Ok(in_favor < before.in_favor.0), poll, before, left);
            same!((tally, after), (exact, expected), poll, before, left);
        }
        Err(error) => same!(lost, Err(error), poll, before, left),
    }
}

fn answer(draw: &mut dyn Draw) {
    let (poll, before) = (ballots(draw), mark(draw, 7));
    let choices = [Answer::For, Answer::Against, Answer::Withdraw];
    let choice = choices[draw.pick(3) as usize];
    let zero = Shares::ZERO;
    let (in_favor, against) = match choice {
        Answer::For => (before.weight, zero),
        Answer::Against => (zero, before.weight),
        Answer::Withdraw => (zero, zero),
    };
    let expected = Mark {
        in_favor,
        against,
        ..before
    };
    let (mut tally, mut after) = (poll, before);
    let answered = after.answer(&mut tally, choice);
    match replaced(poll, before, expected) {
        Ok(exact) => {
            same!(answered, Ok(()), poll, before, choice);
            same!((tally, after), (exact, expected), poll, before, choice);
        }
        Err(error) => same!(answered, Err(error), poll, before, choice),
    }
}
