mod common;
#[path = "common/rounds.rs"]
mod rounds;

use common::{config, number};
use num_bigint::BigUint;
use proptest::prelude::*;
use rounds::{Sold, exact_cost, reference, rest, rising_round, round, with_payment};
use upside_math::{
    Atoms, MAX_STAGES, MathError, Purchase, Shares, Stage, WHOLE_SHARE, buy, full_proceeds,
    marginal_price, room,
};

fn book(sold: &mut Sold, purchase: &Purchase) {
    for (sold, bought) in sold.iter_mut().zip(purchase.by_stage) {
        *sold += bought;
    }
}

proptest! {
    #![proptest_config(config!("stages"))]

    #[test]
    fn equals_big_integers((stages, sold, payment) in with_payment(round())) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        prop_assert_eq!(purchase, reference(&stages, &sold, payment));
    }

    #[test]
    fn a_purchase_adds_up_and_never_costs_more_than_the_payment(
        (stages, sold, payment) in with_payment(round()),
    ) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        prop_assert_eq!(purchase.shares.0, purchase.by_stage.iter().sum::<u64>());
        prop_assert!(purchase.charge.0 <= payment);
        let cost = exact_cost(&stages, &purchase.by_stage);
        let charge = BigUint::from(purchase.charge.0) * WHOLE_SHARE;
        prop_assert!(charge >= cost && charge - &cost < BigUint::from(WHOLE_SHARE));
        // The most: what is left buys no further atom of any stage with room.
        let left = BigUint::from(payment) * WHOLE_SHARE - cost;
        let mut after = sold;
        book(&mut after, &purchase);
        for (stage, sold) in stages.iter().zip(after) {
            prop_assert!(sold == stage.shares || left < BigUint::from(stage.price));
        }
    }

    #[test]
    fn the_charge_buys_the_same_again((stages, sold, payment) in with_payment(round())) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        prop_assert_eq!(buy(&stages, &sold, purchase.charge)?, purchase);
    }

    #[test]
    fn with_rising_prices_more_money_buys_no_less(
        (stages, sold, payment) in with_payment(rising_round()), more in number(),
    ) {
        let here = buy(&stages, &sold, Atoms(payment))?;
        let there = buy(&stages, &sold, Atoms(payment.saturating_add(more)))?;
        prop_assert!(there.shares >= here.shares && there.charge >= here.charge);
        for (here, there) in here.by_stage.iter().zip(there.by_stage) {
            prop_assert!(there >= *here);
        }
    }

    #[test]
    fn with_rising_prices_parts_never_buy_more_than_one_payment(
        (stages, sold, first) in with_payment(rising_round()),
        more in prop::collection::vec(number(), 0..6),
    ) {
        let (mut after, mut shares, mut charges) = (sold, 0, 0u64);
        for payment in std::iter::once(first).chain(more) {
            // All charges together stay a payment that one could make.
            let payment = payment.min(u64::MAX - charges);
            let part = buy(&stages, &after, Atoms(payment))?;
            book(&mut after, &part);
            shares += part.shares.0;
            charges += part.charge.0;
        }
        prop_assert!(buy(&stages, &sold, Atoms(charges))?.shares.0 >= shares);
    }

    /// Whatever the prices: what a payment spends beyond a stage that it does not sell
    /// out is less than one share atom of that stage.
    #[test]
    fn with_any_prices_less_than_one_atom_is_skipped(
        (stages, sold, payment) in with_payment(round()),
    ) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        let mut beyond = exact_cost(&stages, &purchase.by_stage);
        for ((stage, sold), bought) in stages.iter().zip(sold).zip(purchase.by_stage) {
            beyond -= BigUint::from(stage.price) * bought;
            let sold_out = sold + bought == stage.shares;
            prop_assert!(sold_out || beyond < BigUint::from(stage.price));
        }
    }

    #[test]
    fn the_full_proceeds_are_what_selling_all_brings_at_least(
        (stages, _) in round(), payments in prop::collection::vec(number(), 0..4),
    ) {
        let all = rest(&stages, &[0; MAX_STAGES], MAX_STAGES);
        let exact = exact_cost(&stages, &all);
        let bound = u64::try_from(&exact / WHOLE_SHARE).map_err(|_| MathError::Overflow);
        prop_assert_eq!(full_proceeds(&stages), bound.map(Atoms));
        let Ok(enough) = u64::try_from((exact + (WHOLE_SHARE - 1)) / WHOLE_SHARE) else {
            return Ok(());
        };
        let (mut sold, mut raised) = ([0; MAX_STAGES], 0u128);
        for payment in payments.into_iter().chain([enough]) {
            let part = buy(&stages, &sold, Atoms(payment))?;
            book(&mut sold, &part);
            raised += u128::from(part.charge.0);
        }
        prop_assert!(sold == all && raised >= u128::from(full_proceeds(&stages)?.0));
        prop_assert_eq!(room(&stages, &sold)?, Shares::ZERO);
        prop_assert_eq!(marginal_price(&stages, &sold), None);
    }

    #[test]
    fn room_shrinks_by_what_is_bought((stages, sold, payment) in with_payment(round())) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        let before = room(&stages, &sold)?;
        prop_assert_eq!(before.0, rest(&stages, &sold, MAX_STAGES).iter().sum::<u64>());
        let mut after = sold;
        book(&mut after, &purchase);
        prop_assert_eq!(room(&stages, &after)?, before.checked_sub(purchase.shares)?);
        // What is bought first comes from the stage of the marginal price.
        let first = stages.iter().zip(sold).find(|(stage, sold)| stage.shares > *sold);
        prop_assert_eq!(marginal_price(&stages, &sold), first.map(|(stage, _)| stage.price));
    }
}

fn stage(shares: u64, price: u64) -> Stage {
    Stage { shares, price }
}

#[test]
fn every_small_case() {
    // Prices in millions: one payment atom is one unit of them.
    for (p, q) in [(1, 1), (1, 3), (3, 1), (2, 3), (3, 2)] {
        let stages = [stage(3, p * WHOLE_SHARE), stage(4, q * WHOLE_SHARE / 2)];
        for first in 0..=3 {
            for second in 0..=4 {
                for payment in 0..=24 {
                    let sold = [first, second, 0, 0];
                    let bought = buy(&stages, &sold, Atoms(payment));
                    assert_eq!(bought, Ok(reference(&stages, &sold, payment)));
                }
            }
        }
    }
}

/// The rule as it stands: what cannot buy an atom of a dearer stage goes on to a
/// cheaper one, though the dearer is not sold out. Whoever opens a round with falling
/// prices must ask for payments that buy in the dearest stage.
#[test]
fn a_payment_too_small_for_a_stage_goes_on_to_a_cheaper_one() {
    let stages = [stage(10, 100 * WHOLE_SHARE), stage(1_000, WHOLE_SHARE)];
    let small = buy(&stages, &[0; 4], Atoms(99)).unwrap();
    assert_eq!((small.by_stage, small.charge), ([0, 99, 0, 0], Atoms(99)));
    let large = buy(&stages, &[0; 4], Atoms(100)).unwrap();
    assert_eq!((large.by_stage, large.charge), ([1, 0, 0, 0], Atoms(100)));
}

#[test]
fn the_charge_rounds_up_once_over_all_stages() {
    // Three share atoms at 0.4 and one at 0.5 quote atoms: 1.7, so 2.
    let stages = [stage(3, 400_000), stage(1, 500_000)];
    let purchase = buy(&stages, &[0; 4], Atoms(5)).unwrap();
    assert_eq!((purchase.shares, purchase.charge), (Shares(4), Atoms(2)));
    assert_eq!(full_proceeds(&stages), Ok(Atoms(1)));
}

#[test]
fn bad_stages_are_refused() {
    let five = [stage(1, 1); 5];
    assert_eq!(buy(&five, &[0; 4], Atoms(1)), Err(MathError::OutOfRange));
    assert_eq!(room(&five, &[0; 4]), Err(MathError::OutOfRange));
    assert_eq!(full_proceeds(&five), Err(MathError::OutOfRange));
    assert_eq!(full_proceeds(&[]), Err(MathError::OutOfRange));
    assert_eq!(
        full_proceeds(&[stage(1, 1), stage(0, 1)]),
        Err(MathError::OutOfRange)
    );
    assert_eq!(
        full_proceeds(&[stage(1, 1), stage(1, 0)]),
        Err(MathError::OutOfRange)
    );
    assert_eq!(
        full_proceeds(&[stage(u64::MAX, 1), stage(1, 1)]),
        Err(MathError::Overflow)
    );
    assert_eq!(
        full_proceeds(&[stage(u64::MAX, u64::MAX)]),
        Err(MathError::Overflow)
    );
    assert_eq!(
        buy(&[stage(1, 0)], &[0; 4], Atoms(1)),
        Err(MathError::DivisionByZero)
    );
    assert_eq!(
        buy(&[stage(1, 1)], &[2, 0, 0, 0], Atoms(1)),
        Err(MathError::OutOfRange)
    );
    assert_eq!(
        room(&[stage(1, 1)], &[2, 0, 0, 0]),
        Err(MathError::OutOfRange)
    );
    let two = [stage(u64::MAX, 1), stage(u64::MAX, 1)];
    assert_eq!(room(&two, &[0; 4]), Err(MathError::Overflow));
    assert_eq!(
        buy(&two, &[0; 4], Atoms(u64::MAX)),
        Err(MathError::Overflow)
    );
}

#[test]
fn the_ends_of_u64() {
    let dear = [stage(u64::MAX, u64::MAX)];
    let purchase = buy(&dear, &[0; 4], Atoms(u64::MAX)).unwrap();
    assert_eq!(
        (purchase.shares, purchase.charge),
        (Shares(WHOLE_SHARE), Atoms(u64::MAX))
    );
    let cheap = [stage(u64::MAX, 1)];
    let purchase = buy(&cheap, &[0; 4], Atoms(u64::MAX)).unwrap();
    let charge = Atoms(u64::MAX.div_ceil(WHOLE_SHARE));
    assert_eq!(
        (purchase.shares, purchase.charge),
        (Shares(u64::MAX), charge)
    );
    assert_eq!(
        full_proceeds(&[stage(WHOLE_SHARE, u64::MAX)]),
        Ok(Atoms(u64::MAX))
    );
    assert_eq!(full_proceeds(&[stage(1, 1)]), Ok(Atoms(0)));
    assert_eq!(marginal_price(&[], &[0; 4]), None);
    assert_eq!(buy(&[], &[0; 4], Atoms(1)), Ok(Purchase::default()));
}
