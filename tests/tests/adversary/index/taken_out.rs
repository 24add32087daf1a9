//! The search over an index works: with a rule of the program taken out it finds who loses
//! by it within a minute's sequences.

use {
    super::Scene,
    crate::{
        index::scene::Mutation,
        taken_out::{search_for, write},
    },
    upside_tests::invariant::Rule,
};

/// Searches until somebody loses by this rule.
#[track_caller]
fn finds(rule: Rule, mutation: Mutation) {
    search_for::<Scene>(rule, |scene| scene.mutation = Some(mutation));
}

#[test]
fn entries_that_do_not_pay_for_what_is_due_are_found() {
    // What a newcomer brought for dividends that are due goes out of the books again.
    finds(Rule::Backing, |pool, before, after| {
        let mut index = after.index;
        let minted = u128::from(index.supply.saturating_sub(before.index.supply));
        if minted == 0 || after.memberships != before.memberships {
            return;
        }
        let supply = u128::from(before.effective(after.now).max(1));
        for (slot, it) in before.slots().filter(|(_, it)| it.coin != 0) {
            let due = u128::from(before.due(&it.key, after.now));
            let brought = u64::try_from(due * minted / supply).unwrap_or(0);
            let counter = &mut index.constituents[usize::from(slot)].counter;
            *counter = counter.saturating_sub(brought);
        }
        if index != after.index {
            write(&mut pool.world, after.key, &index);
        }
    });
}

#[test]
fn baskets_that_pay_twice_are_found() {
    // Nobody notes that a basket was paid.
    finds(Rule::Books, |pool, before, after| {
        for (key, basket) in &before.baskets {
            let paid = after.baskets.get(key).is_some_and(|it| {
                it.kind.raw() == 1 && basket.kind.raw() == 1 && it.amounts != basket.amounts
            });
            if paid {
                write(&mut pool.world, *key, basket);
            }
        }
    });
}

#[test]
fn trades_at_half_the_price_are_found() {
    // Half of what a bidder gave goes out of the books again.
    finds(Rule::Backing, |pool, before, after| {
        let (Some(was), Some(is)) = (&before.rebalance, &after.rebalance) else {
            return;
        };
        let mut index = after.index;
        for (slot, order) in was.traded().filter(|(_, it)| it.side.raw() == 2) {
            let bought = order.left.saturating_sub(is.orders[usize::from(slot)].left);
            if was.nonce == is.nonce && bought > 1 {
                index.constituents[usize::from(slot)].counter -= bought / 2;
            }
        }
        if index != after.index {
            write(&mut pool.world, after.key, &index);
        }
    });
}

#[test]
fn announcements_that_do_not_wait_are_found() {
    finds(Rule::Terms, |pool, _, after| {
        let mut index = after.index;
        for place in &mut index.announcements {
            place.effective_at = place.effective_at.min(after.now);
        }
        if index != after.index {
            write(&mut pool.world, after.key, &index);
        }
    });
}
