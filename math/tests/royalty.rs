mod common;

use common::{config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    Atoms, Bps, MathError, RateHistory, Shares, bid_payment, carried, merged_rate, royalty,
    sale_payment,
};

/// Rates as terms allow them.
fn rate() -> impl Strategy<Value = Bps> {
    prop_oneof![6 => 0u16..=5_000, 1 => Just(0u16), 1 => Just(1), 1 => Just(5_000)]
        .prop_map(|bps| Bps::new(bps).unwrap())
}

/// A trader: what they paid and is not back, and what rounding made them pay ahead.
#[derive(Clone, Copy, Debug, Default)]
struct Trader {
    unrecovered: u64,
    ahead: u16,
}

impl Trader {
    fn buys(&mut self, payment: u64) {
        self.unrecovered += payment;
    }

    /// Royalty in atoms.
    fn sells(&mut self, payment: u64, rate: Bps) -> u64 {
        let it = royalty(Atoms(payment), Atoms(self.unrecovered), rate, self.ahead).unwrap();
        self.unrecovered -= it.recovered.0;
        self.ahead = it.ahead;
        it.owed.0
    }
}

/// What one does: pays, or is paid.
fn steps() -> impl Strategy<Value = Vec<(bool, u64)>> {
    prop::collection::vec((any::<bool>(), 0u64..1_000_000_000), 1..24)
}

proptest! {
    #![proptest_config(config!("royalty"))]

    /// The definition: royalty is of the highest that received less paid ever was.
    #[test]
    fn is_of_what_came_in_beyond_all_that_was_ever_paid(steps in steps(), rate in rate()) {
        let (mut it, mut paid, mut received, mut owed) = (Trader::default(), 0i128, 0i128, 0u128);
        let mut highest = 0i128;
        for (sells, amount) in steps {
            if sells {
                received += i128::from(amount);
                owed += u128::from(it.sells(amount, rate));
            } else {
                paid += i128::from(amount);
                it.buys(amount);
            }
            highest = highest.max(received - paid);
            let due = highest.unsigned_abs() * u128::from(rate.get());
            prop_assert_eq!(owed, due.div_ceil(10_000));
            prop_assert_eq!(i128::from(it.unrecovered), highest + paid - received);
        }
    }

    /// Cutting a payment up changes nothing in all: neither avoids it nor doubles it.
    #[test]
    fn parts_owe_what_the_whole_owes(
        parts in prop::collection::vec(0u64..1_000_000_000, 1..16), unrecovered in 0u64..4_000_000_000,
        rate in rate(), ahead in 0u16..10_000,
    ) {
        let start = Trader { unrecovered, ahead };
        let (mut once, mut cut) = (start, start);
        let whole = once.sells(parts.iter().sum(), rate);
        let in_parts: u64 = parts.iter().map(|part| cut.sells(*part, rate)).sum();
        prop_assert_eq!(whole, in_parts);
        prop_assert_eq!((once.unrecovered, once.ahead), (cut.unrecovered, cut.ahead));
    }

    #[test]
    fn is_at_most_the_profit(
        payment in number(), unrecovered in number(), rate in rate(), ahead in 0u16..10_000,
    ) {
        let it = royalty(Atoms(payment), Atoms(unrecovered), rate, ahead)?;
        prop_assert!(it.owed <= it.profit);
        prop_assert_eq!(it.recovered.0.checked_add(it.profit.0), Some(payment));
        prop_assert!(it.ahead < 10_000);
    }

    /// A trade between two wallets of one person adds to what is free of royalty exactly
    /// what was taxed: trading with oneself gains nothing, at any price.
    #[test]
    fn trading_with_oneself_gains_nothing(
        mine in 0u64..1_000_000_000, theirs in 0u64..1_000_000_000,
        prices in prop::collection::vec((any::<bool>(), 0u64..u64::from(u32::MAX)), 1..12),
        last in 0u64..4_000_000_000, rate in rate(),
    ) {
        let mut one = Trader { unrecovered: mine, ..Trader::default() };
        let mut two = Trader { unrecovered: theirs, ..Trader::default() };
        let mut together = Trader { unrecovered: mine + theirs, ..Trader::default() };
        let mut paid = 0;
        for (forth, price) in prices {
            let (from, to) = if forth { (&mut one, &mut two) } else { (&mut two, &mut one) };
            paid += from.sells(price, rate);
            to.buys(price);
        }
        // What the first sells then, having taken all of the second's cost, is taxed at
        // least as if nothing had been traded before.
        one.unrecovered += two.unrecovered;
        paid += one.sells(last, rate);
        prop_assert!(paid >= together.sells(last, rate));
    }

    /// A part of the shares takes a part of what is not back along: no cost is made or lost.
    #[test]
    fn a_transfer_takes_cost_along(cost in number(), shares in positive(), part in number()) {
        let part = part % shares + 1;
        let along = carried(Atoms(cost), part, shares)?;
        prop_assert!(along.0 <= cost);
        if part == shares {
            prop_assert_eq!(along.0, cost);
        }
    }

    #[test]
    fn payments_are_rounded_for_who_does_not_sign(shares in number(), price in number()) {
        let exact = u128::from(shares) * u128::from(price);
        let fit = |atoms| u64::try_from(atoms).map(Atoms).map_err(|_| MathError::Overflow);
        prop_assert_eq!(sale_payment(Shares(shares), price), fit(exact.div_ceil(1_000_000)));
        prop_assert_eq!(bid_payment(Shares(shares), price), fit(exact / 1_000_000));
    }

    /// What a bid puts up pays for all parts, and for the whole exactly.
    #[test]
    fn an_escrow_pays_for_all_parts(
        parts in prop::collection::vec(1u64..1_000_000_000_000, 1..12), price in 1u64..1_000_000,
    ) {
        let mut escrow = bid_payment(Shares(parts.iter().sum()), price)?.0;
        for part in parts {
            let payment = bid_payment(Shares(part), price)?.0;
            prop_assert!(payment <= escrow);
            escrow -= payment;
        }
    }

    #[test]
    fn nobody_raises_anothers_rate(
        mine in rate(), shares in number(), other in rate(), more in number(),
    ) {
        let merged = merged_rate(mine, Shares(shares), other, Shares(more))?;
        prop_assert!(merged <= mine && merged >= mine.min(other));
        // All that both owe together is never less than what they owed apart.
        let weigh = |rate: Bps, of: u64| BigUint::from(rate.get()) * of;
        let apart = weigh(mine, shares) + weigh(other.min(mine), more);
        let all = BigUint::from(shares) + more;
        prop_assert!(BigUint::from(merged.get()) * all >= apart);
    }

    /// The history of any rates, each moment of which held until the next.
    #[test]
    fn the_lowest_since_a_moment_is_known(rates in prop::collection::vec(rate(), 1..24)) {
        let mut history = RateHistory::new(rates[0]);
        let mut epochs = vec![0];
        for pair in rates.windows(2) {
            history.note(pair[0], pair[1])?;
            epochs.push(history.epoch);
        }
        for (place, epoch) in epochs.iter().enumerate() {
            let lowest = rates[place..].iter().min().copied().unwrap();
            let since = history.since(*epoch)?;
            prop_assert!(since <= lowest);
            if history.epoch - epoch < 3 {
                prop_assert_eq!(since, lowest);
            }
        }
    }
}

#[test]
fn cases_by_hand() {
    let half = Bps::new(5_000).unwrap();
    let all = Bps::ONE;
    // The specification's own: 100 paid for 100 shares; 50 sold for 150, then 40 for 40.
    let mut it = Trader {
        unrecovered: 100,
        ahead: 0,
    };
    assert_eq!((it.sells(150, all), it.sells(40, all)), (50, 40));
    // Sold for 60, then for 60.
    let mut it = Trader {
        unrecovered: 100,
        ahead: 0,
    };
    assert_eq!((it.sells(60, all), it.sells(60, all)), (0, 20));
    // Bought again after a profit: only what goes beyond the first profit owes more.
    let mut it = Trader::default();
    it.buys(100);
    assert_eq!(it.sells(150, all), 50);
    it.buys(60);
    assert_eq!((it.sells(55, all), it.sells(10, all)), (0, 5));
    // An atom is rounded up once, not each time.
    let mut it = Trader::default();
    assert_eq!([1, 1, 1, 1].map(|atom| it.sells(atom, half)), [1, 0, 1, 0]);
    let wrong = royalty(Atoms(1), Atoms(0), half, 10_000);
    assert_eq!(wrong, Err(MathError::OutOfRange));
    let to_come = RateHistory::new(half).since(1);
    assert_eq!(to_come, Err(MathError::OutOfRange));
}
