//! Standing orders: what a holder who does nothing has ordered all the same.

use {
    super::{Facts, Findings, Rule},
    upside_sdk::Pubkey,
};

/// Quote atoms of dividends that a wallet's order lets go between two moments: what it had
/// earned, if the order names the owner, or a round under the terms and the supply of now.
pub(super) fn most(before: &Facts, after: &Facts, wallet: &Pubkey, earned: u64) -> u64 {
    let Some(order) = before.orders.get(wallet) else {
        return 0;
    };
    if after.now > order.ends_at || before.token.wound_up_at != 0 {
        return 0;
    }
    let holds = if order.buys == 0 {
        order.to == before.token.owner || order.to == after.token.owner
    } else {
        let versions = before.token.terms_version..=after.token.terms_version;
        versions.contains(&order.terms_version)
            && before.supply().min(after.supply()) <= order.max_supply
            && [before, after]
                .iter()
                .any(|it| it.rounds.contains_key(&order.to))
    };
    if holds { earned } else { 0 }
}

/// What an order spent on shares bought them at its price at most.
pub(super) fn check(
    before: &Facts,
    wallet: &Pubkey,
    spent: u64,
    bought: u64,
    found: &mut Findings,
) {
    let Some(order) = before.orders.get(wallet) else {
        return;
    };
    if order.buys == 0 || spent == 0 {
        return;
    }
    let most = u128::from(bought) * u128::from(order.max_price);
    let holds = u128::from(spent) * 1_000_000 <= most + u128::from(order.max_price);
    found.require(holds, Rule::Property, Some(*wallet), || {
        format!(
            "an order at {} spent {spent} on {bought} shares",
            order.max_price
        )
    });
}
