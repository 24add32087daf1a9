//! Books agree to the atom.

use {
    super::PoolFacts,
    crate::invariant::{Findings, Rule},
    upside_sdk::index::LOCKED_SHARES,
};

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, found: &mut Findings) {
    let mut require = |holds: bool, what: &dyn Fn() -> String| {
        found.require(holds, Rule::Books, None, what);
    };
    let index = &after.index;
    for (slot, it) in after.slots() {
        // Only an issuer can take something: what is missing was before.
        let (was, is) = (before.missing(slot), after.missing(slot));
        require(is <= was, &|| {
            format!("slot {slot}: custody lacks {is} atoms, {was} before")
        });
        let baskets = after.baskets.values();
        let pending: u64 = baskets
            .map(|basket| basket.amounts[usize::from(slot)])
            .sum();
        require(pending == it.pending, &|| {
            format!(
                "slot {slot}: baskets hold {pending}, pending {}",
                it.pending
            )
        });
    }
    for (place, coin) in (0u8..).zip(&index.coins) {
        let owed = after.memberships.values().map(|membership| {
            let mut settled = *membership;
            settled
                .settle(index)
                .map_or(0, |()| settled.owed(place).unwrap_or(0))
        });
        let owed: u64 = owed.sum();
        require(owed <= coin.owed, &|| {
            format!(
                "coin {place}: members are owed {owed}, the book has {}",
                coin.owed
            )
        });
    }
    require(after.minted <= index.supply, &|| {
        format!("minted {}, supply {}", after.minted, index.supply)
    });
    if index.supply == 0 {
        return;
    }
    let vault = after.balance(&after.key, &index.mint);
    let kept = after.kept_shares();
    require(vault >= kept, &|| {
        format!("index shares that are kept for others {kept}, the vault holds {vault}")
    });
    require(after.minted >= LOCKED_SHARES, &|| {
        format!("{} shares are left", after.minted)
    });
}
