mod common;
#[path = "common/exponential.rs"]
mod exponential;

use common::{config, number, positive};
use exponential::{LOG, fallen, log2, roots};
use num_bigint::BigUint;
use proptest::prelude::*;
use std::sync::LazyLock;
use upside_math::{MathError, decay, pair_cost, price_at};

const ONE: u128 = 1 << 64;

/// What atoms cost in atoms of the value one.
fn price_of(sell: u64, price: u128) -> Result<u64, MathError> {
    pair_cost(sell, price, ONE)
}

static ROOTS: LazyLock<Vec<BigUint>> = LazyLock::new(roots);

/// Any price: of any size, of our days, or extreme.
fn price() -> impl Strategy<Value = u128> {
    prop_oneof![
        3 => (any::<u128>(), 0u32..128).prop_map(|(price, shift)| (price >> shift).max(1)),
        3 => (number(), positive()).prop_map(|(buy, sell)| ((u128::from(buy) << 64) / u128::from(sell)).max(1)),
        1 => (0u32..128, -2i128..=2).prop_map(|(bit, off)| (1u128 << bit).saturating_add_signed(off).max(1)),
        1 => prop_oneof![Just(1u128), Just(u128::MAX - 1), Just(u128::MAX)],
    ]
}

/// A start and an end: anywhere, of our days, powers of two apart, or close together.
fn prices() -> impl Strategy<Value = (u128, u128)> {
    (price(), price(), 0u8..8, 0u32..128, number()).prop_map(|(one, other, kind, bit, off)| {
        let other = match kind {
            0 => one,
            1 => (one >> bit).max(1),
            2 => one.saturating_sub(u128::from(off)).max(1),
            // Up to a tenth of the price lower, as most auctions.
            3 | 4 => one - one / 10 / u128::from(off % 10 + 1),
            _ => other,
        };
        (one.max(other), one.min(other))
    })
}

/// A duration and a time within it.
fn times() -> impl Strategy<Value = (u64, u64)> {
    let duration = prop_oneof![4 => 1u64..=3 * 86_400, 1 => positive()];
    (duration, number(), 0u8..8).prop_map(|(duration, elapsed, kind)| match kind {
        0 => (0, duration),
        1 => (duration, duration),
        2 => (duration - 1, duration),
        _ => (
            (u128::from(elapsed) % (u128::from(duration) + 1)) as u64,
            duration,
        ),
    })
}

proptest! {
    #![proptest_config(config!("auction"))]

    /// Never above the exact logarithm, and at most `2^-64 + 2^-76` below it.
    #[test]
    fn a_decay_is_the_logarithm_rounded_down((start, end) in prices()) {
        let exact = log2(start, end);
        let decay = decay(start, end)?;
        let fine = BigUint::from(decay) << (LOG - 64);
        prop_assert!(fine <= exact);
        let bound = (BigUint::from(1u8) << (LOG - 64)) + (BigUint::from(1u8) << (LOG - 76));
        prop_assert!(exact - fine <= bound);
        prop_assert!(decay < 128 << 64);
    }

    #[test]
    fn a_decay_of_whole_halvings_is_exact(start in price(), halvings in 0u32..128) {
        let end = start >> halvings;
        if end << halvings == start && end > 0 {
            prop_assert_eq!(decay(start, end)?, u128::from(halvings) << 64);
        }
    }

    #[test]
    fn a_decay_grows_with_the_start_and_shrinks_with_the_end(
        (start, end) in prices(), more in number(),
    ) {
        let here = decay(start, end)?;
        prop_assert!(decay(start.saturating_add(more.into()), end)? >= here);
        let higher = end.saturating_add(more.into()).min(start);
        prop_assert!(decay(start, higher)? <= here);
    }

    /// Never below the exact price, and less than `2^-48` of it and `2^-64` above.
    #[test]
    fn a_price_is_within_its_bound((start, end) in prices(), (elapsed, duration) in times()) {
        let price = price_at(start, end, decay(start, end)?, elapsed, duration)?;
        let exponent = log2(start, end) * elapsed / duration;
        // Exact to less than 2^-99 of it and one.
        let exact = fallen(start, &exponent, &ROOTS);
        let price = BigUint::from(price) << 64u8;
        let slack = (&exact >> 99u8) + 1u8;
        prop_assert!(&price + &slack >= exact);
        let bound = &exact + (&exact >> 48u8) + slack + ONE;
        prop_assert!(price <= bound);
    }

    #[test]
    fn a_price_never_rises(
        (start, end) in prices(), (elapsed, duration) in times(), later in number(),
    ) {
        let decay = decay(start, end)?;
        let at = |elapsed| price_at(start, end, decay, elapsed, duration);
        let here = at(elapsed)?;
        prop_assert!(end <= here && here <= start);
        let mut before = here;
        for next in elapsed..=duration.min(elapsed.saturating_add(4)) {
            let price = at(next)?;
            prop_assert!(price <= before);
            before = price;
        }
        prop_assert!(at(elapsed.saturating_add(later).min(duration))? <= here);
    }

    /// From second to second where the exponent's bits carry over.
    #[test]
    fn a_price_never_rises_around_a_carry(
        start in price(), end in price(), bit in 0u32..71, times in 1u64..=1_000, step in 0u32..20,
    ) {
        // Elapsed is the exponent itself, in steps of 2^-64 to 2^-44.
        let (start, end) = (start.max(end), start.min(end));
        let duration = u64::MAX;
        let decay = u128::from(duration) << step;
        let carry = u64::try_from((u128::from(times) << bit) >> step).unwrap_or(duration);
        let mut before = start;
        for elapsed in carry.saturating_sub(3)..=carry.saturating_add(3).min(duration) {
            let price = price_at(start, end, decay, elapsed, duration)?;
            prop_assert!(price <= before);
            before = price;
        }
    }

    #[test]
    fn both_ends_are_exact((start, end) in prices(), duration in positive()) {
        let decay = decay(start, end)?;
        prop_assert_eq!(price_at(start, end, decay, 0, duration)?, start);
        prop_assert_eq!(price_at(start, end, decay, duration, duration)?, end);
    }

    #[test]
    fn halvings_are_exact(end in price(), halvings in 1u64..=64, seconds in 1u64..=86_400) {
        let start = end << end.leading_zeros().min(halvings as u32);
        let halvings = u64::from(end.leading_zeros()).min(halvings);
        let (decay, duration) = (decay(start, end)?, halvings * seconds);
        for passed in 0..=halvings {
            if duration > 0 {
                let price = price_at(start, end, decay, passed * seconds, duration)?;
                prop_assert_eq!(price, start >> passed);
            }
        }
    }

    /// With any number for the decay: an answer between both ends, or an error.
    #[test]
    fn any_decay_stays_between_both_ends(
        start in price(), end in prop_oneof![9 => price(), 1 => Just(0)], decay in any::<u128>(),
        shift in 0u32..128, elapsed in number(), duration in number(),
    ) {
        let price = price_at(start, end, decay >> shift, elapsed, duration);
        if end == 0 || start < end || duration == 0 || elapsed > duration {
            prop_assert_eq!(price, Err(MathError::OutOfRange));
        } else {
            let price = price?;
            prop_assert!(end <= price && price <= start);
        }
        if end == 0 || start < end {
            prop_assert_eq!(upside_math::decay(start, end), Err(MathError::OutOfRange));
        }
    }

    #[test]
    fn a_cost_is_the_price_rounded_up(sell in number(), price in price(), more in number()) {
        let exact = (BigUint::from(sell) * price + (ONE - 1)) >> 64u8;
        let cost = u64::try_from(exact).map_err(|_| MathError::Overflow);
        prop_assert_eq!(price_of(sell, price), cost);
        if let Ok(cost) = cost {
            prop_assert!(price_of(sell.saturating_add(more), price).unwrap_or(u64::MAX) >= cost);
            let dearer = price.saturating_add(more.into());
            prop_assert!(price_of(sell, dearer).unwrap_or(u64::MAX) >= cost);
            prop_assert_eq!(cost == 0, sell == 0);
        }
    }

    #[test]
    fn buying_in_parts_never_costs_less(
        sell in number(), price in price(), cuts in prop::collection::vec(number(), 0..12),
    ) {
        let Ok(whole) = price_of(sell, price) else { return Ok(()) };
        let (mut left, mut paid) = (sell, 0u128);
        for cut in cuts.into_iter().map(Some).chain([None]) {
            let part = cut.map_or(left, |cut| cut.min(left));
            paid += u128::from(price_of(part, price)?);
            left -= part;
        }
        prop_assert!(paid >= u128::from(whole));
    }
}

#[test]
fn an_auction_of_an_hour() {
    // From 1.05 to 0.95 buy atoms per sell atom.
    let (start, end) = (ONE * 105 / 100, ONE * 95 / 100);
    let decay = decay(start, end).unwrap();
    let at = |minute: u64| {
        let price = price_at(start, end, decay, minute * 60, 3_600).unwrap();
        price_of(1_000_000_000, price).unwrap()
    };
    let costs = [0, 15, 30, 45, 60].map(at);
    assert_eq!(
        costs,
        [
            1_050_000_000,
            1_024_054_041,
            998_749_218,
            974_069_688,
            950_000_000
        ]
    );
}

#[test]
fn every_second_of_a_day_falls() {
    let (start, end) = (ONE * 110 / 100, ONE * 90 / 100);
    let decay = decay(start, end).unwrap();
    let prices = (0..=86_400).map(|second| price_at(start, end, decay, second, 86_400).unwrap());
    assert!(prices.is_sorted_by(|here, next| here > next));
}

#[test]
fn the_ends() {
    const MAX: u128 = u128::MAX;
    assert_eq!(decay(1, 1), Ok(0));
    assert_eq!(decay(MAX, MAX), Ok(0));
    assert_eq!(decay(MAX, MAX - 1), Ok(0));
    assert_eq!(decay(1 << 127, 1), Ok(127 << 64));
    // 128 less about 2^-127.5.
    assert_eq!(decay(MAX, 1), Ok((128 << 64) - 1));
    assert_eq!(decay(3, 1), Ok(0x1_95c0_1a39_fbd6_879f));
    for (start, end) in [(0, 0), (1, 0), (MAX, 0), (1, 2), (MAX - 1, MAX)] {
        assert_eq!(decay(start, end), Err(MathError::OutOfRange));
        assert_eq!(price_at(start, end, 0, 0, 1), Err(MathError::OutOfRange));
    }
    assert_eq!(price_at(2, 1, ONE, 0, 0), Err(MathError::OutOfRange));
    assert_eq!(price_at(2, 1, ONE, 2, 1), Err(MathError::OutOfRange));
    let fall = decay(MAX, 1).unwrap();
    let at = |elapsed| price_at(MAX, 1, fall, elapsed, u64::MAX).unwrap();
    assert_eq!((at(0), at(u64::MAX)), (MAX, 1));
    assert_eq!(at(u64::MAX - 1), 2);
    // A decay beyond any price is no price below the end.
    assert_eq!(price_at(MAX, 1, MAX, u64::MAX - 1, u64::MAX), Ok(1));
    assert_eq!(price_at(MAX, 7, MAX, u64::MAX - 1, u64::MAX), Ok(7));
    assert_eq!(price_of(u64::MAX, ONE), Ok(u64::MAX));
    assert_eq!(price_of(u64::MAX, ONE + 1), Err(MathError::Overflow));
    assert_eq!(price_of(u64::MAX, MAX), Err(MathError::Overflow));
    assert_eq!(price_of(1, MAX), Err(MathError::Overflow));
    assert_eq!(price_of(1, 1), Ok(1));
    assert_eq!(price_of(0, MAX), Ok(0));
    assert_eq!(price_of(u64::MAX, 0), Ok(0));
}
