//! Cash and shares that refuse to move, are taken away, or came just in time.

use super::*;
use core::mem::offset_of;

fn set_byte(pool: &mut PoolWorld, account: &Pubkey, place: usize, value: u8) {
    let mut bytes = pool.world.engine.account(account).unwrap();
    bytes.data[place] = value;
    pool.world.put(*account, bytes.owner, bytes.data);
}

/// An index over one person and pausable Token-2022 cash.
fn pausable() -> (PoolWorld, Pubkey) {
    let mut pool = PoolWorld::seeding(Engine::lite(), 1, |_| {});
    let mint = key("pausable coin");
    let mut data = mint_bytes(u64::MAX);
    data.resize(165, 0);
    data.push(1);
    data.extend_from_slice(&[26, 0, 33, 0]);
    data.extend_from_slice(&[0; 33]);
    pool.world.add_mint(mint, TOKEN_2022_PROGRAM, data);
    for name in ["curator", "bob"] {
        let account = find_associated(&key(name), &mint, &TOKEN_2022_PROGRAM).0;
        let payer = pool.payer();
        let create = token_ix::create_associated(&payer, &key(name), &mint, &TOKEN_2022_PROGRAM);
        pool.send(&create, &[]).succeeded();
        let mut bytes = pool.world.engine.account(&account).unwrap();
        bytes.data[64..72].copy_from_slice(&(1_000_000 * ONE).to_le_bytes());
        pool.world.put(account, bytes.owner, bytes.data);
    }
    pool.add_everybody();
    let (payer, authority) = (pool.payer(), key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &payer,
        &mint,
        &TOKEN_2022_PROGRAM,
        Some(authority),
        true,
    );
    pool.send(&add, &["curator"]).succeeded();
    for slot in 0..3 {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.launch(LAUNCHED);
    pool.contribute("bob", 100 * INDEX_ONE);
    (pool, mint)
}

/// Bob cannot redeem at once since `stuck` refuses to move: everything else is paid
/// through a basket, and the stuck part after `free` let it move again.
fn the_rest_is_paid(pool: &mut PoolWorld, stuck: u8, free: impl FnOnce(&mut PoolWorld)) {
    let (index, bob) = (pool.index(), key("bob"));
    let shares = pool.shares("bob");
    let redeem = pool.redeem_ix("bob", shares);
    pool.send(&redeem, &["bob"])
        .named_failure("a redemption of what is stuck");
    let quoted = quote::redemption(&pool.pool(), shares).unwrap();
    let before = wealth(pool, &bob);
    let args = pool.redeem_args(shares);
    let to_basket = ix::redeem_to_basket(&index, &bob, 1, args);
    pool.send(&to_basket, &["bob"]).succeeded();
    let slots: Vec<u8> = quoted.amounts.iter().map(|(slot, _)| *slot).collect();
    let rest: Vec<u8> = slots
        .iter()
        .copied()
        .filter(|slot| *slot != stuck)
        .collect();
    let all = ix::withdraw_basket(&index, &bob, 1, slots).unwrap();
    pool.send(&all, &[])
        .named_failure("a withdrawal of what is stuck");
    let withdraw = ix::withdraw_basket(&index, &bob, 1, rest).unwrap();
    pool.send(&withdraw, &[]).succeeded();
    let last = ix::withdraw_basket(&index, &bob, 1, vec![stuck]).unwrap();
    pool.send(&last, &[])
        .named_failure("a withdrawal of what is stuck");
    let close = ix::close_basket(&index.key, &bob, 1);
    pool.send(&close, &[]).refused(IndexError::BasketNotEmpty);
    pool.check_books();
    pool.world.pass(365 * DAY);
    free(pool);
    pool.send_all(&[last, close], &[]).succeeded();
    let after = wealth(pool, &bob);
    for (slot, atoms) in quoted.amounts {
        assert_eq!(after[&slot], before[&slot] + atoms, "slot {slot}");
    }
    pool.check_books();
}

#[test]
fn paused_cash_waits_in_a_basket_and_the_rest_is_paid() {
    let (mut pool, mint) = pausable();
    // The last byte of the extension: paused.
    let place = 166 + 4 + 32;
    set_byte(&mut pool, &mint, place, 1);
    the_rest_is_paid(&mut pool, 2, |pool| set_byte(pool, &mint, place, 0));
}

#[test]
fn frozen_cash_waits_in_a_basket_and_the_rest_is_paid() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    let vault = pool.index().data.constituents[2].custody;
    set_byte(&mut pool, &vault, 108, 2);
    the_rest_is_paid(&mut pool, 2, |pool| set_byte(pool, &vault, 108, 1));
}

#[test]
fn shares_of_a_closed_token_wait_in_a_basket_and_the_rest_is_paid() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    let token = token_of("p1");
    let place = 8 + offset_of!(PersonalToken, transfer_policy);
    set_byte(&mut pool, &token, place, 2);
    the_rest_is_paid(&mut pool, 1, |pool| {
        let index = pool.index;
        pool.mark_venue("p1", &index, true);
    });
}

#[test]
fn seized_cash_is_shared_by_all_and_closes_no_exit() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    // Part of it is in a basket, which is no part of what backs shares.
    let deadline = pool.world.now() + DAY;
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, deadline);
    let deposit = ix::deposit(&index, &bob, 1, vec![(2, 10 * ONE)]).unwrap();
    pool.send_all(&[open, deposit], &["bob"]).succeeded();
    let slot = pool.index().data.constituents[2];
    let (key_of_index, quote_mint) = (pool.index, pool.world.quote);
    let held = pool.world.balance(&slot.custody);
    let seized = slot.counter / 2;
    let bytes = token_account_bytes(&quote_mint, &key_of_index, held - seized);
    pool.world.put(slot.custody, TOKEN_PROGRAM, bytes);
    // Contributions would pay for a hole.
    let contribute = pool.contribute_ix("carol", INDEX_ONE);
    pool.send(&contribute, &["carol"])
        .refused(IndexError::VaultShort);
    let sync = ix::sync_custody(&index, 2).unwrap();
    pool.send(&sync, &[]).succeeded();
    pool.send(&sync, &[]).refused(IndexError::NothingToSync);
    assert_eq!(
        pool.index().data.constituents[2].counter,
        slot.counter - seized
    );
    leave(&mut pool, "bob");
    leave(&mut pool, "curator");
    let cancel = ix::cancel_basket(&index.key, &bob, 1, &bob);
    let withdraw = ix::withdraw_basket(&index, &bob, 1, vec![2]).unwrap();
    pool.send_all(&[cancel, withdraw], &["bob"]).succeeded();
    pool.check_books();
}

#[test]
fn everything_seized_leaves_the_other_constituents() {
    let mut pool = free();
    let slot = pool.index().data.constituents[2];
    let (index, quote_mint) = (pool.index, pool.world.quote);
    pool.world.put(
        slot.custody,
        TOKEN_PROGRAM,
        token_account_bytes(&quote_mint, &index, 0),
    );
    let sync = ix::sync_custody(&pool.index(), 2).unwrap();
    pool.send(&sync, &[]).succeeded();
    assert_eq!(pool.index().data.held().count(), 2);
    pool.contribute("bob", INDEX_ONE);
    leave(&mut pool, "bob");
    leave(&mut pool, "curator");
    pool.check_books();
}

#[test]
fn unharvested_dividends_cannot_be_sniped() {
    let mut pool = free();
    pool.pay_revenue("p0", 100_000 * ONE);
    pool.world.pass(40 * DAY);
    let had = wealth(&mut pool, &key("bob"));
    let contribute = pool.contribute_ix("bob", 1_000 * INDEX_ONE);
    let harvests = pool.harvest_ixs(0);
    // In before the harvest or after it: what is due is paid for.
    for before in [true, false] {
        let mut pool = pool.fork();
        let mut order = harvests.clone();
        order.insert(if before { 0 } else { harvests.len() }, contribute.clone());
        pool.send_all(&order, &["bob"]).succeeded();
        leave(&mut pool, "bob");
        never_more(&mut pool, "bob", &had);
        pool.check_books();
    }
    // Without the harvest it stays due, and bob leaves it to those who stay.
    let mut stays = pool.fork();
    let due = quote::dues(&stays.pool(), stays.world.now()).unwrap()[0];
    assert!(due > ONE);
    stays.send(&contribute, &["bob"]).succeeded();
    leave(&mut stays, "bob");
    // Half of the index was bob's, so half of what is due was paid to the others.
    let lost = had[&2] - stays.cash("bob");
    assert!(lost.abs_diff(due / 2) <= 2, "{lost} of {due}");
    stays.check_books();
}

/// A person who left the index emptied, by a trade or before the launch, takes no dividends
/// along: the slot is harvested first.
#[test]
fn no_slot_is_emptied_or_removed_while_something_is_due() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 2, |_| {});
    pool.add_everybody();
    pool.seed(0, 1_000 * ONE);
    pool.pay_revenue("p0", 100_000 * ONE);
    pool.world.pass(DAY);
    let all = ix::unseed(&pool.index(), 0, 1_000 * ONE).unwrap();
    pool.send(&all, &["curator"])
        .refused(IndexError::DividendsDue);
    let some = ix::unseed(&pool.index(), 0, 999 * ONE).unwrap();
    pool.send(&some, &["curator"]).succeeded();
    let last = ix::unseed(&pool.index(), 0, ONE).unwrap();
    pool.send(&last, &["curator"])
        .refused(IndexError::DividendsDue);
    // In the same transaction the clock is the same: nothing is due after the harvest.
    let mut order = pool.harvest_ixs(0);
    order.push(last);
    let remove = ix::remove_constituent(&pool.index(), 0);
    pool.send(&remove, &["curator"])
        .refused(IndexError::DividendsDue);
    order.push(remove.clone());
    pool.fork().send_all(&order, &["curator"]).succeeded();
    // The person's accounts cannot be left out.
    let mut blind = remove;
    for place in [2, 3] {
        blind.accounts[place].pubkey = upside_sdk::index::PROGRAM_ID;
        blind.accounts[place].is_writable = false;
    }
    pool.send(&blind, &["curator"])
        .refused(IndexError::MissingAccounts);
}

/// An atom in an empty slot changes nothing for what is under way.
#[test]
fn a_gift_to_an_empty_slot_stays_unbooked() {
    let mut pool = free();
    let mint = key("late mint");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    pool.world.give(&key("bob"), &mint, ONE);
    let authority = Some(key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &pool.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        false,
    );
    pool.send(&add, &["curator"]).succeeded();
    let contribute = pool.contribute_ix("carol", INDEX_ONE);
    let vault = pool.index().data.constituents[3].custody;
    let from = find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0;
    let gift = send_atoms(from, vault, "bob", 1);
    pool.send(&gift, &["bob"]).succeeded();
    let sync = ix::sync_custody(&pool.index(), 3).unwrap();
    pool.send(&sync, &[]).refused(IndexError::NothingToSync);
    pool.send(&contribute, &["carol"]).succeeded();
    pool.check_books();
}

#[test]
fn leaving_before_a_harvest_leaves_the_dividends_to_the_others() {
    let mut pool = free();
    pool.contribute("bob", 1_000 * INDEX_ONE);
    pool.pay_revenue("p0", 100_000 * ONE);
    pool.world.pass(40 * DAY);
    leave(&mut pool, "bob");
    let before = pool.index().data.constituents[2].counter;
    pool.harvest_all();
    assert!(pool.index().data.constituents[2].counter > before);
    let custody = find_holder(&token_of("p0"), &pool.index).0;
    assert!(pool.world.get::<Holder>(&custody).data.shares > 0);
    pool.check_books();
}

#[test]
fn a_basket_filled_before_a_harvest_pays_for_it_at_its_finish() {
    let mut pool = free();
    let (index, bob) = (pool.index(), key("bob"));
    let had = wealth(&mut pool, &bob);
    let cheap = quote::contribution(&pool.pool(), INDEX_ONE)
        .unwrap()
        .amounts;
    let deadline = pool.world.now() + 7 * DAY;
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, deadline);
    let deposit = ix::deposit(&index, &bob, 1, cheap).unwrap();
    pool.send_all(&[open, deposit], &["bob"]).succeeded();
    pool.pay_revenue("p0", 100_000 * ONE);
    pool.world.pass(6 * DAY);
    let finish = ix::finish_basket(&index, &bob, 1, &bob, INDEX_ONE);
    pool.harvest_all();
    pool.send(&finish, &["bob"])
        .refused(IndexError::BasketTooSmall);
    assert_eq!(
        pool.basket("bob", 1).data.kind().unwrap(),
        BasketKind::Contribution
    );
    let basket = pool.basket("bob", 1).data;
    let fits = quote::shares_for(&pool.pool(), &basket.amounts).unwrap();
    let finish = ix::finish_basket(&index, &bob, 1, &bob, fits);
    pool.send(&finish, &["bob"]).succeeded();
    let left = pool.basket("bob", 1).data;
    let slots = (0..3)
        .filter(|slot| left.amounts[usize::from(*slot)] > 0)
        .collect();
    let withdraw = ix::withdraw_basket(&index, &bob, 1, slots).unwrap();
    pool.send(&withdraw, &[]).succeeded();
    leave(&mut pool, "bob");
    never_more(&mut pool, "bob", &had);
    pool.check_books();
}

#[test]
fn who_may_not_hold_a_persons_shares_gets_the_rest_and_these_once_admitted() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    // Mallory bought index shares on a market and is registered with nobody but p0.
    pool.open_shares("mallory");
    pool.open_holder("p0", "mallory");
    let index = pool.index();
    let account = |name| ix::share_account(&index.data, &key(name));
    let buy = send_shares(account("bob"), account("mallory"), "bob", 100 * INDEX_ONE);
    pool.send(&buy, &["bob"]).succeeded();
    let redeem = pool.redeem_ix("mallory", 100 * INDEX_ONE);
    pool.send(&redeem, &["mallory"])
        .named_failure("a redemption into a holder account that is missing");
    let quoted = quote::redemption(&pool.pool(), 100 * INDEX_ONE).unwrap();
    let mallory = key("mallory");
    let args = pool.redeem_args(100 * INDEX_ONE);
    let redeem = ix::redeem_to_basket(&index, &mallory, 1, args);
    pool.send(&redeem, &["mallory"]).succeeded();
    let rest = ix::withdraw_basket(&index, &mallory, 1, vec![0, 2]).unwrap();
    pool.send(&rest, &[]).succeeded();
    let last = ix::withdraw_basket(&index, &mallory, 1, vec![1]).unwrap();
    pool.send(&last, &[])
        .named_failure("a payout into a holder account that is missing");
    // Nobody else's account can stand in for it.
    let mut theft = last.clone();
    for meta in &mut theft.accounts {
        if meta.pubkey == find_holder(&token_of("p1"), &mallory).0 {
            meta.pubkey = find_holder(&token_of("p1"), &key("carol")).0;
        }
    }
    pool.send(&theft, &[]).refused(IndexError::WrongHolder);
    pool.open_holder("p1", "mallory");
    pool.send(&last, &[]).succeeded();
    assert_eq!(pool.has("p0", "mallory"), quoted.amounts[0].1);
    assert_eq!(pool.has("p1", "mallory"), quoted.amounts[1].1);
    pool.check_books();
}
