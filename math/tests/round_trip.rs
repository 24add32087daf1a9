//! Rounds and redemptions together: nobody makes money by going in and out.

mod common;

use common::{bps, config, number, positive};
use proptest::prelude::*;
use upside_math::{
    Atoms, MAX_STAGES, Rounding, Shares, Stage, WHOLE_SHARE, buy, cash_out, mul_div, split,
};

/// Stages of rising prices whose shares leave room for the supply before them.
fn stages() -> impl Strategy<Value = Vec<Stage>> {
    prop::collection::vec((positive(), positive()), 1..=MAX_STAGES).prop_map(|terms| {
        let mut prices: Vec<_> = terms.iter().map(|(_, price)| *price).collect();
        prices.sort_unstable();
        let stages = terms.iter().zip(prices);
        stages
            .map(|((shares, _), price)| Stage {
                shares: (shares >> 3).max(1),
                price,
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(config!("round_trip"))]

    /// All proceeds go to a reserve that was worth at most the price per share before.
    #[test]
    fn buying_and_cashing_out_never_profits(
        stages in stages(), supply in number(), held in number(), payment in number(),
        tax in bps(), to_reserve in bps(),
    ) {
        let supply = supply >> 1;
        let most = mul_div(supply, stages[0].price, WHOLE_SHARE, Rounding::Down);
        let reserve = held.min(most.unwrap_or(u64::MAX));
        let purchase = buy(&stages, &[0; MAX_STAGES], Atoms(payment.min(u64::MAX - reserve)))?;
        let shares = purchase.shares;
        if shares.is_zero() {
            return Ok(());
        }
        let kept = split(purchase.charge, to_reserve)?.reserve;
        let reserve = Atoms(reserve).checked_add(kept)?;
        let supply = Shares(supply).checked_add(shares)?;
        prop_assert!(cash_out(reserve, shares, supply, tax)? <= purchase.charge);
        // Nor in two parts, nor with a part of the shares.
        let half = Shares(shares.0 / 2);
        let first = cash_out(reserve, half, supply, tax)?;
        let rest = shares.checked_sub(half)?;
        let (reserve, supply) = (reserve.checked_sub(first)?, supply.checked_sub(half)?);
        let second = cash_out(reserve, rest, supply, tax)?;
        prop_assert!(first.checked_add(second)? <= purchase.charge);
    }

    /// From nothing, all that ever leaves the reserve was paid in; and of the purchase
    /// made last, rounding of earlier ones returns at most an atom each.
    #[test]
    fn purchases_and_exits_in_any_order_never_return_more_than_was_paid(
        stages in stages(), tax in bps(),
        steps in prop::collection::vec((any::<bool>(), number()), 1..24),
    ) {
        let (mut sold, mut reserve, mut supply) = ([0; MAX_STAGES], Atoms::ZERO, Shares::ZERO);
        let (mut paid, mut returned, mut purchases, mut exits) = (0u128, 0u128, 0u128, 0);
        for (buys, size) in steps {
            if buys {
                let payment = Atoms(size.min(u64::MAX - reserve.0));
                let purchase = buy(&stages, &sold, payment)?;
                for (sold, bought) in sold.iter_mut().zip(purchase.by_stage) {
                    *sold += bought;
                }
                reserve = reserve.checked_add(purchase.charge)?;
                supply = supply.checked_add(purchase.shares)?;
                paid += u128::from(purchase.charge.0);
                if exits == 0 && !supply.is_zero() {
                    let back = cash_out(reserve, purchase.shares, supply, tax)?;
                    let most = u128::from(purchase.charge.0) + purchases;
                    prop_assert!(u128::from(back.0) <= most);
                }
                purchases += 1;
            } else if !supply.is_zero() {
                let burned = Shares(size % supply.0 + 1);
                let out = cash_out(reserve, burned, supply, tax)?;
                reserve = reserve.checked_sub(out)?;
                supply = supply.checked_sub(burned)?;
                returned += u128::from(out.0);
                exits += 1;
            }
            prop_assert_eq!(paid, returned + u128::from(reserve.0));
            // Who burns all takes all.
            prop_assert!(!supply.is_zero() || reserve.is_zero());
        }
    }
}
