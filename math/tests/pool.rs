mod common;

use common::{config, number, part_of_whole, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    MathError, Rounding, WHOLE_INDEX_SHARE, mul_div, share_in, share_out, target_atoms,
};

fn down(a: u64, b: u64, divisor: u64) -> Result<u64, MathError> {
    u64::try_from(BigUint::from(a) * b / divisor).map_err(|_| MathError::Overflow)
}

fn up(a: u64, b: u64, divisor: u64) -> Result<u64, MathError> {
    let quotient = (BigUint::from(a) * b + (divisor - 1)) / divisor;
    u64::try_from(quotient).map_err(|_| MathError::Overflow)
}

/// What an index counts of one constituent, and its supply.
#[derive(Clone, Copy)]
struct Pool {
    counter: u64,
    supply: u64,
}

impl Pool {
    fn contribute(&mut self, shares: u64) -> Option<u64> {
        let supply = self.supply.checked_add(shares)?;
        let given = share_in(self.counter, shares, self.supply).ok()?;
        self.counter = self.counter.checked_add(given)?;
        self.supply = supply;
        Some(given)
    }

    fn redeem(&mut self, shares: u64) -> u64 {
        let returned = share_out(self.counter, shares, self.supply).unwrap();
        self.counter -= returned;
        self.supply -= shares;
        returned
    }

    /// Whether a share is worth no less than in `before`.
    fn is_worth_no_less_than(&self, before: &Pool) -> bool {
        u128::from(self.counter) * u128::from(before.supply)
            >= u128::from(before.counter) * u128::from(self.supply)
    }
}

proptest! {
    #![proptest_config(config!("pool"))]

    #[test]
    fn equals_big_integers(counter in number(), shares in number(), supply in number()) {
        if supply == 0 {
            prop_assert_eq!(share_in(counter, shares, 0), Err(MathError::DivisionByZero));
            prop_assert_eq!(share_out(counter, shares, 0), Err(MathError::DivisionByZero));
            return Ok(());
        }
        prop_assert_eq!(share_in(counter, shares, supply), up(counter, shares, supply));
        let out = if shares > supply {
            Err(MathError::OutOfRange)
        } else {
            down(counter, shares, supply)
        };
        prop_assert_eq!(share_out(counter, shares, supply), out);
    }

    #[test]
    fn a_part_goes_in_for_at_most_an_atom_more_than_comes_out(
        counter in number(), (shares, supply) in part_of_whole(),
    ) {
        let given = share_in(counter, shares, supply)?;
        let returned = share_out(counter, shares, supply)?;
        prop_assert!(returned <= given && given <= counter);
        let exact = u128::from(counter) * u128::from(shares) % u128::from(supply) == 0;
        prop_assert_eq!(given - returned, u64::from(!exact));
    }

    #[test]
    fn grows_with_the_counter_and_the_shares_and_shrinks_with_the_supply(
        counter in number(), (shares, supply) in part_of_whole(), more in number(),
    ) {
        let (given, returned) =
            (share_in(counter, shares, supply)?, share_out(counter, shares, supply)?);
        let richer = counter.saturating_add(more);
        prop_assert!(share_in(richer, shares, supply)? >= given);
        prop_assert!(share_out(richer, shares, supply)? >= returned);
        let larger = shares.saturating_add(more).min(supply);
        prop_assert!(share_in(counter, larger, supply)? >= given);
        prop_assert!(share_out(counter, larger, supply)? >= returned);
        let wider = supply.saturating_add(more);
        prop_assert!(share_in(counter, shares, wider)? <= given);
        prop_assert!(share_out(counter, shares, wider)? <= returned);
    }

    #[test]
    fn contributing_in_parts_never_costs_less(
        counter in number(), supply in positive(), parts in prop::collection::vec(number(), 1..12),
    ) {
        let before = Pool { counter, supply };
        let (mut pool, mut given, mut shares) = (before, 0u64, 0u64);
        for part in parts {
            let mut after = pool;
            let Some(part_given) = after.contribute(part) else { continue };
            (pool, given, shares) = (after, given + part_given, shares + part);
        }
        prop_assert!(share_in(counter, shares, supply)? <= given);
        prop_assert!(pool.is_worth_no_less_than(&before));
    }

    #[test]
    fn redeeming_in_parts_never_returns_more(
        counter in number(), supply in positive(), parts in prop::collection::vec(number(), 1..12),
    ) {
        let mut pool = Pool { counter, supply };
        let (mut returned, mut shares) = (0, 0);
        for part in parts {
            if pool.supply == 0 {
                break;
            }
            let part = part % pool.supply + 1;
            returned += pool.redeem(part);
            shares += part;
        }
        prop_assert!(returned <= share_out(counter, shares, supply)?);
        // Who redeems all takes all.
        prop_assert!(pool.supply > 0 || (pool.counter == 0 && returned == counter));
    }

    /// In and out again, at once or in parts, and with what was in the index before.
    #[test]
    fn a_round_trip_never_profits(
        counter in number(), supply in positive(), shares in number(), cut in number(),
    ) {
        let mut pool = Pool { counter, supply };
        let Some(given) = pool.contribute(shares) else { return Ok(()) };
        let mut at_once = pool;
        prop_assert!(at_once.redeem(shares) <= given);
        let first = cut % (u128::from(shares) + 1) as u64;
        let returned = pool.redeem(first) + pool.redeem(shares - first);
        prop_assert!(returned <= given);
        // What stays is at least what was there.
        prop_assert!(pool.counter >= counter && pool.supply == supply);
    }

    #[test]
    fn out_and_in_again_never_profits(
        counter in number(), supply in positive(), shares in number(),
    ) {
        let mut pool = Pool { counter, supply };
        let shares = shares % supply;
        let returned = pool.redeem(shares);
        let given = pool.contribute(shares).unwrap_or(u64::MAX);
        prop_assert!(given >= returned);
    }

    /// Whoever contributes and redeems in between: a share is never worth less.
    #[test]
    fn a_share_never_loses_atoms(
        counter in number(), supply in positive(),
        steps in prop::collection::vec((any::<bool>(), number()), 1..24),
    ) {
        let mut pool = Pool { counter, supply };
        let (mut given, mut returned) = (u128::from(counter), 0u128);
        for (contributes, size) in steps {
            let mut after = pool;
            if contributes {
                let Some(atoms) = after.contribute(size) else { continue };
                given += u128::from(atoms);
            } else if pool.supply > 1 {
                returned += u128::from(after.redeem(size % pool.supply));
            }
            prop_assert!(after.is_worth_no_less_than(&pool));
            pool = after;
            prop_assert_eq!(given, returned + u128::from(pool.counter));
        }
    }

    #[test]
    fn a_target_is_the_weight_by_whole_shares(
        weight in number(), supply in number(), more in number(),
    ) {
        let (lower, upper) = (
            target_atoms(weight, supply, Rounding::Down),
            target_atoms(weight, supply, Rounding::Up),
        );
        prop_assert_eq!(lower, down(weight, supply, WHOLE_INDEX_SHARE));
        prop_assert_eq!(upper, up(weight, supply, WHOLE_INDEX_SHARE));
        if let (Ok(lower), Ok(upper)) = (lower, upper) {
            prop_assert!(upper - lower <= 1);
            for rounding in [Rounding::Down, Rounding::Up] {
                let here = target_atoms(weight, supply, rounding)?;
                let heavier = target_atoms(weight.saturating_add(more), supply, rounding);
                let wider = target_atoms(weight, supply.saturating_add(more), rounding);
                prop_assert!(heavier.unwrap_or(u64::MAX) >= here);
                prop_assert!(wider.unwrap_or(u64::MAX) >= here);
            }
        }
    }

    /// An index that holds its targets, rounded up, can give each share its weight.
    #[test]
    fn a_target_backs_what_shares_of_it_return(
        weight in number(), (shares, supply) in part_of_whole(),
    ) {
        let Ok(counter) = target_atoms(weight, supply, Rounding::Up) else { return Ok(()) };
        let promised = target_atoms(weight, shares, Rounding::Down)?;
        prop_assert!(share_out(counter, shares, supply)? >= promised);
        let least = mul_div(weight, supply, WHOLE_INDEX_SHARE, Rounding::Down)?;
        prop_assert!(counter - least <= 1);
    }
}

#[test]
fn every_small_case() {
    for counter in 0..=32u64 {
        for supply in 1..=32u64 {
            for shares in 0..=40u64 {
                let given = (counter * shares).div_ceil(supply);
                assert_eq!(share_in(counter, shares, supply), Ok(given));
                let returned = if shares > supply {
                    Err(MathError::OutOfRange)
                } else {
                    Ok(counter * shares / supply)
                };
                assert_eq!(share_out(counter, shares, supply), returned);
            }
        }
    }
}

#[test]
fn the_ends_of_u64() {
    const MAX: u64 = u64::MAX;
    assert_eq!(share_in(MAX, MAX, MAX), Ok(MAX));
    assert_eq!(share_in(MAX, MAX, MAX - 1), Err(MathError::Overflow));
    assert_eq!(share_in(1, 1, MAX), Ok(1));
    assert_eq!(share_in(0, MAX, 1), Ok(0));
    assert_eq!(share_out(MAX, MAX, MAX), Ok(MAX));
    assert_eq!(share_out(MAX, 1, MAX), Ok(1));
    assert_eq!(share_out(MAX - 1, 1, MAX), Ok(0));
    assert_eq!(share_out(MAX, MAX, MAX - 1), Err(MathError::OutOfRange));
    assert_eq!(share_out(0, 0, 0), Err(MathError::DivisionByZero));
    assert_eq!(share_out(1, 1, 0), Err(MathError::DivisionByZero));
    assert_eq!(share_in(1, 1, 0), Err(MathError::DivisionByZero));
    let whole = WHOLE_INDEX_SHARE;
    assert_eq!(target_atoms(MAX, whole, Rounding::Up), Ok(MAX));
    let over = target_atoms(MAX, whole + 1, Rounding::Down);
    assert_eq!(over, Err(MathError::Overflow));
    assert_eq!(target_atoms(1, 1, Rounding::Down), Ok(0));
    assert_eq!(target_atoms(1, 1, Rounding::Up), Ok(1));
}
