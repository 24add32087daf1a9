mod common;

use common::{bps, config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    Bps, EqualShare, LEAST_PARTS, MAX_EQUAL_SHARE, MathError, Shares, accrued, payable, set_aside,
};

fn any_share() -> impl Strategy<Value = EqualShare> {
    (number(), number(), number()).prop_map(|(high, low, carry)| EqualShare {
        index: u128::from(high) << 64 | u128::from(low),
        carry,
    })
}

/// What one member accrued since a checkpoint, in 2^-64 atoms.
fn accrual(share: &EqualShare, checkpoint: u128) -> u128 {
    accrued(Shares(1), share.index, checkpoint).unwrap()
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Pay(u64),
    Join,
    Leave(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => number().prop_map(|amount| Step::Pay(amount >> 6)),
        1 => Just(Step::Join),
        1 => (0usize..8).prop_map(Step::Leave),
    ]
}

proptest! {
    #![proptest_config(config!("equal_share"))]

    #[test]
    fn a_payment_equals_big_integers(
        share in any_share(), amount in number(), members in number(),
    ) {
        if members == 0 {
            prop_assert_eq!(share.pay(amount, 0), Err(MathError::DivisionByZero));
            return Ok(());
        }
        let due = (BigUint::from(amount) << 64u8) + share.carry;
        let expected = EqualShare {
            index: share.index.wrapping_add(u128::try_from(&due / members)?),
            carry: u64::try_from(due % members)?,
        };
        prop_assert_eq!(share.pay(amount, members)?, expected);
    }

    /// Given is accrued, by all members, and carried, to the last 2^-64 of an atom;
    /// also where the index wraps.
    #[test]
    fn a_payment_adds_up(share in any_share(), amount in number(), members in positive()) {
        let after = share.pay(amount, members)?;
        let paid = BigUint::from(accrual(&after, share.index)) * members;
        prop_assert_eq!(paid + after.carry, (BigUint::from(amount) << 64u8) + share.carry);
        prop_assert!(after.carry < members);
    }

    #[test]
    fn payments_in_parts_are_as_one(
        share in any_share(), parts in prop::collection::vec(number(), 1..12),
        members in positive(),
    ) {
        let (mut after, mut sum) = (share, 0u64);
        for part in parts {
            let part = part.min(u64::MAX - sum);
            after = after.pay(part, members)?;
            sum += part;
        }
        prop_assert_eq!(after, share.pay(sum, members)?);
    }

    #[test]
    fn a_member_gets_more_of_more_and_less_among_more(
        share in any_share(), amount in number(), members in positive(), more in number(),
    ) {
        let here = accrual(&share.pay(amount, members)?, share.index);
        let larger = share.pay(amount.saturating_add(more), members)?;
        prop_assert!(accrual(&larger, share.index) >= here);
        let crowd = share.pay(amount, members.saturating_add(more))?;
        prop_assert!(accrual(&crowd, share.index) <= here);
    }

    /// Members come and go, and claim as they go: whole atoms paid, fractions owed and
    /// the carry are together what was given.
    #[test]
    fn what_was_given_is_paid_owed_or_carried(
        first in any_share(), steps in prop::collection::vec(step(), 1..32),
    ) {
        let first = EqualShare { carry: 0, ..first };
        let (mut share, mut members, mut given) = (first, vec![first.index], 0u128);
        let (mut paid, mut fractions) = (0u128, 0u128);
        for step in steps {
            match step {
                Step::Pay(amount) => match share.pay(amount, members.len() as u64) {
                    Ok(after) => {
                        share = after;
                        given += u128::from(amount);
                    }
                    Err(error) => {
                        prop_assert!(members.is_empty() && error == MathError::DivisionByZero);
                    }
                },
                // A newcomer has nothing of what was given before.
                Step::Join => members.push(share.index),
                Step::Leave(place) if place < members.len() => {
                    let (atoms, rest) = payable(accrual(&share, members.swap_remove(place)));
                    paid += u128::from(atoms.0);
                    fractions += rest;
                }
                Step::Leave(_) => {}
            }
        }
        for checkpoint in members {
            let (atoms, rest) = payable(accrual(&share, checkpoint));
            paid += u128::from(atoms.0);
            fractions += rest;
        }
        prop_assert!(paid <= given);
        prop_assert_eq!((given - paid) << 64, fractions + u128::from(share.carry));
    }

    #[test]
    fn a_part_is_set_aside_rounded_down(
        amount in number(), rate in bps(), more in number(), members in number(),
    ) {
        if rate > MAX_EQUAL_SHARE {
            let refused = set_aside(amount, rate, members);
            prop_assert_eq!(refused, Err(MathError::OutOfRange));
            return Ok(());
        }
        let whole = BigUint::from(amount) * rate.get() / 10_000u64;
        let exact = whole * members / members.max(LEAST_PARTS);
        let aside = set_aside(amount, rate, members)?;
        prop_assert_eq!(BigUint::from(aside), exact);
        prop_assert!(aside <= amount / 4);
        prop_assert!(set_aside(amount.saturating_add(more), rate, members)? >= aside);
    }

    /// A member's own part is never more than a tenth of what is set aside, however few
    /// they are, and a newcomer never makes the whole less.
    #[test]
    fn few_members_get_no_larger_parts(
        amount in number(), rate in 0u16..=2_500, members in 1u64..40,
    ) {
        let rate = Bps::new(rate)?;
        let all = set_aside(amount, rate, LEAST_PARTS)?;
        let aside = set_aside(amount, rate, members)?;
        prop_assert!(aside / members <= all / LEAST_PARTS);
        prop_assert!(set_aside(amount, rate, members + 1)? >= aside);
        prop_assert_eq!(set_aside(amount, rate, 0)?, 0);
    }

    #[test]
    fn parts_never_set_more_aside(
        amount in number(), rate in 0u16..=2_500, cut in number(), members in 0u64..40,
    ) {
        let rate = Bps::new(rate)?;
        let first = cut.min(amount);
        let parts = set_aside(first, rate, members)? + set_aside(amount - first, rate, members)?;
        let whole = set_aside(amount, rate, members)?;
        // Each part is rounded down twice.
        prop_assert!(parts <= whole && whole <= parts + 2);
    }
}

#[test]
fn thirds() {
    let share = EqualShare::default().pay(10, 3).unwrap();
    assert_eq!(share.index, (10u128 << 64) / 3);
    assert_eq!(share.carry, 1);
    let share = share.pay(20, 3).unwrap();
    assert_eq!((share.index, share.carry), (10 << 64, 0));
    // A carry is never lost, also where fewer members are left than it was of.
    let share = EqualShare { index: 0, carry: 7 }.pay(0, 2).unwrap();
    assert_eq!((share.index, share.carry), (3, 1));
}

#[test]
fn the_ends_of_u64() {
    const MAX: u64 = u64::MAX;
    let full = EqualShare {
        index: u128::MAX,
        carry: MAX,
    };
    let all = full.pay(MAX, 1).unwrap();
    assert_eq!((all.index, all.carry), (u128::MAX - 1, 0));
    assert_eq!(accrual(&all, full.index), u128::MAX);
    let many = full.pay(MAX, MAX).unwrap();
    assert_eq!((many.index, many.carry), ((1 << 64), 0));
    assert_eq!(full.pay(MAX, 0), Err(MathError::DivisionByZero));
    assert_eq!(set_aside(MAX, MAX_EQUAL_SHARE, MAX), Ok(MAX / 4));
    assert_eq!(MAX_EQUAL_SHARE, Bps::new(2_500).unwrap());
    let above = Bps::new(2_501).unwrap();
    assert_eq!(set_aside(0, above, 1), Err(MathError::OutOfRange));
    assert_eq!(set_aside(MAX, Bps::ZERO, 1), Ok(0));
    // One member among ten places: a tenth of a quarter.
    assert_eq!(set_aside(1_000, MAX_EQUAL_SHARE, 1), Ok(25));
}
