mod common;

use common::{bps, config, number};
use proptest::prelude::*;
use upside_math::{Atoms, Bounds, Bps, Exit, MathError, exit, split};

/// A floor, and losses without a limit.
fn floored(floor: u64) -> Bounds {
    Bounds {
        floor: Atoms(floor),
        loss_limit: Atoms(u64::MAX),
    }
}

/// Cumulative results: around zero, around what exits can reach, and any.
fn cumulative() -> impl Strategy<Value = i128> {
    prop_oneof![
        2 => (number(), any::<bool>()).prop_map(|(size, negative)| {
            if negative { -i128::from(size) } else { i128::from(size) }
        }),
        1 => any::<i128>().prop_map(|any| any / 4),
        1 => -20i128..=20,
    ]
}

/// Proceeds and cost, often close to each other.
fn sale() -> impl Strategy<Value = (u64, u64)> {
    (number(), number(), any::<bool>()).prop_map(|(proceeds, cost, close)| {
        (
            proceeds,
            if close {
                proceeds.saturating_add(cost % 8).saturating_sub(4)
            } else {
                cost
            },
        )
    })
}

fn above(cumulative: i128, floor: u64) -> i128 {
    (cumulative - i128::from(floor)).max(0)
}

fn after(sales: &[(u64, u64)], start: i128, floor: u64) -> Result<(u128, Vec<Exit>), MathError> {
    let (mut total, mut exits, mut cumulative) = (0, Vec::new(), start);
    for (proceeds, cost) in sales {
        let one = exit(Atoms(*proceeds), Atoms(*cost), cumulative, floored(floor))?;
        cumulative = one.cumulative;
        total += u128::from(one.in_scope.0);
        exits.push(one);
    }
    Ok((total, exits))
}

proptest! {
    #![proptest_config(config!("waterfall"))]

    #[test]
    fn an_exit_conserves_its_proceeds(
        (proceeds, cost) in sale(), before in cumulative(), floor in number(),
    ) {
        let one = exit(Atoms(proceeds), Atoms(cost), before, floored(floor))?;
        let result = i128::from(proceeds) - i128::from(cost);
        let in_scope = result.min(before + result - i128::from(floor)).max(0);
        prop_assert_eq!(one.result, result);
        let lowest = -i128::from(u64::MAX);
        prop_assert_eq!(one.cumulative, (before + result).max(lowest));
        prop_assert_eq!(i128::from(one.in_scope.0), in_scope);
        prop_assert_eq!(one.in_scope.checked_add(one.to_owner)?, Atoms(proceeds));
        // The owner gets the cost back before anything is in scope.
        prop_assert!(i128::from(one.in_scope.0) <= result.max(0));
        prop_assert!(one.to_owner.0 >= cost.min(proceeds));
    }

    #[test]
    fn of_gains_exactly_the_rise_above_the_floor_is_in_scope(
        sales in prop::collection::vec(sale(), 0..12), before in cumulative(), floor in number(),
    ) {
        let gains: Vec<_> = sales.iter().map(|(a, b)| (*a.max(b), *a.min(b))).collect();
        let (total, exits) = after(&gains, before, floor)?;
        let end = exits.last().map_or(before, |last| last.cumulative);
        let rise = above(end, floor) - above(before, floor);
        prop_assert_eq!(i128::try_from(total), Ok(rise));
        // From a cumulative result below the floor: no more than ever rose above it.
        prop_assert!(rise <= above(end, floor));
    }

    /// What was lost above the floor may be earned, and be in scope, once more.
    #[test]
    fn of_any_exits_every_rise_above_the_floor_is_in_scope(
        sales in prop::collection::vec(sale(), 0..12), before in cumulative(), floor in number(),
    ) {
        let (total, exits) = after(&sales, before, floor)?;
        let (mut rises, mut last, mut peak, mut falls) = (0, above(before, floor), 0, 0);
        for one in &exits {
            let now = above(one.cumulative, floor);
            rises += (now - last).max(0);
            falls += (last - now).max(0);
            peak = peak.max(now);
            last = now;
        }
        let total = i128::try_from(total).unwrap();
        prop_assert_eq!(total, rises);
        prop_assert!(total <= peak + falls);
        prop_assert!(total <= exits.iter().map(|one| one.result.max(0)).sum());
    }

    #[test]
    fn gains_in_parts_are_in_scope_as_one(
        a in sale(), b in sale(), before in cumulative(), floor in number(),
    ) {
        let (a, b) = ((a.0.max(a.1) / 2, a.0.min(a.1) / 2), (b.0.max(b.1) / 2, b.0.min(b.1) / 2));
        let (parts, _) = after(&[a, b], before, floor)?;
        let (whole, _) = after(&[(a.0 + b.0, a.1 + b.1)], before, floor)?;
        prop_assert_eq!(parts, whole);
    }

    #[test]
    fn a_higher_floor_puts_no_more_in_scope(
        (proceeds, cost) in sale(), before in cumulative(), floor in number(), more in number(),
    ) {
        let low = exit(Atoms(proceeds), Atoms(cost), before, floored(floor))?;
        let high = floored(floor.saturating_add(more));
        let high = exit(Atoms(proceeds), Atoms(cost), before, high)?;
        prop_assert!(high.in_scope <= low.in_scope);
    }

    #[test]
    fn results_leave_i128_only_with_an_error(
        (proceeds, cost) in sale(), before in any::<i128>(), floor in number(),
        end in prop_oneof![Just(None), number().prop_map(|off| Some((off, false))),
            number().prop_map(|off| Some((off, true)))],
    ) {
        let before = match end {
            None => before,
            Some((off, false)) => i128::MIN + i128::from(off),
            Some((off, true)) => i128::MAX - i128::from(off),
        };
        let result = i128::from(proceeds) - i128::from(cost);
        let fits = before
            .checked_add(result)
            .and_then(|after| after.checked_sub(i128::from(floor)))
            .is_some();
        let one = exit(Atoms(proceeds), Atoms(cost), before, floored(floor));
        prop_assert_eq!(one.is_ok(), fits);
        prop_assert!(fits || one == Err(MathError::Overflow));
    }

    #[test]
    fn a_split_conserves_and_rounds_to_the_reserve(amount in number(), part in bps()) {
        let parts = split(Atoms(amount), part)?;
        prop_assert_eq!(parts.reserve.checked_add(parts.rest)?, Atoms(amount));
        let exact = (u128::from(amount) * u128::from(part.get())).div_ceil(10_000);
        prop_assert_eq!(u128::from(parts.reserve.0), exact);
    }

    #[test]
    fn the_reserve_grows_with_amount_and_part(
        amount in number(), more in number(), a in bps(), b in bps(),
    ) {
        let (less, part) = (a.min(b), a.max(b));
        let here = split(Atoms(amount), less)?;
        prop_assert!(split(Atoms(amount), part)?.reserve >= here.reserve);
        let larger = split(Atoms(amount.saturating_add(more)), less)?;
        prop_assert!(larger.reserve >= here.reserve && larger.rest >= here.rest);
    }

    /// Each part of a payment favours the reserve by less than an atom.
    #[test]
    fn payments_in_parts_never_shrink_the_reserve(
        amounts in prop::collection::vec(number().prop_map(|n| n >> 4), 1..12), part in bps(),
    ) {
        let mut reserve = 0;
        for amount in &amounts {
            reserve += split(Atoms(*amount), part)?.reserve.0;
        }
        let whole = split(Atoms(amounts.iter().sum()), part)?.reserve.0;
        prop_assert!(reserve >= whole && reserve - whole < amounts.len() as u64);
    }
}

#[test]
fn the_ends_of_a_split() {
    for amount in [0, 1, 9_999, 10_000, u64::MAX] {
        let none = split(Atoms(amount), Bps::ZERO).unwrap();
        assert_eq!((none.reserve.0, none.rest.0), (0, amount));
        let all = split(Atoms(amount), Bps::ONE).unwrap();
        assert_eq!((all.reserve.0, all.rest.0), (amount, 0));
    }
    let dust = split(Atoms(1), Bps::new(1).unwrap()).unwrap();
    assert_eq!((dust.reserve.0, dust.rest.0), (1, 0));
}

/// Not a high-water mark: the rule of DESIGN section 3 as it stands.
#[test]
fn a_gain_that_makes_up_for_a_loss_is_in_scope_again() {
    let (total, exits) = after(&[(200, 100), (0, 100), (200, 100)], 0, 0).unwrap();
    assert_eq!(
        exits.iter().map(|one| one.in_scope.0).collect::<Vec<_>>(),
        [100, 0, 100]
    );
    assert_eq!((total, exits[2].cumulative), (200, 100));
}

#[test]
fn the_floor_is_the_owners() {
    let first = exit(Atoms(1_500), Atoms(1_000), 0, floored(600)).unwrap();
    assert_eq!(
        (first.in_scope.0, first.to_owner.0, first.cumulative),
        (0, 1_500, 500)
    );
    let second = exit(Atoms(1_300), Atoms(1_000), first.cumulative, floored(600)).unwrap();
    assert_eq!(
        (second.in_scope.0, second.to_owner.0, second.cumulative),
        (200, 1_100, 800)
    );
}
