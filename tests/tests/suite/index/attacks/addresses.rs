//! Accounts that are not what they seem: prepared, replayed, counted twice.

use super::*;

fn prefund(pool: &mut PoolWorld, address: Pubkey) {
    let account = solana_account::Account {
        lamports: 1,
        ..Default::default()
    };
    pool.world.engine.set_account(address, account);
}

#[test]
fn addresses_that_strangers_funded_can_still_be_made() {
    use upside_sdk::index::{
        find_basket, find_index, find_membership, find_rebalance, find_shares,
    };
    let mut pool = PoolWorld::new(2);
    let (payer, curator, bob) = (pool.payer(), key("curator"), key("bob"));
    let second = find_index(&curator, 1).0;
    for address in [
        second,
        find_shares(&second).0,
        find_basket(&pool.index, &bob, 1).0,
        find_basket(&pool.index, &bob, 2).0,
        find_membership(&pool.index, &token_of("p0")).0,
        find_rebalance(&pool.index).0,
        find_holder(&token_of("p0"), &second).0,
    ] {
        prefund(&mut pool, address);
    }
    let mut args = upside_tests::pool::index_args();
    args.number = 1;
    let create = ix::create_index(&payer, &curator, args);
    pool.send(&create, &["curator"]).succeeded();
    let second = pool.world.get(&second);
    let add = ix::add_personal(&second, &payer, &token_of("p0"));
    pool.send(&add, &["curator"]).succeeded();

    pool.offer("p0", ONE, INDEX_ONE);
    pool.contribute("bob", INDEX_ONE);
    let index = pool.index();
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, pool.world.now() + DAY);
    let args = pool.redeem_args(INDEX_ONE / 2);
    let redeem = ix::redeem_to_basket(&index, &bob, 2, args);
    pool.send_all(&[open, redeem], &["bob"]).succeeded();
    let open = ix::open_rebalance(&index, &payer);
    pool.send(&open, &["curator"]).succeeded();
    pool.check_books();
}

#[test]
fn a_basket_counts_once() {
    let mut pool = free();
    let (index, bob) = (pool.index(), key("bob"));
    let quoted = quote::contribution(&pool.pool(), INDEX_ONE).unwrap();
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, pool.world.now() + DAY);
    let deposit = ix::deposit(&index, &bob, 1, quoted.amounts.clone()).unwrap();
    pool.send_all(&[open, deposit], &["bob"]).succeeded();
    // What is in baskets is not in the price, and no gift that a sync could book.
    assert_eq!(
        quote::contribution(&pool.pool(), INDEX_ONE).unwrap(),
        quoted
    );
    let sync = ix::sync_custody(&index, 2).unwrap();
    pool.send(&sync, &[]).refused(IndexError::NothingToSync);
    // Another basket cannot be finished with it.
    let carol = key("carol");
    let open = ix::open_basket(&index.key, &carol, 1, INDEX_ONE, pool.world.now() + DAY);
    pool.send(&open, &["carol"]).succeeded();
    let finish = ix::finish_basket(&index, &carol, 1, &carol, INDEX_ONE);
    pool.send(&finish, &["carol"])
        .refused(IndexError::BasketTooSmall);
    // For one more share atom it is too little; for its shares it counts once.
    let finish = ix::finish_basket(&index, &bob, 1, &bob, INDEX_ONE * 2);
    pool.send(&finish, &["bob"])
        .refused(IndexError::BasketTooSmall);
    let finish = ix::finish_basket(&index, &bob, 1, &bob, INDEX_ONE / 2);
    pool.send(&finish, &["bob"]).succeeded();
    pool.send(&finish, &["bob"])
        .refused(IndexError::WrongBasketKind);
    let cancel = ix::cancel_basket(&index.key, &bob, 1, &bob);
    pool.send(&cancel, &["bob"])
        .refused(IndexError::WrongBasketKind);
    let withdraw = ix::withdraw_basket(&index, &bob, 1, vec![0, 1, 2]).unwrap();
    let twice = ix::withdraw_basket(&index, &bob, 1, vec![0, 0]).unwrap();
    // A slot named twice is paid once.
    let (held, brought) = (pool.has("p0", "bob"), pool.basket("bob", 1).data.amounts[0]);
    pool.send(&twice, &[]).succeeded();
    assert_eq!(pool.has("p0", "bob"), held + brought);
    pool.send(&withdraw, &[]).succeeded();
    assert_eq!(pool.has("p0", "bob"), held + brought);
    pool.send(&withdraw, &[]).refused(IndexError::BasketEmpty);
    leave(&mut pool, "bob");
    let has = wealth(&mut pool, &bob);
    assert!(has[&0] <= HAS && has[&1] <= HAS && has[&2] <= 1_000_000 * ONE);
    pool.check_books();
}

#[test]
fn a_slot_named_twice_in_one_deposit_is_refused() {
    let mut pool = free();
    let (index, bob) = (pool.index(), key("bob"));
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, pool.world.now() + DAY);
    let deposit = ix::deposit(&index, &bob, 1, vec![(0, ONE), (0, ONE)]).unwrap();
    pool.send_all(&[open, deposit], &["bob"])
        .refused(IndexError::SlotBroughtAlready);
    assert_eq!(pool.has("p0", "bob"), HAS);
    pool.check_books();
}

#[test]
fn a_baskets_number_can_be_used_again_but_not_replayed() {
    let mut pool = free();
    let (index, bob) = (pool.index(), key("bob"));
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, pool.world.now() + DAY);
    pool.send(&open, &["bob"]).succeeded();
    pool.send(&open, &["bob"])
        .refused(IndexError::AlreadyExists);
    let deposit = ix::deposit(&index, &bob, 1, vec![(0, ONE)]).unwrap();
    pool.send(&deposit, &["bob"]).succeeded();
    pool.contribute("bob", INDEX_ONE);
    let args = pool.redeem_args(INDEX_ONE);
    let redeem = ix::redeem_to_basket(&index, &bob, 1, args);
    pool.send(&redeem, &["bob"])
        .refused(IndexError::AlreadyExists);
    let cancel = ix::cancel_basket(&index.key, &bob, 1, &bob);
    let withdraw = ix::withdraw_basket(&index, &bob, 1, vec![0]).unwrap();
    let close = ix::close_basket(&index.key, &bob, 1);
    pool.send_all(&[cancel, withdraw.clone(), close], &["bob"])
        .succeeded();
    pool.send(&open, &["bob"]).succeeded();
    assert!(pool.basket("bob", 1).data.is_empty(), "nothing came back");
    pool.send(&withdraw, &[]).refused(IndexError::BasketEmpty);
    pool.check_books();
}

#[test]
fn a_basket_closed_and_kept_alive_in_one_transaction_holds_nothing() {
    let mut pool = free();
    pool.contribute("bob", INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    let args = pool.redeem_args(INDEX_ONE);
    let redeem = ix::redeem_to_basket(&index, &bob, 1, args);
    pool.send(&redeem, &["bob"]).succeeded();
    let slots = vec![0, 1, 2];
    let withdraw = ix::withdraw_basket(&index, &bob, 1, slots).unwrap();
    let close = ix::close_basket(&index.key, &bob, 1);
    let basket = upside_sdk::index::find_basket(&index.key, &bob, 1).0;
    let revive = solana_system_transfer(&bob, &basket, 10_000_000);
    let sent = pool.send_all(&[withdraw.clone(), close, revive, withdraw], &["bob"]);
    sent.named_failure("a withdrawal from a closed basket");
    pool.check_books();
}

fn solana_system_transfer(
    from: &Pubkey,
    to: &Pubkey,
    lamports: u64,
) -> solana_program::instruction::Instruction {
    use solana_program::instruction::{AccountMeta, Instruction};
    let mut data = vec![2, 0, 0, 0];
    data.extend_from_slice(&lamports.to_le_bytes());
    Instruction {
        program_id: upside_sdk::address::SYSTEM_PROGRAM,
        accounts: vec![AccountMeta::new(*from, true), AccountMeta::new(*to, false)],
        data,
    }
}

#[test]
fn a_harvest_with_another_tokens_accounts_is_refused() {
    let mut pool = free();
    pool.pay_revenue("p0", 1_000 * ONE);
    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(30 * DAY);
    let (own, other) = (pool.harvest_ixs(0).remove(0), pool.harvest_ixs(1).remove(0));
    let before = pool.index().data;
    // Token, its holder account, the payout vault, one by one and together.
    for places in [
        vec![1],
        vec![2],
        vec![4],
        vec![1, 2],
        vec![1, 2, 4],
        vec![2, 4],
    ] {
        let mut mixed = own.clone();
        for place in &places {
            mixed.accounts[*place].pubkey = other.accounts[*place].pubkey;
        }
        pool.send(&mixed, &[])
            .named_failure("a harvest of another token");
    }
    // Another wallet's holder account, and a vault that is not the index's.
    let mut theirs = own.clone();
    theirs.accounts[2].pubkey = find_holder(&token_of("p0"), &key("bob")).0;
    pool.send(&theirs, &[]).refused(IndexError::WrongAccount);
    let mut astray = own.clone();
    let quote_mint = pool.world.quote;
    astray.accounts[5].pubkey = find_associated(&key("bob"), &quote_mint, &TOKEN_PROGRAM).0;
    pool.send(&astray, &[]).refused(IndexError::WrongAccount);
    assert!(pool.index().data == before, "nothing moved");
    pool.send_all(&[own, other], &[]).succeeded();
    pool.check_books();
}
