mod common;
#[path = "common/exponential.rs"]
mod exponential;

use common::{config, number, positive};
use exponential::{fallen, log2, roots};
use num_bigint::BigUint;
use proptest::prelude::*;
use std::sync::LazyLock;
use upside_math::{
    MathError, Rounding, buy_guarded, decay, held_per_share, pair_cost, price_at, sell_guarded,
    share_in, target_atoms, value_rising,
};

static ROOTS: LazyLock<Vec<BigUint>> = LazyLock::new(roots);

/// Any value of an atom.
fn value() -> impl Strategy<Value = u128> {
    prop_oneof![
        3 => (any::<u128>(), 0u32..128).prop_map(|(value, shift)| (value >> shift).max(1)),
        3 => (positive(), positive()).prop_map(|(a, b)| ((u128::from(a) << 64) / u128::from(b)).max(1)),
        1 => prop_oneof![Just(1u128), Just(2), Just(u128::MAX / 2), Just(u128::MAX)],
    ]
}

/// A band: a low, and a high of at most twice as much.
fn band() -> impl Strategy<Value = (u128, u128)> {
    (value(), any::<u128>(), 0u8..4).prop_map(|(low, more, kind)| {
        let low = low.min(u128::MAX / 2);
        match kind {
            0 => (low, low),
            1 => (low, low * 2),
            _ => (low, low + more % (low + 1)),
        }
    })
}

/// A duration and two times within it, the first not later.
fn times() -> impl Strategy<Value = (u64, u64, u64)> {
    (21_600u64..=604_800, any::<u64>(), any::<u64>()).prop_map(|(duration, a, b)| {
        let (a, b) = (a % (duration + 1), b % (duration + 1));
        (a.min(b), a.max(b), duration)
    })
}

proptest! {
    #![proptest_config(config!("rebalance"))]

    /// Never above the exact value, which the index would pay too much by.
    #[test]
    fn a_rising_value_is_at_most_the_exact_one((low, high) in band(), (at, _, duration) in times()) {
        let fall = decay(high, low)?;
        let got = value_rising(low, high, fall, at, duration)?;
        prop_assert!(low <= got && got <= high);
        let exponent = log2(high, low) * (duration - at) / duration;
        let exact = fallen(high, &exponent, &ROOTS);
        let (fine, slack) = (BigUint::from(got) << 64u8, (&exact >> 98u8) + 1u8);
        prop_assert!(fine <= &exact + &slack || got == low);
        let most = (&exact >> 47u8) + (BigUint::from(3u8) << 64u8) + slack;
        prop_assert!(fine + most >= exact);
    }

    #[test]
    fn a_rising_value_never_falls((low, high) in band(), (first, then, duration) in times()) {
        let fall = decay(high, low)?;
        let at = |time| value_rising(low, high, fall, time, duration);
        prop_assert!(at(first)? <= at(then)?);
        prop_assert_eq!(at(0)?, low);
        prop_assert_eq!(at(duration)?, high);
    }

    /// Printing or burning after the announcement only helps the index.
    #[test]
    fn supply_moves_a_value_one_way_only(value in value(), noted in positive(), now in positive(), more in number()) {
        if let Ok(sell) = sell_guarded(value, noted, now) {
            prop_assert!(sell >= value);
            prop_assert!(now < noted || sell == value);
            prop_assert!(sell_guarded(value, noted, now.saturating_add(more))? <= sell);
        }
        let buy = buy_guarded(value, noted, now)?;
        prop_assert!(buy <= value);
        prop_assert!(now > noted || buy == value);
        prop_assert!(buy_guarded(value, noted, now.saturating_add(more))? <= buy);
    }

    /// What was printed dilutes what the index buys by as much as it pays less.
    #[test]
    fn shares_printed_are_not_paid_for(value in value(), noted in positive(), printed in number()) {
        let now = noted.saturating_add(printed);
        let paid = BigUint::from(buy_guarded(value, noted, now)?) * now;
        prop_assert!(paid <= BigUint::from(value) * noted);
    }

    #[test]
    fn a_pair_in_parts_never_costs_less(
        a in number(), b in number(), sell in value(), buy in value(),
    ) {
        let whole = a.checked_add(b).and_then(|all| pair_cost(all, sell, buy).ok());
        if let Some(whole) = whole {
            let parts = u128::from(pair_cost(a, sell, buy)?) + u128::from(pair_cost(b, sell, buy)?);
            prop_assert!(parts >= u128::from(whole));
        }
        // A single atom is never free.
        prop_assert!(pair_cost(1, sell, buy) != Ok(0));
    }

    /// There and back at the values of one moment pays nothing.
    #[test]
    fn there_and_back_never_profits(take in positive(), one in value(), other in value()) {
        let Ok(given) = pair_cost(take, one, other) else { return Ok(()) };
        // What is asked for one atom more than was taken is more than was given.
        if let Some(more) = take.checked_add(1)
            && let Ok(cost) = pair_cost(more, one, other)
        {
            prop_assert!(cost >= given);
        }
        // Taking the given atoms back at the same values asks for at least what was taken.
        if let Ok(back) = pair_cost(given, other, one) {
            prop_assert!(back >= take);
        }
    }

    /// Both prices only become better for a bidder while the clock runs.
    #[test]
    fn a_pair_becomes_cheaper_with_time(
        sold in band(), bought in band(), (first, then, duration) in times(), take in positive(),
    ) {
        let at = |time| -> Result<u64, MathError> {
            let sell = price_at(sold.1, sold.0, decay(sold.1, sold.0)?, time, duration)?;
            let buy = value_rising(bought.0, bought.1, decay(bought.1, bought.0)?, time, duration)?;
            pair_cost(take, sell, buy)
        };
        if let (Ok(early), Ok(late)) = (at(first), at(then)) {
            prop_assert!(late <= early);
        }
    }

    /// A raised low, or a lowered high, is worse for a bidder at every time.
    #[test]
    fn a_tighter_band_is_never_cheaper(
        (low, high) in band(), part in any::<u128>(), (at, _, duration) in times(),
    ) {
        let between = low + part % (high - low + 1);
        let sell = |low| price_at(high, low, decay(high, low)?, at, duration);
        let buy = |high| value_rising(low, high, decay(high, low)?, at, duration);
        // To what rounding leaves open: less than 2^-46 of it.
        let (loose, tight) = (sell(low)?, sell(between)?);
        prop_assert!(tight.saturating_add((tight >> 46) + 2) >= loose);
        let (loose, tight) = (buy(high)?, buy(between)?);
        prop_assert!(tight <= loose.saturating_add((loose >> 46) + 4));
    }

    /// What a slot holds per share is enough to have it all again.
    #[test]
    fn a_reference_counts_every_atom(counter in number(), supply in positive()) {
        if let Ok(held) = held_per_share(counter, supply) {
            let again = target_atoms(held, supply, Rounding::Up);
            prop_assert!(again.is_err() || again? >= counter);
            prop_assert!(share_in(counter, 1_000_000_000, supply)? == held);
        }
    }
}

#[test]
fn examples() {
    const ONE: u128 = 1 << 64;
    // Two for one, half of the shares burned since: four for one.
    assert_eq!(sell_guarded(2 * ONE, 100, 50), Ok(4 * ONE));
    assert_eq!(sell_guarded(2 * ONE, 100, 200), Ok(2 * ONE));
    // Ten times as many shares are worth a tenth each.
    assert_eq!(buy_guarded(10 * ONE, 100, 1_000), Ok(ONE));
    assert_eq!(buy_guarded(10 * ONE, 100, 99), Ok(10 * ONE));
    assert_eq!(pair_cost(3, 2 * ONE, ONE), Ok(6));
    assert_eq!(pair_cost(1, 1, ONE), Ok(1));
    assert_eq!(pair_cost(0, ONE, ONE), Ok(0));
    assert_eq!(pair_cost(1, ONE, 0), Err(MathError::DivisionByZero));
    assert_eq!(pair_cost(u64::MAX, 2 * ONE, ONE), Err(MathError::Overflow));
    assert_eq!(sell_guarded(ONE, 1, 0), Err(MathError::DivisionByZero));
    assert_eq!(sell_guarded(u128::MAX, 2, 1), Err(MathError::Overflow));
    assert_eq!(held_per_share(5, 2_000_000_000), Ok(3));
    assert_eq!(
        value_rising(1, 2, 1 << 64, 3, 2),
        Err(MathError::OutOfRange)
    );
}
