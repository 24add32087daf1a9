//! What wallets have stays theirs without their signature, or is paid for.

use {
    super::PoolFacts,
    crate::invariant::{Findings, Rule},
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey,
        index::{BasketKind, Membership},
    },
};

pub(super) fn check(
    before: &PoolFacts,
    after: &PoolFacts,
    signed: &BTreeSet<Pubkey>,
    found: &mut Findings,
) {
    for wallet in before.wallets() {
        if !signed.contains(&wallet) {
            holder(before, after, &wallet, found);
        }
    }
}

/// What contributions of a wallet that were finished took of a slot, at most; and how many
/// shares they must have brought.
fn finished(before: &PoolFacts, after: &PoolFacts, wallet: &Pubkey, slot: u8) -> u64 {
    let was = before.baskets.iter();
    let was = was.filter(|(_, it)| it.wallet == *wallet);
    let was = was.filter(|(_, it)| it.kind == BasketKind::Contribution);
    let ended = was.filter(|(key, _)| {
        let is = after.baskets.get(key);
        is.is_none_or(|it| it.kind != BasketKind::Contribution)
    });
    ended.map(|(_, it)| it.amounts[usize::from(slot)]).sum()
}

fn owed(facts: &PoolFacts, membership: &Membership, place: u8) -> u64 {
    let mut settled = *membership;
    let settles = settled.settle(&facts.index);
    settles.map_or(0, |()| settled.owed(place).unwrap_or(0))
}

fn holder(before: &PoolFacts, after: &PoolFacts, wallet: &Pubkey, found: &mut Findings) {
    let who = Some(*wallet);
    let (mut had, has) = (before.all_shares(wallet), after.all_shares(wallet));
    // With a person's token goes its membership, a notice after the new owner asked for it.
    for (key, was) in before
        .memberships
        .iter()
        .filter(|(_, it)| it.member == *wallet)
    {
        let taken = after.memberships.get(key).is_some_and(|is| {
            let owner = after
                .tokens
                .get(&is.token)
                .is_some_and(|it| it.owner == is.member);
            is.member == was.successor && was.successor_at <= after.now && owner
        });
        if taken {
            had = had.saturating_sub(was.locked);
        }
    }
    found.require(has >= had, Rule::Property, who, || {
        format!("index shares {had} to {has}")
    });
    let mut gave = false;
    for (slot, it) in before.slots() {
        let had = before.owned(it, wallet) + before.waiting(slot, wallet);
        let now = &after.index.constituents[usize::from(slot)];
        let has = if now.key == it.key {
            after.owned(it, wallet) + after.waiting(slot, wallet)
        } else {
            after.owned(it, wallet) + after.owned(now, wallet) + after.waiting(slot, wallet)
        };
        let spent = had.saturating_sub(has);
        gave |= spent > 0;
        let most = finished(before, after, wallet, slot);
        found.require(spent <= most, Rule::Property, who, || {
            format!("slot {slot}: {had} to {has}, {most} in baskets that were finished")
        });
    }
    // What a basket gave it gave for shares.
    found.require(!gave || has > had, Rule::Property, who, || {
        format!(
            "a basket was finished for {} shares",
            has.saturating_sub(had)
        )
    });
    for (key, was) in &before.memberships {
        if was.member != *wallet {
            continue;
        }
        for (place, coin) in (0u8..).zip(&before.index.coins) {
            let Some(constituent) = before.index.constituents.get(usize::from(coin.slot)) else {
                continue;
            };
            let had = owed(before, was, place);
            let is = after.memberships.get(key);
            let has = is.map_or(0, |it| owed(after, it, place));
            let paid = after
                .owned(constituent, wallet)
                .saturating_sub(before.owned(constituent, wallet));
            found.require(has + paid >= had, Rule::Earned, who, || {
                format!("coin {place}: owed {had}, then {has}, paid {paid}")
            });
        }
    }
}
