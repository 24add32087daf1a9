//! What new shares bring, and how many there may be.

mod common;

use common::{bps, config, number, part_of_whole, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    Atoms, Bps, Made, MathError, PERIOD_SECONDS, PERIODS, Placement, Shares, cash_out,
    part_brought, place_payment, yearly_room,
};

fn part(held: u64, created: u64, shares: u64) -> Result<u64, MathError> {
    part_brought(Atoms(held), Shares(created), Shares(shares)).map(|part| part.0)
}

fn placed(
    payment: u64,
    (reserve, stream): (u64, u64),
    reserve_bps: Bps,
    most: Bps,
) -> Result<Placement, MathError> {
    place_payment(
        Atoms(payment),
        Atoms(reserve),
        Atoms(stream),
        reserve_bps,
        most,
    )
}

/// Whether `a / b <= c / d`.
fn at_most(a: u64, b: u64, c: u64, d: u64) -> bool {
    u128::from(a) * u128::from(d) <= u128::from(c) * u128::from(b)
}

proptest! {
    #![proptest_config(config!("creation"))]

    /// What was held for each share never falls, and no atom more is asked than that.
    #[test]
    fn held_by_share_never_falls(held in number(), created in number(), shares in positive()) {
        let Ok(brought) = part(held, created, shares) else {
            let exact = BigUint::from(held) * created;
            prop_assert!(exact > BigUint::from(u64::MAX) * shares);
            return Ok(());
        };
        let (Some(after), Some(all)) = (held.checked_add(brought), shares.checked_add(created))
        else {
            return Ok(());
        };
        prop_assert!(at_most(held, shares, after, all));
        if brought > 0 && created > 0 {
            prop_assert!(!at_most(held, shares, after - 1, all) || held == 0);
        }
    }

    /// Nobody who comes in and redeems at once, with any tax, gets more than was brought.
    #[test]
    fn whoever_redeems_at_once_takes_no_more_than_was_brought(
        held in number(), created in positive(), shares in positive(), tax in bps(),
    ) {
        let brought = part(held, created, shares);
        let (Ok(brought), Some(all)) = (brought, shares.checked_add(created)) else {
            return Ok(());
        };
        let Some(after) = held.checked_add(brought) else { return Ok(()) };
        let out = cash_out(Atoms(after), Shares(created), Shares(all), tax)?;
        prop_assert!(out.0 <= brought);
    }

    /// Splitting a creation into parts never brings less.
    #[test]
    fn parts_never_bring_less_than_the_whole(
        held in number(), created in positive(), shares in positive(),
        parts in prop::collection::vec(number(), 1..16),
    ) {
        let Ok(whole) = part(held, created, shares) else { return Ok(()) };
        let (mut left, mut held_now, mut all) = (created, held, shares);
        for share in parts.iter().map(|part| part % created).chain([u64::MAX]) {
            let share = share.min(left);
            let Ok(brought) = part(held_now, share, all) else { return Ok(()) };
            let (Some(more), Some(grown)) = (held_now.checked_add(brought), all.checked_add(share))
            else {
                return Ok(());
            };
            (held_now, all, left) = (more, grown, left - share);
        }
        prop_assert_eq!(left, 0);
        prop_assert!(held_now - held >= whole);
    }

    /// Nothing is brought where nothing is held or nobody holds.
    #[test]
    fn nothing_of_nothing(held in number(), created in number(), shares in number()) {
        prop_assert_eq!(part(0, created, shares), Ok(0));
        prop_assert_eq!(part(held, created, 0), Ok(0));
        prop_assert_eq!(part(held, 0, shares), Ok(0));
    }

    /// The three places are the payment and the help, exactly; reserve and stream get at
    /// least their parts; the payment covers no more of them than its most part.
    #[test]
    fn every_atom_has_one_place(
        payment in number(), reserve in number(), stream in number(),
        reserve_bps in bps(), most in bps(),
    ) {
        let Ok(to) = placed(payment, (reserve, stream), reserve_bps, most) else {
            return Ok(());
        };
        let sum = |parts: &[Atoms]| parts.iter().map(|part| u128::from(part.0)).sum::<u128>();
        prop_assert_eq!(
            sum(&[to.to_reserve, to.to_stream, to.to_owner]),
            sum(&[Atoms(payment), to.from_endowment])
        );
        prop_assert_eq!(to.to_stream.0, stream);
        prop_assert!(to.to_reserve.0 >= reserve);
        let covered = sum(&[Atoms(reserve), Atoms(stream)]) - sum(&[to.from_endowment]);
        let (payment, most) = (u128::from(payment), u128::from(most.get()));
        prop_assert!(covered * 10_000 <= payment * most);
    }

    /// The reserve gets the larger of its part and of what the round promised, not both.
    #[test]
    fn the_larger_not_the_sum(
        payment in number(), reserve in number(), stream in number(), reserve_bps in bps(),
    ) {
        let Ok(to) = placed(payment, (reserve, stream), reserve_bps, Bps::ONE) else {
            return Ok(());
        };
        let promised = u128::from(payment) * u128::from(reserve_bps.get());
        let promised = u64::try_from(promised.div_ceil(10_000)).unwrap();
        prop_assert!(to.to_reserve.0 <= reserve.max(promised));
        if to.to_owner.0 > 0 {
            prop_assert_eq!(to.to_reserve.0, reserve.max(promised));
        }
        // A payment that covers everything needs no help.
        let covers = u128::from(reserve) + u128::from(stream) <= u128::from(payment);
        prop_assert_eq!(to.from_endowment.is_zero(), covers);
    }

    /// More of the payment for its parts never asks more of the endowment, and gives the
    /// owner no more.
    #[test]
    fn a_larger_most_part_never_needs_more_help(
        payment in number(), reserve in number(), stream in number(),
        reserve_bps in bps(), a in bps(), b in bps(),
    ) {
        let (low, high) = (a.min(b), a.max(b));
        let parts = (reserve, stream);
        let few = placed(payment, parts, reserve_bps, low);
        let many = placed(payment, parts, reserve_bps, high);
        if let (Ok(few), Ok(many)) = (few, many) {
            prop_assert!(many.from_endowment <= few.from_endowment);
            prop_assert!(many.to_owner <= few.to_owner);
        }
    }

    #[test]
    fn room_is_a_part_of_what_is_older(
        (made, supply) in part_of_whole(), more in number(), a in bps(), b in bps(),
    ) {
        let room = |supply, made, bps| yearly_room(Shares(supply), Shares(made), bps);
        let here = room(supply, made, a)?;
        prop_assert!(here.0 <= supply - made);
        prop_assert_eq!(room(supply, made, Bps::ONE)?, Shares(supply - made));
        prop_assert_eq!(room(supply, made, Bps::ZERO)?, Shares(0));
        prop_assert!(room(supply, made, a.min(b))? <= room(supply, made, a.max(b))?);
        prop_assert!(room(supply, made.saturating_add(more), a)? <= here);
        prop_assert!(room(supply.saturating_add(more), made, a)? >= here);
        prop_assert_eq!(room(made, supply, a)?, Shares(0));
    }

    /// Whatever is created in whatever steps, within any 365 days it is at most the room
    /// of the supply that was there before all of it.
    #[test]
    fn a_year_of_steps_never_makes_more_than_the_room(
        start in 1u64..1 << 40, room in bps(),
        steps in prop::collection::vec((0i64..60 * 86_400, number()), 1..40),
    ) {
        let begin = 1_800_000_000i64;
        let (mut now, mut supply, mut made) = (begin, start, Made::default());
        let mut history: Vec<(i64, u64, u64)> = Vec::new();
        for (passed, asked) in steps {
            now += passed;
            made = made.at(now);
            let lately = made.total()?;
            let room = yearly_room(Shares(supply), lately, room)?;
            let created = asked.min(room.0.saturating_sub(lately.0));
            made = made.record(Shares(created))?;
            history.push((now, supply, created));
            supply += created;
        }
        let bps = u128::from(room.get());
        for (at, before, _) in &history {
            let within = history.iter().filter(|(time, ..)| {
                (*at..=at + 365 * 86_400).contains(time)
            });
            let created: u128 = within.map(|(.., created)| u128::from(*created)).sum();
            prop_assert!(created * 10_000 <= u128::from(*before) * bps);
        }
    }

    /// The ring of periods against the sum over all creations of the days that it covers.
    #[test]
    fn made_equals_the_sum_over_days(
        begin in 0i64..4_000_000_000,
        steps in prop::collection::vec((0i64..500, 0u64..1_000), 1..60),
    ) {
        let period = i64::try_from(PERIOD_SECONDS).unwrap();
        let (mut now, mut made) = (begin, Made::default());
        let mut days: Vec<(i64, u64)> = Vec::new();
        for (passed, created) in steps {
            now += passed * 86_400;
            made = made.at(now).record(Shares(created))?;
            days.push((now, created));
            let first = now / period - (PERIODS as i64 - 1);
            let lately = days.iter().filter(|(at, _)| at / period >= first);
            let expected: u64 = lately.map(|(_, created)| created).sum();
            prop_assert_eq!(made.total()?, Shares(expected));
            // A year is always covered, and no more than 403 days.
            let young = days.iter().filter(|(at, _)| now <= at + 365 * 86_400);
            for (at, created) in young {
                let kept = made.at(at + 365 * 86_400).total()?;
                prop_assert!(kept.0 >= *created);
            }
        }
        prop_assert_eq!(made.at(now + 403 * 86_400).total()?, Shares(0));
    }

    /// A clock that steps back forgets nothing and adds to no earlier period.
    #[test]
    fn a_clock_that_steps_back_changes_nothing(
        now in 0i64..4_000_000_000, back in 0i64..4_000_000_000, created in number(),
    ) {
        let made = Made::default().at(now).record(Shares(created))?;
        prop_assert_eq!(made.at(now - back), made);
    }
}
