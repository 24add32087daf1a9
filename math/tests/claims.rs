mod common;

use common::{config, number};
use proptest::prelude::*;
use upside_math::{
    Atoms, Bounds, Month, Rounding, asking, exit, part_price, scaled, worth, write_off,
};

fn bounds(floor: u64, loss_limit: u64) -> Bounds {
    Bounds {
        floor: Atoms(floor),
        loss_limit: Atoms(loss_limit),
    }
}

proptest! {
    #![proptest_config(config!("claims"))]

    /// Whatever was lost, the owner keeps at most floor and loss limit of later gains.
    #[test]
    fn losses_take_at_most_the_limit_from_later_gains(
        losses in prop::collection::vec(number(), 0..8), gain in number(),
        floor in number(), limit in number(), before in number(),
    ) {
        let bounds = bounds(floor, limit);
        let mut cumulative = i128::from(before);
        for loss in losses {
            cumulative = write_off(Atoms(loss), cumulative, bounds)?;
            prop_assert!(cumulative >= -i128::from(limit));
        }
        let gained = exit(Atoms(gain), Atoms(0), cumulative, bounds)?;
        let kept = u128::from(floor) + u128::from(limit);
        prop_assert!(u128::from(gained.in_scope.0) >= u128::from(gain).saturating_sub(kept));
        prop_assert!(gained.cumulative >= -i128::from(limit));
    }

    /// A loss at an exit and the same cost written off leave the same behind.
    #[test]
    fn a_write_off_is_an_exit_for_nothing(
        cost in number(), before in number(), floor in number(), limit in number(),
    ) {
        let bounds = bounds(floor, limit);
        let sold = exit(Atoms(0), Atoms(cost), i128::from(before), bounds)?;
        let written = write_off(Atoms(cost), i128::from(before), bounds)?;
        prop_assert_eq!(sold.cumulative, written);
        prop_assert_eq!(sold.in_scope, Atoms(0));
    }

    /// Less cost that counts never gives holders less.
    #[test]
    fn a_lower_cost_gives_holders_no_less(
        proceeds in number(), cost in number(), less in number(), before in number(),
        floor in number(), limit in number(),
    ) {
        let bounds = bounds(floor, limit);
        let before = i128::from(before);
        let high = exit(Atoms(proceeds), Atoms(cost), before, bounds)?;
        let low = exit(Atoms(proceeds), Atoms(cost.saturating_sub(less)), before, bounds)?;
        prop_assert!(low.in_scope >= high.in_scope);
        prop_assert!(low.cumulative >= high.cumulative);
    }

    #[test]
    fn what_is_left_is_never_worth_more(
        value in number(), held in number(), less in number(), signed in number(),
    ) {
        let all = scaled(Atoms(value), held, signed, Rounding::Up)?;
        let fewer = scaled(Atoms(value), held.saturating_sub(less), signed, Rounding::Up)?;
        prop_assert!(fewer <= all && all <= Atoms(value));
        prop_assert!(scaled(Atoms(value), held, signed, Rounding::Down)? <= all);
        if signed > 0 && held <= signed {
            prop_assert_eq!(worth(Atoms(value), held, signed)?, all);
        }
    }

    #[test]
    fn an_auction_falls_from_start_to_end(
        a in number(), b in number(), elapsed in number(), more in number(), duration in 1u64..,
    ) {
        let (start, end) = (Atoms(a.max(b)), Atoms(a.min(b)));
        let now = asking(start, end, elapsed, duration)?;
        prop_assert!(now <= start && now >= end);
        prop_assert!(asking(start, end, elapsed.saturating_add(more), duration)? <= now);
        prop_assert_eq!(asking(start, end, 0, duration)?, start);
        prop_assert_eq!(asking(start, end, duration, duration)?, end);
    }

    /// Buying in parts never costs less.
    #[test]
    fn parts_cost_no_less_than_the_whole(price in number(), a in number(), b in number()) {
        let (a, b) = (a >> 1, b >> 1);
        let whole = a + b;
        if whole > 0 {
            let parts = part_price(Atoms(price), a, whole)?.0 as u128
                + part_price(Atoms(price), b, whole)?.0 as u128;
            prop_assert!(parts >= price as u128 && parts <= price as u128 + 1);
        }
    }

    #[test]
    fn a_time_lies_in_its_month(unix in 0i64..253_000_000_000) {
        let month = Month::of(unix)?;
        prop_assert!(month.start() <= unix && unix < month.next()?.start());
        prop_assert_eq!(Month::from_number(month.number())?, month);
        prop_assert_eq!(month.until(month.next()?), 1);
    }
}

#[test]
fn months_that_people_know() {
    let of = |unix| Month::of(unix).unwrap().number();
    assert_eq!(of(0), 197_001);
    assert_eq!(of(1_709_164_799), 202_402); // 2024-02-28T23:59:59Z
    assert_eq!(of(1_709_251_199), 202_402); // 2024-02-29T23:59:59Z
    assert_eq!(of(1_709_251_200), 202_403);
    assert_eq!(of(4_107_542_399), 210_002); // 2100-02-28T23:59:59Z: no leap year
    assert_eq!(of(4_107_542_400), 210_003);
    assert_eq!(of(1_798_761_599), 202_612);
    assert!(Month::of(-1).is_err());
    assert!(Month::of(i64::MAX).is_err());
    assert!(Month::from_number(202_613).is_err());
    assert!(Month::from_number(999_912).unwrap().next().is_err());
}
