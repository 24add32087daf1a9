//! From the note to the last ticket, to the atom.

use super::*;

#[test]
fn a_person_whose_transfers_are_closed_is_wrapped_and_is_itself_again() {
    let mut pool = noted();
    let before = slot(&mut pool, 0);
    let wrap = wrap_ix(&mut pool, 0);
    pool.send(&wrap, &[]).succeeded();
    let (after, it) = (slot(&mut pool, 0), wrapper(&mut pool, 0).data);
    assert_eq!((it.tickets, it.atoms), (before.counter, before.counter));
    assert_eq!((it.key, it.custody), (before.key, before.custody));
    assert_eq!((after.key, after.kind.raw()), (it.mint, 2));
    assert_eq!(
        (after.counter, after.pending),
        (before.counter, before.pending)
    );
    assert_eq!(supply(&mut pool, &it.mint), before.counter);
    assert!(after.is_wrapped() && after.has(&token_of("p0")));
    check_wrapped(&mut pool, 0);

    // Shares redeem for tickets, and come back with them.
    let mine = open_tickets(&mut pool, 0, "bob");
    pool.redeem("bob", OUTSIDE / 2);
    let got = pool.world.balance(&mine);
    assert_eq!(got, before.counter - slot(&mut pool, 0).counter);
    pool.contribute("bob", 10 * INDEX_ONE);
    assert!(pool.world.balance(&mine) < got, "tickets are contributed");
    check_wrapped(&mut pool, 0);
}

#[test]
fn tickets_earn_and_are_worth_their_part_of_the_pot() {
    let mut pool = wrapped_with_dividends();
    let harvest = harvest_ix(&mut pool, 0);
    pool.send(&harvest, &[]).succeeded();
    let it = wrapper(&mut pool, 0).data;
    let pot = it.pots[0];
    assert!(pot > 0 && it.before[0] == 0);
    assert_eq!(pool.index().data.coins[0].pots, pot);
    check_wrapped(&mut pool, 0);

    set_transfers(&mut pool, "p0", 0);
    let (mine, had) = (tickets(&mut pool, 0, "bob"), pool.has("p0", "bob"));
    let cash = pool.cash("bob");
    let unwrap = unwrap_ix(&mut pool, 0, "bob", mine / 3);
    pool.send(&unwrap, &["bob"]).succeeded();
    let part = u128::from(pot) * u128::from(mine / 3) / u128::from(it.tickets);
    assert_eq!(pool.has("p0", "bob"), had + mine / 3);
    assert_eq!(pool.cash("bob"), cash + u64::try_from(part).unwrap());
    check_wrapped(&mut pool, 0);

    // The index's own tickets go; what they earned is shared out as a harvest is.
    let (held, left) = (slot(&mut pool, 0), tickets(&mut pool, 0, "bob"));
    let money = slot(&mut pool, 2).counter;
    let rest = wrapper(&mut pool, 0).data.pots[0];
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let after = slot(&mut pool, 0);
    assert_eq!((after.key, after.kind.raw()), (token_of("p0"), 1));
    assert_eq!((after.counter, after.behind), (held.counter, left));
    let it = wrapper(&mut pool, 0).data;
    assert_eq!((it.active, it.tickets, it.atoms), (0, left, left));
    assert_eq!(slot(&mut pool, 2).counter, money + rest - it.pots[0]);
    check_wrapped(&mut pool, 0);

    // Tickets outside are worth theirs at any time.
    let (had, cash) = (pool.has("p0", "bob"), pool.cash("bob"));
    let unwrap = unwrap_ix(&mut pool, 0, "bob", left);
    pool.send(&unwrap, &["bob"]).succeeded();
    assert_eq!(pool.has("p0", "bob"), had + left);
    assert_eq!(pool.cash("bob"), cash + it.pots[0]);
    let tickets_of = wrapper(&mut pool, 0);
    let close = ix::close_wrapper(&pool.index, &tickets_of);
    pool.send(&close, &[]).succeeded();
    let after = slot(&mut pool, 0);
    assert_eq!(after.behind, 0);
    assert_eq!(pool.index().data.coins[0].pots, 0);
    pool.check_books();
    pool.redeem("bob", INDEX_ONE);
}

#[test]
fn a_frozen_coin_is_wrapped_and_keeps_what_members_are_owed() {
    let mut pool = launched_with_member();
    let owed = pool.index().data.coins[0].owed;
    assert!(owed > 0);
    freeze_cash(&mut pool, true);
    let note = note_ix(&mut pool, 2);
    pool.send(&note, &[]).succeeded();
    pool.world.pass(7 * DAY);
    let before = slot(&mut pool, 2);
    let wrap = wrap_ix(&mut pool, 2);
    pool.send(&wrap, &[]).succeeded();
    assert_eq!(wrapper(&mut pool, 0).data.tickets, before.counter);
    assert_eq!(pool.index().data.coins[0].owed, owed);
    check_wrapped(&mut pool, 0);
    // Redeeming and contributing work on tickets.
    open_tickets(&mut pool, 0, "carol");
    pool.redeem("carol", 20 * INDEX_ONE);
    pool.contribute("carol", 5 * INDEX_ONE);
    check_wrapped(&mut pool, 0);

    freeze_cash(&mut pool, false);
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let (after, outside) = (slot(&mut pool, 2), tickets(&mut pool, 0, "carol"));
    assert_eq!(
        (after.key, after.coin, after.behind),
        (before.key, before.coin, outside)
    );
    assert_eq!(pool.index().data.coins[0].owed, owed);
    check_wrapped(&mut pool, 0);
    let claim = ix::collect_equal_share(&pool.index(), &pool.membership("p0"), 2).unwrap();
    pool.send(&claim, &[]).succeeded();
    let cash = pool.cash("carol");
    let unwrap = unwrap_ix(&mut pool, 0, "carol", outside);
    pool.send(&unwrap, &["carol"]).succeeded();
    assert_eq!(pool.cash("carol"), cash + outside);
    pool.check_books();
}

/// p0 is a member to whom something is owed in cash, carol has shares of the index.
fn launched_with_member() -> PoolWorld {
    let mut pool = upside_tests::cases::index::launched();
    pool.contribute("carol", 50 * INDEX_ONE);
    pool.join("p0");
    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(40 * DAY);
    pool.harvest_all();
    pool
}

#[test]
fn a_slot_is_wrapped_again_while_earlier_tickets_are_outside() {
    let mut pool = wrapped();
    set_transfers(&mut pool, "p0", 0);
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let outside = tickets(&mut pool, 0, "bob");
    set_transfers(&mut pool, "p0", 2);
    let note = note_ix(&mut pool, 0);
    pool.send(&note, &[]).succeeded();
    pool.world.pass(7 * DAY);
    let wrap = wrap_ix(&mut pool, 0);
    pool.send(&wrap, &[]).succeeded();
    let (first, second) = (wrapper(&mut pool, 0).data, wrapper(&mut pool, 1).data);
    assert_ne!(first.mint, second.mint);
    assert_eq!(slot(&mut pool, 0).behind, outside);
    check_wrapped(&mut pool, 1);

    // Both kinds are worth one share each once it moves.
    open_tickets(&mut pool, 1, "bob");
    pool.redeem("bob", 10 * INDEX_ONE);
    set_transfers(&mut pool, "p0", 0);
    let later = tickets(&mut pool, 1, "bob");
    let had = pool.has("p0", "bob");
    for (number, all) in [(0, outside), (1, later)] {
        let unwrap = unwrap_ix(&mut pool, number, "bob", all);
        pool.send(&unwrap, &["bob"]).succeeded();
    }
    assert_eq!(pool.has("p0", "bob"), had + outside + later);
    assert_eq!(slot(&mut pool, 0).behind, 0);
    check_wrapped(&mut pool, 1);
}
