//! Contributions and redemptions over several transactions.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        event::IndexEvent,
        index::{BasketKind, IndexError, instruction as ix, quote},
    },
    upside_tests::{
        cases::index::{CASH_SLOT, basket, deposits, launched, with_basket},
        pool::{HAS, INDEX_ONE, PoolWorld, token_of},
        world::{DAY, ONE},
    },
};

const SHARES: u64 = 100 * INDEX_ONE;

fn finish_ix(pool: &mut PoolWorld, authority: &str, shares: u64) -> Instruction {
    ix::finish_basket(&pool.index(), &key("bob"), 0, &key(authority), shares)
}

fn deposit_ix(pool: &mut PoolWorld, amounts: Vec<(u8, u64)>) -> Instruction {
    ix::deposit(&pool.index(), &key("bob"), 0, amounts).unwrap()
}

fn withdraw_ix(pool: &mut PoolWorld, slots: &[u8]) -> Instruction {
    ix::withdraw_basket(&pool.index(), &key("bob"), 0, slots.to_vec()).unwrap()
}

#[test]
fn a_basket_is_opened_for_shares_and_a_time() {
    let mut pool = launched();
    let (index, now) = (pool.index, pool.world.now());
    let open =
        |nonce, shares, deadline| ix::open_basket(&index, &key("bob"), nonce, shares, deadline);
    for (shares, deadline, error) in [
        (0, now + DAY, IndexError::ZeroAmount),
        (1, now - 1, IndexError::DeadlinePassed),
        (1, now + 7 * DAY + 1, IndexError::DeadlineTooFar),
        (1, i64::MAX, IndexError::DeadlineTooFar),
    ] {
        refused(&mut pool, &open(1, shares, deadline), &["bob"], error);
    }
    let good = open(1, SHARES, now + DAY);
    let IndexEvent::BasketOpened(event) = done(&mut pool, &good, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!((event.wallet, event.shares), (key("bob"), SHARES));
    assert_eq!(
        (event.basket, event.deadline),
        (pool.basket("bob", 1).key, now + DAY)
    );
    refused(&mut pool, &good, &["bob"], IndexError::AlreadyExists);
    let pause = ix::pause(&pool.index(), &key("curator"));
    done(&mut pool, &pause, &["curator"]);
    let late = open(2, 1, now + 7 * DAY);
    refused(&mut pool, &late, &["bob"], IndexError::Paused);
}

#[test]
fn anybody_finishes_a_full_basket_and_it_closes() {
    let mut pool = with_basket();
    let amounts = deposits(&mut pool, 0);
    for (slot, amount) in &amounts {
        let deposit = deposit_ix(&mut pool, vec![(*slot, *amount)]);
        let IndexEvent::BasketDeposited(event) = done(&mut pool, &deposit, &["bob"]) else {
            panic!("another event")
        };
        let said = (event.place, event.amount, event.due);
        assert_eq!(said, (u64::from(*slot), *amount, [0; 4]));
        let again = deposit_ix(&mut pool, vec![(*slot, 1)]);
        let error = IndexError::SlotBroughtAlready;
        refused(&mut pool, &again, &["bob"], error);
        assert_eq!(pool.basket("bob", 0).data.amount(*slot), Ok(*amount));
    }
    let before = pool.index().data;
    let finish = finish_ix(&mut pool, "carol", SHARES);
    let outcome = pool.send(&finish, &["carol"]).succeeded();
    let events: Vec<IndexEvent> = outcome.events();
    let [
        IndexEvent::BasketFinished(event),
        IndexEvent::BasketClosed(closed),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.basket), (key("bob"), closed.basket));
    assert_eq!((event.minted, event.fee), (99 * INDEX_ONE, INDEX_ONE));
    let after = pool.index().data;
    assert_eq!(
        (event.supply, event.pending_fee_shares),
        (after.supply, INDEX_ONE)
    );
    assert_eq!(pool.shares("bob"), 99 * INDEX_ONE);
    assert!(pool.world.engine.account(&closed.basket).is_none());
    for (slot, amount) in amounts {
        let slot = usize::from(slot);
        let (then, now) = (before.constituents[slot], after.constituents[slot]);
        assert_eq!((then.pending, now.pending), (amount, 0));
        assert_eq!(now.counter - then.counter, amount);
    }
    pool.check_books();
}

#[test]
fn what_is_left_of_a_basket_is_paid_out() {
    let mut pool = basket(7);
    let finish = finish_ix(&mut pool, "carol", SHARES);
    done(&mut pool, &finish, &["carol"]);
    refused(&mut pool, &finish, &["carol"], IndexError::WrongBasketKind);
    let close = ix::close_basket(&pool.index, &key("bob"), 0);
    refused(&mut pool, &close, &[], IndexError::BasketNotEmpty);
    let has = pool.has("p1", "bob");
    let withdraw = withdraw_ix(&mut pool, &[1]);
    let IndexEvent::BasketWithdrawn(event) = done(&mut pool, &withdraw, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.place, event.amount), (1, 7));
    let own = upside_sdk::address::find_holder(&token_of("p1"), &key("bob")).0;
    assert_eq!(event.to, own);
    assert_eq!(pool.has("p1", "bob"), has + 7);
    refused(&mut pool, &withdraw, &[], IndexError::BasketEmpty);
    let rest = withdraw_ix(&mut pool, &[0, 2]);
    pool.send(&rest, &[]).succeeded();
    let IndexEvent::BasketClosed(_) = done(&mut pool, &close, &[]) else {
        panic!("another event")
    };
}

#[test]
fn only_the_wallet_asks_for_other_shares() {
    let mut pool = basket(0);
    let fewer = finish_ix(&mut pool, "carol", SHARES - 1);
    refused(&mut pool, &fewer, &["carol"], IndexError::NotBasketOwner);
    let more = finish_ix(&mut pool, "bob", SHARES + INDEX_ONE);
    refused(&mut pool, &more, &["bob"], IndexError::BasketTooSmall);
    let none = finish_ix(&mut pool, "bob", 0);
    refused(&mut pool, &none, &["bob"], IndexError::ZeroAmount);
    let mut theft = deposit_ix(&mut pool, vec![(0, ONE)]);
    theft.accounts[0].pubkey = key("carol");
    theft.accounts[5].pubkey = upside_sdk::address::find_holder(&token_of("p0"), &key("carol")).0;
    refused(&mut pool, &theft, &["carol"], IndexError::NotBasketOwner);
    let half = finish_ix(&mut pool, "bob", SHARES / 2);
    let outcome = pool.send(&half, &["bob"]).succeeded();
    assert_eq!(outcome.events::<IndexEvent>().len(), 1);
    assert_eq!(pool.shares("bob"), SHARES / 2 / 100 * 99);
    assert_eq!(pool.basket("bob", 0).data.kind(), Ok(BasketKind::Payout));
}

#[test]
fn a_basket_is_cancelled_by_its_wallet_or_late_by_anybody() {
    let mut pool = basket(0);
    let carol = ix::cancel_basket(&pool.index, &key("bob"), 0, &key("carol"));
    refused(&mut pool, &carol, &["carol"], IndexError::BasketNotExpired);
    let mut late = pool.fork();
    late.world.pass(DAY);
    refused(&mut late, &carol, &["carol"], IndexError::BasketNotExpired);
    late.world.pass(1);
    let finish = finish_ix(&mut late, "bob", SHARES);
    refused(&mut late, &finish, &["bob"], IndexError::DeadlinePassed);
    for (mut pool, who) in [(late, "carol"), (pool, "bob")] {
        let cancel = ix::cancel_basket(&pool.index, &key("bob"), 0, &key(who));
        let IndexEvent::BasketCancelled(event) = done(&mut pool, &cancel, &[who]) else {
            panic!("another event")
        };
        assert_eq!(event.by, key(who));
        refused(&mut pool, &cancel, &[who], IndexError::WrongBasketKind);
        let deposit = deposit_ix(&mut pool, vec![(0, 1)]);
        refused(&mut pool, &deposit, &["bob"], IndexError::WrongBasketKind);
        let all = withdraw_ix(&mut pool, &[0, 1, CASH_SLOT]);
        pool.send(&all, &[]).succeeded();
        assert_eq!((pool.has("p0", "bob"), pool.has("p1", "bob")), (HAS, HAS));
        assert_eq!(pool.cash("bob"), 1_000_000 * ONE);
        assert!(
            pool.index()
                .data
                .constituents
                .iter()
                .all(|slot| slot.pending == 0)
        );
        let close = ix::close_basket(&pool.index, &key("bob"), 0);
        done(&mut pool, &close, &[]);
    }
}

#[test]
fn a_missing_or_doubled_constituent_is_refused() {
    let mut pool = with_basket();
    let mut amounts = deposits(&mut pool, 0);
    let missing = amounts.pop().unwrap();
    let deposit = deposit_ix(&mut pool, amounts);
    pool.send(&deposit, &["bob"]).succeeded();
    let finish = finish_ix(&mut pool, "carol", SHARES);
    refused(&mut pool, &finish, &["carol"], IndexError::BasketTooSmall);

    let zero = deposit_ix(&mut pool, vec![(missing.0, 0)]);
    refused(&mut pool, &zero, &["bob"], IndexError::ZeroAmount);
    let mut nothing = deposit_ix(&mut pool, vec![missing]);
    nothing.data.truncate(8);
    nothing.data.extend_from_slice(&0u32.to_le_bytes());
    refused(&mut pool, &nothing, &["bob"], IndexError::LengthMismatch);
    let mut short = deposit_ix(&mut pool, vec![missing]);
    short.accounts.pop();
    refused(&mut pool, &short, &["bob"], IndexError::MissingAccounts);
    let mut long = deposit_ix(&mut pool, vec![missing]);
    let again = long.accounts[4].clone();
    long.accounts.push(again);
    refused(&mut pool, &long, &["bob"], IndexError::ExtraAccounts);
    let all = withdraw_ix(&mut pool, &[0]);
    refused(&mut pool, &all, &[], IndexError::WrongBasketKind);
    let empty = withdraw_ix(&mut pool, &[missing.0]);
    refused(&mut pool, &empty, &[], IndexError::BasketEmpty);
    let good = deposit_ix(&mut pool, vec![missing]);
    done(&mut pool, &good, &["bob"]);
    let outcome = pool.send(&finish, &["carol"]);
    outcome.succeeded();
}

#[test]
fn a_composition_that_changes_half_way_is_asked_for_as_it_is() {
    // Somebody's donation is booked between the deposits and the finish: there is enough
    // for fewer shares.
    let mut pool = basket(0);
    let (index, quote) = (pool.index, pool.world.quote);
    let custody = pool.index().data.constituents[2].custody;
    let held = pool.world.balance(&custody);
    pool.world.give(&index, &quote, held + 100 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    done(&mut pool, &sync, &[]);
    let finish = finish_ix(&mut pool, "carol", SHARES);
    refused(&mut pool, &finish, &["carol"], IndexError::BasketTooSmall);
    let more = deposit_ix(&mut pool, vec![(CASH_SLOT, 10 * ONE)]);
    let error = IndexError::SlotBroughtAlready;
    refused(&mut pool, &more, &["bob"], error);
    let has = pool.basket("bob", 0).data.amounts;
    let fits = quote::shares_for(&pool.pool(), &has).unwrap();
    assert!(fits < SHARES && fits > SHARES / 100 * 97);
    let fewer = finish_ix(&mut pool, "bob", fits);
    pool.send(&fewer, &["bob"]).succeeded();
    pool.check_books();
}

#[test]
fn a_constituent_added_half_way_waits_until_it_holds_something() {
    let mut pool = basket(0);
    pool.add_person("p2", |_| {});
    let add = ix::add_personal(&pool.index(), &pool.payer(), &token_of("p2"));
    done(&mut pool, &add, &["curator"]);
    // It costs nothing, and no atom in a basket keeps the slot from being removed.
    let deposit = deposit_ix(&mut pool, vec![(3, 5)]);
    refused(&mut pool, &deposit, &["bob"], IndexError::SlotNotHeld);
    let mut fork = pool.fork();
    let remove = ix::remove_constituent(&pool.index(), 3);
    done(&mut fork, &remove, &["curator"]);
    for pool in [&mut pool, &mut fork] {
        let finish = finish_ix(pool, "carol", SHARES);
        pool.send(&finish, &["carol"]).succeeded();
    }
}

/// A basket keeps the entry fee of its opening, and is finished while others are kept out.
#[test]
fn a_basket_is_finished_on_the_terms_of_its_opening() {
    let mut pool = basket(0);
    let mut fork = pool.fork();
    let pause = ix::pause(&pool.index(), &key("curator"));
    done(&mut pool, &pause, &["curator"]);
    let more = deposit_ix(&mut pool, vec![(0, 1)]);
    refused(&mut pool, &more, &["bob"], IndexError::Paused);
    let finish = finish_ix(&mut pool, "carol", SHARES);
    pool.send(&finish, &["carol"]).succeeded();
    assert_eq!(pool.shares("bob"), 99 * INDEX_ONE);
    // The fee falls meanwhile: that of the opening is taken all the same.
    let at = fork.index;
    let mut bytes = fork.world.engine.account(&at).unwrap();
    let mut data = fork.index().data;
    data.parameters.entry_fee_bps = 0;
    bytes.data[8..].copy_from_slice(bytemuck::bytes_of(&data));
    fork.world.engine.set_account(at, bytes);
    fork.send(&finish, &["carol"]).succeeded();
    assert_eq!(fork.shares("bob"), 99 * INDEX_ONE);
}

/// What was due when a person was deposited is paid for, harvested meanwhile or not.
#[test]
fn a_basket_pays_for_what_was_due_at_its_deposit() {
    let mut pool = with_basket();
    pool.pay_revenue("p0", 10_000 * ONE);
    pool.world.pass(DAY / 2);
    let now = pool.world.now();
    let due = quote::dues(&pool.pool(), now).unwrap()[0];
    assert!(due > 0);
    // Without what is due, the cash that is held is too little.
    let counter = pool.index().data.constituents[2].counter;
    let deposits = deposits(&mut pool, 0);
    let (slot, cash) = deposits[2];
    let supply = quote::effective_supply(&pool.pool()).unwrap();
    let part = |atoms: u64| (u128::from(atoms) * u128::from(SHARES)).div_ceil(supply.into()) as u64;
    assert_eq!((slot, cash), (CASH_SLOT, part(counter + due)));
    let mut short = pool.fork();
    for (pool, cash) in [(&mut pool, cash), (&mut short, cash - 1)] {
        let all = vec![deposits[0], deposits[1], (CASH_SLOT, cash)];
        let deposit = deposit_ix(pool, all);
        let outcome = pool.send(&deposit, &["bob"]).succeeded();
        let events: Vec<IndexEvent> = outcome.events();
        let IndexEvent::BasketDeposited(event) = &events[0] else {
            panic!("{events:?}")
        };
        assert_eq!(event.due, [due, 0, 0, 0]);
        let notes = pool.basket("bob", 0).data.notes;
        assert_eq!(
            (notes[0].atoms, notes[0].coin, notes[1].atoms),
            (due, CASH_SLOT, 0)
        );
    }
    let finish = finish_ix(&mut pool, "carol", SHARES);
    refused(&mut short, &finish, &["carol"], IndexError::BasketTooSmall);
    for harvested in [false, true] {
        let mut pool = pool.fork();
        if harvested {
            // In the same second it is the same, whoever has it.
            let harvests = pool.harvest_ixs(0);
            pool.send_all(&harvests, &[]).succeeded();
            assert_eq!(pool.index().data.constituents[0].harvests, [1, 0, 0, 0]);
        }
        pool.send(&finish, &["carol"]).succeeded();
        pool.check_books();
    }
}

/// Shares of a person come back with the cost with which they came, however much cheaper
/// those of the index were.
#[test]
fn a_basket_gives_costs_back_as_they_came() {
    let mut pool = with_basket();
    let bob = key("bob");
    let at = upside_sdk::address::find_holder(&token_of("p0"), &bob).0;
    let mut bytes = pool.world.engine.account(&at).unwrap();
    let mut holder = pool.holder("p0", &bob).data;
    holder.cost = 800 * ONE;
    bytes.data[8..].copy_from_slice(bytemuck::bytes_of(&holder));
    pool.world.engine.set_account(at, bytes);
    let index = pool.index;
    let before = pool.holder("p0", &index).data.cost;
    let deposit = deposit_ix(&mut pool, vec![(0, HAS / 8)]);
    done(&mut pool, &deposit, &["bob"]);
    assert_eq!(pool.basket("bob", 0).data.costs[0], 100 * ONE);
    assert_eq!(pool.holder("p0", &bob).data.cost, 700 * ONE);
    assert_eq!(pool.holder("p0", &index).data.cost, before + 100 * ONE);
    let cancel = ix::cancel_basket(&index, &bob, 0, &bob);
    done(&mut pool, &cancel, &["bob"]);
    let back = withdraw_ix(&mut pool, &[0]);
    done(&mut pool, &back, &[]);
    assert_eq!(pool.holder("p0", &bob).data.cost, 800 * ONE);
    assert_eq!(pool.holder("p0", &index).data.cost, before);
}

/// A basket that has no place left for a note takes whoever was harvested before.
#[test]
fn a_basket_that_can_note_no_more_takes_persons_without_dues() {
    let mut pool = with_basket();
    pool.pay_revenue("p0", 10_000 * ONE);
    pool.world.pass(DAY / 2);
    let basket = pool.basket("bob", 0);
    let mut data = basket.data;
    for note in &mut data.notes {
        note.atoms = 1;
        note.coin = CASH_SLOT;
    }
    let mut account = pool.world.engine.account(&basket.key).unwrap();
    account.data[8..].copy_from_slice(bytemuck::bytes_of(&data));
    pool.world.engine.set_account(basket.key, account);
    let deposit = deposit_ix(&mut pool, vec![(0, ONE)]);
    refused(&mut pool, &deposit, &["bob"], IndexError::TooManyDues);
    let mut calls = pool.harvest_ixs(0);
    calls.push(deposit);
    pool.send_all(&calls, &["bob"]).succeeded();
    pool.check_books();
}
