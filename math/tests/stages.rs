mod common;
#[path = "common/rounds.rs"]
mod rounds;

use common::{config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use rounds::{Sold, exact_cost, reference, rest, round, with_payment};
use upside_math::{
    Atoms, MAX_STAGES, MathError, Purchase, Shares, Stage, WHOLE_SHARE, buy, full_proceeds,
    last_price, marginal_price, room,
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
        // The most of the first stage with room, and nothing beyond it.
        let left = BigUint::from(payment) * WHOLE_SHARE - cost;
        let mut after = sold;
        book(&mut after, &purchase);
        let mut stages = stages.iter().zip(after).zip(purchase.by_stage);
        if let Some(((stage, _), _)) = stages.find(|((stage, sold), _)| *sold < stage.shares) {
            prop_assert!(left < BigUint::from(stage.price));
        }
        prop_assert!(stages.all(|(_, bought)| bought == 0));
    }

    #[test]
    fn the_charge_buys_the_same_again((stages, sold, payment) in with_payment(round())) {
        let purchase = buy(&stages, &sold, Atoms(payment))?;
        prop_assert_eq!(buy(&stages, &sold, purchase.charge)?, purchase);
    }

    #[test]
    fn more_money_buys_no_less_and_costs_no_less(
        (stages, sold, payment) in with_payment(round()), more in number(),
    ) {
        let here = buy(&stages, &sold, Atoms(payment))?;
        let there = buy(&stages, &sold, Atoms(payment.saturating_add(more)))?;
        prop_assert!(there.shares >= here.shares && there.charge >= here.charge);
        for (here, there) in here.by_stage.iter().zip(there.by_stage) {
            prop_assert!(there >= *here);
        }
    }

    #[test]
    fn parts_never_buy_more_than_one_payment(
        (stages, sold, first) in with_payment(round()),
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

    /// Where a dear stage comes before a cheap one, too: a payment around what sells
    /// the dear one out, and the next ones above it.
    #[test]
    fn falling_prices_are_monotone_around_the_end_of_a_stage(
        shares in 1u64..=1_000, dear in positive(), part in number(), off in -3i64..=3,
    ) {
        let cheap = part % dear + 1;
        let stages = [stage(shares, dear), stage(u64::MAX >> 1, cheap)];
        let end = u64::try_from(u128::from(dear) * u128::from(shares) / u128::from(WHOLE_SHARE));
        let first = end.unwrap_or(u64::MAX).saturating_add_signed(off);
        let mut before = buy(&stages, &[0; 4], Atoms(first))?;
        for payment in (1..=6).map(|more| first.saturating_add(more)) {
            let purchase = buy(&stages, &[0; 4], Atoms(payment))?;
            prop_assert!(purchase.shares >= before.shares && purchase.charge >= before.charge);
            prop_assert!(purchase.charge.0 <= payment);
            prop_assert!(purchase.by_stage[1] == 0 || purchase.by_stage[0] == shares);
            before = purchase;
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

/// It once went on to the cheaper stage, and an atom more then bought 98 shares less.
#[test]
fn a_payment_too_small_for_a_stage_buys_nothing_beyond_it() {
    let stages = [stage(10, 100 * WHOLE_SHARE), stage(1_000, WHOLE_SHARE)];
    let bought = |sold, payment| {
        let purchase = buy(&stages, &[sold, 0, 0, 0], Atoms(payment)).unwrap();
        (purchase.by_stage, purchase.charge)
    };
    assert_eq!(bought(0, 99), ([0, 0, 0, 0], Atoms(0)));
    assert_eq!(bought(0, 100), ([1, 0, 0, 0], Atoms(100)));
    assert_eq!(bought(0, 999), ([9, 0, 0, 0], Atoms(900)));
    assert_eq!(bought(0, 1_001), ([10, 1, 0, 0], Atoms(1_001)));
    assert_eq!(bought(10, 99), ([0, 99, 0, 0], Atoms(99)));
}

#[test]
fn a_bad_stage_beyond_the_purchase_is_refused() {
    let stages = [stage(10, WHOLE_SHARE), stage(1, 0)];
    let bought = buy(&stages, &[0; 4], Atoms(1));
    assert_eq!(bought, Err(MathError::DivisionByZero));
    let stages = [stage(10, WHOLE_SHARE), stage(1, 1)];
    let bought = buy(&stages, &[0, 2, 0, 0], Atoms(1));
    assert_eq!(bought, Err(MathError::OutOfRange));
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

#[test]
fn a_last_price_needs_a_round_that_says_something() {
    let price = |raised, sold, supply| last_price(Atoms(raised), Shares(sold), Shares(supply));
    assert_eq!(price(1_000, WHOLE_SHARE, 100 * WHOLE_SHARE), Some(1_000));
    assert_eq!(price(1_000, WHOLE_SHARE, 100 * WHOLE_SHARE + 1), None);
    assert_eq!(price(10, 3 * WHOLE_SHARE, 3 * WHOLE_SHARE), Some(3));
    assert_eq!(price(1, 0, 0), None, "nothing was sold");
    assert_eq!(
        price(u64::MAX, WHOLE_SHARE - 1, WHOLE_SHARE),
        None,
        "above u64"
    );
    assert_eq!(price(u64::MAX, WHOLE_SHARE, u64::MAX), None);
}

proptest! {
    #![proptest_config(config!("stages"))]

    #[test]
    fn a_last_price_lies_between_the_prices_paid(
        prices in prop::array::uniform2(1..=u64::from(u32::MAX)), sold in 1..=u64::from(u32::MAX),
    ) {
        let stages = [stage(sold, prices[0]), stage(sold, prices[1])];
        let all = buy(&stages, &[0; 4], Atoms(u64::MAX)).unwrap();
        let price = last_price(all.charge, all.shares, all.shares).unwrap();
        let (low, high) = (prices[0].min(prices[1]), prices[0].max(prices[1]));
        // The charge is rounded up by less than an atom.
        let rounding = WHOLE_SHARE / (2 * sold) + 1;
        prop_assert!(low <= price && price <= high + rounding);
    }
}
