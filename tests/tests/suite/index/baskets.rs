//! Contributions and redemptions over several transactions.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        event::IndexEvent,
        index::{BasketKind, IndexError, instruction as ix},
        instruction as token_ix,
    },
    upside_tests::{
        catalogue::index::{CASH_SLOT, basket, deposits, launched, payout, with_basket},
        pool::{HAS, INDEX_ONE, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
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
    refused(
        &mut pool,
        &open(1, 0, NEVER),
        &["bob"],
        IndexError::ZeroAmount,
    );
    refused(
        &mut pool,
        &open(1, 1, now - 1),
        &["bob"],
        IndexError::DeadlinePassed,
    );
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
    refused(&mut pool, &open(2, 1, NEVER), &["bob"], IndexError::Paused);
}

#[test]
fn anybody_finishes_a_full_basket_and_it_closes() {
    let mut pool = with_basket();
    let amounts = deposits(&mut pool, 0);
    for (slot, amount) in &amounts {
        // Twice the half: a doubled deposit adds up.
        for part in [amount / 2, amount - amount / 2] {
            let deposit = deposit_ix(&mut pool, vec![(*slot, part)]);
            let IndexEvent::BasketDeposited(event) = done(&mut pool, &deposit, &["bob"]) else {
                panic!("another event")
            };
            assert_eq!((event.place, event.amount), (u64::from(*slot), part));
        }
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

    let zero = deposit_ix(&mut pool, vec![(0, 0)]);
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
    let good = deposit_ix(&mut pool, vec![missing]);
    done(&mut pool, &good, &["bob"]);
    let outcome = pool.send(&finish, &["carol"]);
    outcome.succeeded();
}

#[test]
fn a_composition_that_changes_half_way_is_asked_for_as_it_is() {
    // Somebody's donation is booked between the deposits and the finish.
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
    done(&mut pool, &more, &["bob"]);
    pool.send(&finish, &["carol"]).succeeded();
    pool.check_books();
}

#[test]
fn a_constituent_added_half_way_waits_until_it_holds_something() {
    let mut pool = basket(0);
    pool.add_person("p2", |_| {});
    let add = ix::add_personal(&pool.index(), &pool.payer(), &token_of("p2"));
    done(&mut pool, &add, &["curator"]);
    // What a basket holds of a slot keeps it from being removed.
    let deposit = deposit_ix(&mut pool, vec![(3, 5)]);
    done(&mut pool, &deposit, &["bob"]);
    let remove = ix::remove_constituent(&pool.index(), 3);
    refused(
        &mut pool,
        &remove,
        &["curator"],
        IndexError::ConstituentInUse,
    );
    let finish = finish_ix(&mut pool, "carol", SHARES);
    done(&mut pool, &finish, &["carol"]);
    let withdraw = withdraw_ix(&mut pool, &[3]);
    done(&mut pool, &withdraw, &[]);
    done(&mut pool, &remove, &["curator"]);
}

#[test]
fn a_stale_basket_is_not_finished_until_harvested() {
    let mut pool = basket(0);
    pool.world.pass(3_601);
    let finish = finish_ix(&mut pool, "carol", SHARES);
    refused(&mut pool, &finish, &["carol"], IndexError::NotHarvested);
    pool.harvest_all();
    pool.send(&finish, &["carol"]).succeeded();
}

#[test]
fn a_redemption_waits_in_a_basket_that_owes_it() {
    let mut pool = payout();
    let data = pool.basket("bob", 0).data;
    let index = pool.index().data;
    assert_eq!(data.kind(), Ok(BasketKind::Payout));
    for slot in 0..=CASH_SLOT {
        let pending = index.constituents[usize::from(slot)].pending;
        assert!(pending > 0);
        assert_eq!(data.amount(slot), Ok(pending));
    }
    let cancel = ix::cancel_basket(&pool.index, &key("bob"), 0, &key("bob"));
    refused(&mut pool, &cancel, &["bob"], IndexError::WrongBasketKind);
    let none = withdraw_ix(&mut pool, &[]);
    refused(&mut pool, &none, &[], IndexError::LengthMismatch);
    // The same slot twice finds nothing the second time.
    let twice = withdraw_ix(&mut pool, &[1, 1]);
    refused(&mut pool, &twice, &[], IndexError::BasketEmpty);
    let mut foreign = withdraw_ix(&mut pool, &[1]);
    foreign.accounts[4].pubkey = upside_sdk::address::find_holder(&token_of("p1"), &key("carol")).0;
    refused(&mut pool, &foreign, &[], IndexError::WrongHolder);
}

/// Freezes or thaws a token account as the mint's authority could.
fn set_frozen(pool: &mut PoolWorld, account: upside_sdk::Pubkey, frozen: bool) {
    let mut bytes = pool.world.engine.account(&account).unwrap();
    bytes.data[108] = 1 + u8::from(frozen);
    pool.world.engine.set_account(account, bytes);
}

#[test]
fn one_frozen_constituent_keeps_nobody_from_the_rest() {
    let mut pool = payout();
    let custody = pool.index().data.constituents[2].custody;
    set_frozen(&mut pool, custody, true);
    let everything = withdraw_ix(&mut pool, &[0, 1, CASH_SLOT]);
    pool.send(&everything, &[]).named_failure("frozen cash");
    let rest = withdraw_ix(&mut pool, &[0, 1]);
    pool.send(&rest, &[]).succeeded();
    let cash = withdraw_ix(&mut pool, &[CASH_SLOT]);
    pool.send(&cash, &[]).named_failure("frozen cash");
    set_frozen(&mut pool, custody, false);
    pool.world.pass(400 * DAY);
    let had = pool.cash("bob");
    let IndexEvent::BasketWithdrawn(event) = done(&mut pool, &cash, &[]) else {
        panic!("another event")
    };
    assert_eq!(pool.cash("bob") - had, event.amount);
}

#[test]
fn one_closed_token_keeps_nobody_from_the_rest() {
    // The index is a venue of a closed token until its owner ends that.
    let mut pool = PoolWorld::seeding(upside_tests::engine::Engine::lite(), 1, |_| {});
    pool.add_person("closed", |args| args.transfer_policy = 2);
    let (token, payer, index) = (token_of("closed"), pool.payer(), pool.index);
    let open = token_ix::open_holder(&token, &payer, &key("closed"), &index);
    pool.send(&open, &["closed"]).succeeded();
    let add = ix::add_personal(&pool.index(), &payer, &token);
    refused(&mut pool, &add, &["curator"], IndexError::NotTransferable);
    let venue = |pool: &mut PoolWorld, on| pool.mark_venue("closed", &index, on);
    venue(&mut pool, true);
    pool.add_everybody();
    for slot in 0..=CASH_SLOT {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.launch(100 * INDEX_ONE);
    venue(&mut pool, false);
    pool.harvest_all();
    // What it holds it gives out all the same: the exit stays open.
    let redeem = pool.redeem_ix("curator", INDEX_ONE);
    pool.send(&redeem, &["curator"]).succeeded();
    let args = pool.redeem_args(INDEX_ONE);
    let owed = ix::redeem_to_basket(&pool.index(), &key("curator"), 0, args);
    let IndexEvent::SharesRedeemed(event) = done(&mut pool, &owed, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.basket, pool.basket("curator", 0).key);
    let withdraw = |pool: &mut PoolWorld, slots: Vec<u8>| {
        let wallet = key("curator");
        let withdraw = ix::withdraw_basket(&pool.index(), &wallet, 0, slots).unwrap();
        pool.send(&withdraw, &[])
    };
    withdraw(&mut pool, vec![0, CASH_SLOT]).succeeded();
    let has = pool.has("closed", "curator");
    withdraw(&mut pool, vec![1]).succeeded();
    assert!(pool.has("closed", "curator") > has);
    pool.check_books();
}
