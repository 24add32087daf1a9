//! Attacks on wrapping, by owners, ticket holders, depositors and strangers.

use {
    super::{super::support::send_atoms, *},
    upside_sdk::index::{Wrapper, find_wrapper},
    upside_tests::world::token_account_bytes,
};

/// Whoever deposits just before a wrap gets nothing of what was earned before it.
#[test]
fn what_was_earned_before_the_wrap_stays_the_indexs() {
    let mut pool = noted();
    pool.pay_revenue("p0", 1_000 * ONE);
    pool.world.pass(40 * DAY);
    // p0 is closed: carol's shares come in by a venue mark of hers, or not at all. The
    // payout of a redemption waits instead.
    let args = pool.redeem_args(OUTSIDE / 2);
    let redeem = ix::redeem_to_basket(&pool.index(), &key("bob"), 0, args);
    pool.send(&redeem, &["bob"]).succeeded();
    let pending = slot(&mut pool, 0).pending;
    assert!(pending > 0);

    let wrap = wrap_ix(&mut pool, 0);
    pool.send(&wrap, &[]).succeeded();
    let it = wrapper(&mut pool, 0).data;
    assert_eq!(it.tickets, slot(&mut pool, 0).counter + pending);
    let before = it.before[0];
    assert!(before > 0);
    assert_eq!(pool.index().data.coins[0].due, before);

    let (money, harvest) = (slot(&mut pool, 2).counter, harvest_ix(&mut pool, 0));
    pool.send(&harvest, &[]).succeeded();
    let it = wrapper(&mut pool, 0).data;
    assert_eq!((it.before[0], it.pots[0]), (0, 0));
    assert_eq!(slot(&mut pool, 2).counter, money + before);
    assert_eq!(pool.index().data.coins[0].due, 0);

    // The basket pays tickets, without any of it.
    let mine = open_tickets(&mut pool, 0, "bob");
    let pay = ix::withdraw_basket(&pool.index(), &key("bob"), 0, vec![0]).unwrap();
    pool.send(&pay, &[]).succeeded();
    assert_eq!(pool.world.balance(&mine), pending);
    set_transfers(&mut pool, "p0", 0);
    let cash = pool.cash("bob");
    let unwrap = unwrap_ix(&mut pool, 0, "bob", pending);
    pool.send(&unwrap, &["bob"]).succeeded();
    assert_eq!(pool.cash("bob"), cash);
    check_wrapped(&mut pool, 0);
}

/// An entry while it waits pays for what was earned before the wrap, too.
#[test]
fn an_entry_pays_for_what_was_due_before_the_wrap() {
    let mut pool = noted();
    pool.pay_revenue("p0", 10_000 * ONE);
    pool.world.pass(40 * DAY);
    let wrap = wrap_ix(&mut pool, 0);
    pool.send(&wrap, &[]).succeeded();
    open_tickets(&mut pool, 0, "bob");
    let has = pool.shares("bob");
    pool.redeem("bob", has);
    let (before, cash) = (slot(&mut pool, 2).counter, pool.cash("bob"));
    let due = pool.index().data.coins[0].due;
    pool.contribute("bob", 10 * INDEX_ONE);
    let index = pool.index().data;
    let supply = index.effective_supply().unwrap() - 10 * INDEX_ONE;
    let part = (u128::from(before + due) * u128::from(10 * INDEX_ONE)).div_ceil(supply.into());
    assert_eq!(cash - pool.cash("bob"), u64::try_from(part).unwrap());
}

/// An account that was a venue once gives out whatever its owner marks: it is never stuck.
#[test]
fn toggling_a_venue_mark_wraps_nothing() {
    let mut pool = upside_tests::cases::index::launched();
    let index = pool.index;
    pool.mark_venue("p0", &index, true);
    pool.mark_venue("p0", &index, false);
    set_transfers(&mut pool, "p0", 2);
    let note = note_ix(&mut pool, 0);
    refused(&mut pool, &note, &[], IndexError::NothingToNote);
}

/// Tickets are redeemed once, whoever had them before.
#[test]
fn tickets_are_redeemed_once() {
    let mut pool = moving();
    let all = tickets(&mut pool, 0, "bob");
    let mint = wrapper(&mut pool, 0).data.mint;
    // They move like any mint.
    let (from, to) = (
        find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0,
        open_tickets(&mut pool, 0, "carol"),
    );
    let send = send_atoms(from, to, "bob", all / 2);
    pool.send(&send, &["bob"]).succeeded();
    for name in ["bob", "carol"] {
        let mine = tickets(&mut pool, 0, name);
        let unwrap = unwrap_ix(&mut pool, 0, name, mine);
        pool.send(&unwrap, &[name]).succeeded();
        let again = unwrap_ix(&mut pool, 0, name, mine);
        assert!(pool.send(&again, &[name]).error.is_some());
    }
    // What is left is the index's: all of it comes back, and nothing more.
    let held = slot(&mut pool, 0).counter;
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    assert_eq!(slot(&mut pool, 0).counter, held);
    assert_eq!(slot(&mut pool, 0).behind, 0);
    check_wrapped(&mut pool, 0);
}

/// Whoever unwraps in many small pieces gets no more than at once.
#[test]
fn pieces_of_a_pot_are_no_more_than_the_whole() {
    let mut whole = moving();
    let mut pieces = moving();
    let all = tickets(&mut whole, 0, "bob");
    let unwrap = unwrap_ix(&mut whole, 0, "bob", all);
    whole.send(&unwrap, &["bob"]).succeeded();
    let mut left = all;
    while left > 0 {
        let part = (all / 7).min(left);
        let unwrap = unwrap_ix(&mut pieces, 0, "bob", part);
        pieces.send(&unwrap, &["bob"]).succeeded();
        left -= part;
    }
    assert!(pieces.cash("bob") <= whole.cash("bob"));
    assert_eq!(pieces.has("p0", "bob"), whole.has("p0", "bob"));
}

/// A ticket that its holder burns past the program leaves its part to the others.
#[test]
fn burned_tickets_leave_their_part_to_the_others() {
    let mut pool = moving();
    let mine = tickets(&mut pool, 0, "bob");
    let mint = wrapper(&mut pool, 0).data.mint;
    let from = find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0;
    let mut burn = send_atoms(from, mint, "bob", mine / 2);
    burn.data[0] = 8;
    pool.send(&burn, &["bob"]).succeeded();
    let held = slot(&mut pool, 0).counter;
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let (after, it) = (slot(&mut pool, 0), wrapper(&mut pool, 0).data);
    assert!(after.counter > held);
    assert_eq!(after.behind, it.atoms);
    // The last holder of tickets burns the rest: the wrapper closes all the same.
    let left = tickets(&mut pool, 0, "bob");
    let mut burn = send_atoms(from, mint, "bob", left);
    burn.data[0] = 8;
    pool.send(&burn, &["bob"]).succeeded();
    let tickets_of = wrapper(&mut pool, 0);
    let close = ix::close_wrapper(&pool.index, &tickets_of);
    pool.send(&close, &[]).succeeded();
    assert_eq!(slot(&mut pool, 0).behind, 0);
    assert_eq!(pool.index().data.coins[0].pots, 0);
    let sync = ix::sync_custody(&pool.index(), 0).unwrap();
    pool.send(&sync, &[]).succeeded();
    pool.check_books();
}

/// What an issuer takes of wrapped atoms is everybody's loss, not that of the last.
#[test]
fn a_loss_while_wrapped_is_borne_by_all_tickets() {
    let mut pool = wrapped_cash();
    open_tickets(&mut pool, 0, "curator");
    pool.redeem("curator", 400 * INDEX_ONE);
    let (it, mine) = (wrapper(&mut pool, 0).data, tickets(&mut pool, 0, "curator"));
    let lost = it.atoms / 4;
    freeze_cash(&mut pool, false);
    upside_tests::cases::index::seize(&mut pool, 0);
    let mut account = pool.world.engine.account(&it.custody).unwrap();
    account.data = token_account_bytes(&it.key, &pool.index, it.atoms - lost);
    pool.world.engine.set_account(it.custody, account);
    let cash = pool.cash("curator");
    let unwrap = unwrap_ix(&mut pool, 0, "curator", mine);
    pool.send(&unwrap, &["curator"]).succeeded();
    let part = u128::from(it.atoms - lost) * u128::from(mine) / u128::from(it.tickets);
    assert_eq!(pool.cash("curator") - cash, u64::try_from(part).unwrap());
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    assert_eq!(
        slot(&mut pool, 2).counter,
        it.atoms - lost - u64::try_from(part).unwrap()
    );
    pool.check_books();
}

/// A wrapper of another index, and an account that only looks like one, collect nothing.
#[test]
fn a_strangers_wrapper_is_refused() {
    let mut pool = wrapped_with_dividends();
    let real = wrapper(&mut pool, 0);
    let fake = key("fake wrapper");
    let mut account = pool.world.engine.account(&real.key).unwrap();
    account.owner = TOKEN_PROGRAM;
    pool.world.engine.set_account(fake, account.clone());
    let mut harvest = harvest_ix(&mut pool, 0);
    for meta in &mut harvest.accounts {
        if meta.pubkey == real.key {
            meta.pubkey = fake;
        }
    }
    assert!(pool.send(&harvest, &[]).error.is_some());
    // One that the program made, of another index.
    account.owner = upside_sdk::index::PROGRAM_ID;
    let at = 8 + std::mem::offset_of!(Wrapper, index);
    account.data[at..at + 32].copy_from_slice(key("another index").as_ref());
    pool.world.engine.set_account(fake, account);
    refused(&mut pool, &harvest, &[], IndexError::WrongIndex);
    assert_eq!(find_wrapper(&real.data.mint).0, real.key);
}

/// What tickets stand for cannot be added a second time, nor its slot removed.
#[test]
fn what_is_wrapped_is_in_the_index_still() {
    let mut pool = moving();
    let add = ix::add_personal(&pool.index(), &pool.payer(), &token_of("p0"));
    refused(
        &mut pool,
        &add,
        &["curator"],
        IndexError::AlreadyConstituent,
    );
    let mut pool = moving();
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    assert!(slot(&mut pool, 0).behind > 0);
}

/// Tickets of an index are no mint for an index or a reserve: they would count in circles.
#[test]
fn tickets_are_no_mint_for_an_index() {
    let mut pool = moving();
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let (mint, authority) = (wrapper(&mut pool, 0).data.mint, Some(pool.index));
    let (index, payer) = (pool.index(), pool.payer());
    let add = ix::add_mint(&index, &payer, &mint, &TOKEN_PROGRAM, authority, false);
    refused(&mut pool, &add, &["curator"], IndexError::CircularMint);
}

/// Where an index keeps tickets.
#[test]
fn the_indexs_own_tickets_never_leave_by_another_way() {
    let mut pool = moving();
    let own: Pubkey = slot(&mut pool, 0).custody;
    // The index is no wallet: nobody signs for it, and its tickets count for its shares.
    let held = pool.world.balance(&own);
    assert_eq!(
        held,
        slot(&mut pool, 0).counter + slot(&mut pool, 0).pending
    );
    assert!(held <= seeded(0) * 2);
}
