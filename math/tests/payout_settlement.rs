//! A stream and its holders over time: settlement is exact.

mod common;

use common::{config, number};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{Atoms, MathError, Shares, Stream, accrued, payable};

const HOLDERS: usize = 4;

#[derive(Clone, Copy, Debug)]
enum Step {
    Pay { amount: u64, drip: u32 },
    Pass { seconds: u32 },
    Rewind { seconds: u32 },
    Change { holder: usize, shares: u64 },
    Move { from: usize, to: usize, part: u64 },
    Claim { holder: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let drip = prop_oneof![3 => 0u32..=2_592_000, 1 => 0u32..=2];
    let seconds = prop_oneof![2 => 0u32..=1_000_000, 1 => 0u32..=3];
    // A quarter each: all shares together fit u64. Zero often: phases without shares.
    let shares = (number(), 0u8..3).prop_map(|(n, kind)| if kind == 0 { 0 } else { n >> 2 });
    let holder = 0..HOLDERS;
    prop_oneof![
        3 => (number(), drip).prop_map(|(amount, drip)| Step::Pay { amount, drip }),
        4 => seconds.prop_map(|seconds| Step::Pass { seconds }),
        1 => (0u32..=100).prop_map(|seconds| Step::Rewind { seconds }),
        4 => (holder.clone(), shares).prop_map(|(holder, shares)| Step::Change { holder, shares }),
        1 => (holder.clone(), 0..HOLDERS, number())
            .prop_map(|(from, to, part)| Step::Move { from, to, part }),
        2 => holder.prop_map(|holder| Step::Claim { holder }),
    ]
}

#[derive(Clone, Copy, Debug, Default)]
struct Holder {
    shares: u64,
    checkpoint: u128,
    owed: u128,
}

impl Holder {
    fn settle(&mut self, index: u128) -> Result<(), MathError> {
        let earned = accrued(Shares(self.shares), index, self.checkpoint)?;
        self.owed = self.owed.checked_add(earned).ok_or(MathError::Overflow)?;
        self.checkpoint = index;
        Ok(())
    }
}

struct World {
    stream: Stream,
    holders: [Holder; HOLDERS],
    now: i64,
    paid: u128,
    claimed: u128,
}

impl World {
    fn new(index: u128) -> World {
        let holder = Holder {
            checkpoint: index,
            ..Holder::default()
        };
        let now = 1_700_000_000;
        let stream = Stream {
            index,
            last: now,
            end: now,
            ..Stream::default()
        };
        World {
            stream,
            holders: [holder; HOLDERS],
            now,
            paid: 0,
            claimed: 0,
        }
    }

    fn shares(&self) -> u64 {
        self.holders.iter().map(|holder| holder.shares).sum()
    }

    fn release(&mut self) -> Result<(), MathError> {
        self.stream = self.stream.release(self.now, Shares(self.shares()))?;
        Ok(())
    }

    fn apply(&mut self, step: Step) -> Result<(), MathError> {
        match step {
            Step::Pass { seconds } => self.now += i64::from(seconds),
            Step::Rewind { seconds } => self.now -= i64::from(seconds),
            Step::Pay { amount, drip } => {
                self.release()?;
                // The vault's token account holds at most u64::MAX.
                let held = u64::try_from(self.paid - self.claimed).unwrap();
                let amount = amount.min(u64::MAX - held);
                self.stream = self.stream.pay(self.now, Atoms(amount), drip)?;
                self.paid += u128::from(amount);
            }
            Step::Change { holder, shares } => {
                self.release()?;
                self.holders[holder].settle(self.stream.index)?;
                self.holders[holder].shares = shares;
            }
            Step::Move { from, to, part } => {
                self.release()?;
                self.holders[from].settle(self.stream.index)?;
                self.holders[to].settle(self.stream.index)?;
                let room = u64::MAX / 4 - self.holders[to].shares;
                let moved = part.min(self.holders[from].shares).min(room);
                self.holders[from].shares -= moved;
                self.holders[to].shares += moved;
            }
            Step::Claim { holder } => {
                self.release()?;
                self.holders[holder].settle(self.stream.index)?;
                let (atoms, fraction) = payable(self.holders[holder].owed);
                self.holders[holder].owed = fraction;
                self.claimed += u128::from(atoms.0);
            }
        }
        Ok(())
    }

    /// All that was paid in, found again: in 2^-64 atoms.
    fn found(&self) -> Result<BigUint, MathError> {
        let mut sum = (BigUint::from(self.stream.remaining) << 64u8) + self.stream.carry;
        sum += BigUint::from(self.claimed) << 64u8;
        for holder in &self.holders {
            sum += holder.owed;
            sum += accrued(Shares(holder.shares), self.stream.index, holder.checkpoint)?;
        }
        Ok(sum)
    }
}

fn index() -> impl Strategy<Value = u128> {
    // Often about to wrap.
    (any::<u128>(), number(), 0u8..3).prop_map(|(any, near, kind)| match kind {
        0 => 0,
        1 => any,
        _ => u128::MAX - u128::from(near),
    })
}

proptest! {
    #![proptest_config(config!("payout_settlement"))]

    #[test]
    fn what_was_paid_is_found_again_to_the_last_fraction(
        start in index(), steps in prop::collection::vec(step(), 1..48),
    ) {
        let mut world = World::new(start);
        for step in steps {
            world.apply(step)?;
            prop_assert_eq!(world.found()?, BigUint::from(world.paid) << 64u8);
            prop_assert!(world.claimed <= world.paid);
            prop_assert!(u128::from(world.stream.carry) < 1 << 64);
        }
    }

    /// Rounding happens once: after the end, everybody who stays gets all but less
    /// than one atom each of what is not in the carry.
    #[test]
    fn after_the_end_less_than_an_atom_each_is_left(
        start in index(), steps in prop::collection::vec(step(), 1..24), shares in number(),
    ) {
        let mut world = World::new(start);
        for step in steps {
            world.apply(step)?;
        }
        world.apply(Step::Change { holder: 0, shares: (shares >> 2).max(1) })?;
        world.now = world.now.max(world.stream.last).max(world.stream.end) + 1;
        for holder in 0..HOLDERS {
            world.apply(Step::Claim { holder })?;
        }
        prop_assert_eq!(world.stream.remaining, 0);
        prop_assert!(world.stream.carry < world.shares());
        // The carry is below one atom too: it is a fraction of 2^-64 atoms per share.
        prop_assert!(world.paid - world.claimed <= HOLDERS as u128);
    }

    /// Settling more often changes nobody's earnings by even 2^-64 of an atom, as long
    /// as the stream is released at the same times.
    #[test]
    fn settling_more_often_changes_nothing(
        start in index(), steps in prop::collection::vec(step(), 1..24),
    ) {
        let (mut seldom, mut often) = (World::new(start), World::new(start));
        for step in steps {
            seldom.apply(step)?;
            often.apply(step)?;
            let index = often.stream.index;
            for holder in &mut often.holders {
                holder.settle(index)?;
            }
            prop_assert_eq!(seldom.stream, often.stream);
        }
        let index = seldom.stream.index;
        for (seldom, often) in seldom.holders.iter_mut().zip(often.holders) {
            seldom.settle(index)?;
            prop_assert_eq!(seldom.owed, often.owed);
        }
    }

    /// Without shares nothing is released, and afterwards the window is as long as
    /// before.
    #[test]
    fn a_phase_without_shares_shifts_the_stream(
        amount in number(), drip in 1u32..=2_592_000, before in 0u32..=2_592_000,
        without in 0u32..=100_000_000, after in 0u32..=2_592_000, shares in number(),
    ) {
        let shares = Shares(shares.max(1));
        let paid = Stream::default().pay(0, Atoms(amount.max(1)), drip)?;
        let (first, gap) = (i64::from(before.min(drip)), i64::from(without));
        let then = first + i64::from(after);
        let through = paid.release(first, shares)?.release(then, shares)?;
        let waited = paid.release(first, shares)?.release(first + gap, Shares::ZERO)?;
        let waited = waited.release(then + gap, shares)?;
        let shifted = Stream { last: through.last + gap, end: through.end + gap, ..through };
        prop_assert_eq!(waited, shifted);
    }
}
