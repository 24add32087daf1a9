//! What shares are worth, slot by slot, falls for nobody who does nothing.

use {
    super::{PoolFacts, trades},
    crate::invariant::{Findings, Rule},
    upside_sdk::index::BasketKind,
};

/// Index shares that members got by a transaction.
pub(super) fn for_members(before: &PoolFacts, after: &PoolFacts) -> u128 {
    let more = after.memberships.iter().map(|(key, is)| {
        let had = before
            .memberships
            .get(key)
            .map_or(0, |was| was.index_shares);
        u128::from(is.index_shares.saturating_sub(had))
    });
    more.sum()
}

/// Atoms that members were set aside of what was harvested of a coin.
fn for_equal_shares(before: &PoolFacts, after: &PoolFacts, slot: u8, found: &mut Findings) -> u64 {
    let (was, is) = (&before.index, &after.index);
    let it = &was.constituents[usize::from(slot)];
    let Ok(place) = it.coin_place() else {
        return 0;
    };
    let place = usize::from(place);
    // What members took of it left with them.
    let mint = it.key;
    let paid = before.memberships.values().map(|it| {
        let gone = before.balance(&it.member, &mint);
        after.balance(&it.member, &mint).saturating_sub(gone)
    });
    let paid = paid.sum::<u64>().min(was.coins[place].owed);
    let aside = is.coins[place].owed.saturating_sub(was.coins[place].owed);
    let harvested = before
        .due(&mint, after.now)
        .saturating_sub(after.due(&mint, after.now));
    let most = u128::from(harvested) * u128::from(is.terms.equal_share_bps) / 10_000 + 1;
    found.require(u128::from(aside) <= most, Rule::Backing, None, || {
        format!("slot {slot}: {aside} set aside for members of {harvested} harvested ({paid} paid)")
    });
    // Set aside and paid in one transaction.
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    if harvested == 0 {
        return 0;
    }
    aside.saturating_add(paid).min(most)
}

/// Atoms due in a slot's mint that shares of baskets earned, at most, which were finished
/// now: nobody else had paid for them. What was due at their deposit they pay for.
fn earned_by_baskets(before: &PoolFacts, after: &PoolFacts, slot: u8) -> u64 {
    let mint = &before.index.constituents[usize::from(slot)].key;
    let contribution = BasketKind::Contribution;
    let finished = before.baskets.iter().filter(|(key, it)| {
        let is = after.baskets.get(key);
        it.kind == contribution && is.is_none_or(|is| is.kind != contribution)
    });
    let mut earned = 0;
    for (_, basket) in finished {
        for (person, it) in before.persons() {
            let brought = u128::from(basket.amounts[usize::from(person)]);
            let all = u128::from(before.custody(it)).max(1);
            let due = u128::from(before.due_of(&it.key, mint, after.now));
            earned += u64::try_from((due * brought).div_ceil(all)).unwrap_or(u64::MAX);
        }
    }
    earned
}

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, one: bool, found: &mut Findings) {
    let now = after.now;
    let supply = |facts: &PoolFacts| u128::from(facts.effective(now));
    let (was, is) = (supply(before), supply(after));
    // Before the launch nobody holds anything.
    if before.index.supply == 0 || is == 0 {
        return;
    }
    let members = for_members(before, after);
    let trades = trades::of(before, after);
    if let Some(trades) = &trades {
        trades::check(before, after, trades, one, found);
    }
    // How much a member's shares dilute depends on the supply just then: of several
    // instructions each is checked alone.
    if members > 0 && !one {
        return;
    }
    let (had, has) = (before.backing(now), after.backing(now));
    // Fractions of atoms of everybody's dividends.
    let rounding = before.persons().count() + 2 * before.wrappers.len();
    let rounding = rounding as u64;
    for (slot, had) in had {
        let Some((sold, bought)) = trades
            .as_ref()
            .map(|it| it.get(&slot).copied().unwrap_or_default())
        else {
            continue;
        };
        let aside = for_equal_shares(before, after, slot, found);
        let exchanged = redeemed(before, after, slot, one);
        // What an issuer took before is gone already.
        let mut must = had.saturating_sub(before.missing(slot));
        must = must.saturating_sub(aside.saturating_add(exchanged));
        if before.index.constituents[usize::from(slot)].coin != 0 {
            must = must.saturating_sub(rounding);
            must = must.saturating_sub(earned_by_baskets(before, after, slot));
            let sold = |slot: u8| {
                trades
                    .as_ref()
                    .and_then(|it| it.get(&slot))
                    .map_or(0, |it| it.0)
            };
            must = must.saturating_sub(before.left_with_tickets(slot, now, sold));
            // What nobody harvested of a coin that is unlisted now waits with the persons
            // until the coin is listed again: no slot counts it meanwhile.
            if after.index.constituents[usize::from(slot)].coin == 0 {
                let mint = before.index.constituents[usize::from(slot)].key;
                must = must.saturating_sub(before.due(&mint, now));
            }
        }
        let has = if after.original(slot) == before.original(slot) {
            has.get(&slot).copied().unwrap_or(0)
        } else {
            0
        };
        // Trades may come before or after what else happens in a transaction.
        let all = was + members;
        let must = u128::from(must) * is + u128::from(bought) * is.min(all);
        let holds = must <= u128::from(has) * all + u128::from(sold) * is.max(all);
        found.require(holds, Rule::Backing, None, || {
            format!(
                "slot {slot}: {had} of {was} shares, then {has} of {is}, {members} of them members'; \
                 {sold} sold, {bought} bought, {aside} for members"
            )
        });
    }
}

/// Shares of a person in a wind-down that were redeemed for what backs them, which came
/// into the books.
fn redeemed(before: &PoolFacts, after: &PoolFacts, slot: u8, one: bool) -> u64 {
    let key = before.index.constituents[usize::from(slot)].key;
    let (Some(was), Some(is)) = (before.tokens.get(&key), after.tokens.get(&key)) else {
        return 0;
    };
    let held = |facts: &PoolFacts| facts.registered(&key, &facts.key);
    let less = held(before).saturating_sub(held(after));
    let burned = was.supply.saturating_sub(is.supply).min(less);
    if was.wound_up_at == 0 || burned == 0 {
        return 0;
    }
    let assets = was.listed().unwrap_or_default();
    let came = assets.iter().all(|asset| {
        let part = u128::from(asset.reserve) * u128::from(burned) / u128::from(was.supply);
        let gained = before.index.slot_of(&asset.mint).map_or(0, |slot| {
            let counter = |facts: &PoolFacts| facts.index.constituents[usize::from(slot)].counter;
            counter(after).saturating_sub(counter(before))
        });
        u128::from(gained) + 2 >= part
    });
    if came || !one { burned } else { 0 }
}
