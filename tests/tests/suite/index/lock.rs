//! Locks: what they count, where, and that they are never in the way of leaving.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        index::{Action, IndexError, find_announcement, instruction as ix},
    },
    upside_tests::{
        cases::index::{announced, backed, elected, launched, locked, wound_down},
        pool::{INDEX_ONE, PoolWorld},
        votes::highest_fees,
        world::DAY,
    },
};

fn events(
    pool: &mut PoolWorld,
    call: &solana_program::instruction::Instruction,
    by: &[&str],
) -> Vec<IndexEvent> {
    let sent = pool.send(call, by).succeeded();
    pool.check_books();
    sent.events()
}

#[test]
fn shares_are_locked_and_come_back_at_any_time() {
    let mut pool = launched();
    let had = pool.shares("curator");
    let lock = |pool: &mut PoolWorld, amount| {
        ix::lock_shares(&pool.index(), &pool.payer(), &key("curator"), amount)
    };
    let nothing = lock(&mut pool, 0);
    refused(&mut pool, &nothing, &["curator"], IndexError::ZeroAmount);
    let more = lock(&mut pool, had + 1);
    pool.send(&more, &["curator"]).named_failure("too many");
    let some = lock(&mut pool, 30 * INDEX_ONE);
    let mut theft = some.clone();
    theft.accounts[1].pubkey = key("bob");
    pool.open_shares("bob");
    pool.send(&theft, &["bob"])
        .named_failure("another's shares");
    // No other account of the index takes them.
    let mut elsewhere = some.clone();
    elsewhere.accounts[5].pubkey = some.accounts[4].pubkey;
    refused(
        &mut pool,
        &elsewhere,
        &["curator"],
        IndexError::WrongTokenAccount,
    );
    let IndexEvent::SharesLocked(event) = done(&mut pool, &some, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.amount, event.shares, event.locked),
        (30 * INDEX_ONE, 30 * INDEX_ONE, 30 * INDEX_ONE)
    );
    assert_eq!(pool.shares("curator"), had - 30 * INDEX_ONE);
    let locked = pool.lock("curator");
    let too_many = ix::unlock_shares(&pool.index(), &locked, 30 * INDEX_ONE + 1);
    refused(&mut pool, &too_many, &["curator"], IndexError::LockedLess);
    let none = ix::unlock_shares(&pool.index(), &locked, 0);
    refused(&mut pool, &none, &["curator"], IndexError::ZeroAmount);
    let all = ix::unlock_shares(&pool.index(), &locked, 30 * INDEX_ONE);
    let mut theft = all.clone();
    theft.accounts[0].pubkey = key("bob");
    refused(&mut pool, &theft, &["bob"], IndexError::NotLockOwner);
    theft.accounts[0].pubkey = key("curator");
    theft.accounts[3].pubkey =
        upside_sdk::index::instruction::share_account(&pool.index().data, &key("bob"));
    refused(
        &mut pool,
        &theft,
        &["curator"],
        IndexError::WrongTokenAccount,
    );
    // Also in the transaction that redeems them, and also when the index has ended.
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    let again = lock(&mut pool, INDEX_ONE);
    refused(&mut pool, &again, &["curator"], IndexError::NotActive);
    let redeem = pool.redeem_ix("curator", 30 * INDEX_ONE);
    pool.send_all(&[all, redeem], &["curator"]).succeeded();
    assert_eq!(pool.index().data.locked, 0);
    pool.check_books();
    assert!(pool.world.engine.account(&locked.key).is_none());
}

#[test]
fn a_fifth_cancels_for_good_and_the_same_again_needs_more() {
    let mut pool = locked();
    let nonce = pool.announce_fees();
    let veto = ix::veto(&pool.index(), &key("carol"), nonce);
    let told = events(&mut pool, &veto, &["carol"]);
    let [
        IndexEvent::VoteCounted(vote),
        IndexEvent::AnnouncementVetoed(vetoed),
    ] = told.as_slice()
    else {
        panic!("other events: {told:?}")
    };
    assert_eq!((vote.side, vote.weight, vote.support), (0, vote.against, 0));
    let supply = pool.index().data.effective_supply().unwrap();
    assert_eq!(vetoed.needed, supply.div_ceil(5));
    assert!(vetoed.against >= vetoed.needed && vetoed.against * 3 < supply);
    refused(&mut pool, &veto, &["carol"], IndexError::NotAnnounced);
    // Nobody applies it, everybody clears it away.
    pool.world.pass(7 * DAY);
    let announcement = pool.announcement(nonce);
    let apply = ix::apply_announcement(&pool.index(), &announcement);
    refused(&mut pool, &apply, &[], IndexError::NotAnnounced);
    let clear = ix::cancel_announcement(&pool.index(), &announcement, &key("bob"));
    done(&mut pool, &clear, &["bob"]);

    // The same again: more than a quarter is not enough, another content needs a fifth.
    let again = pool.announce_fees();
    assert_eq!(pool.place(again).vetoes, 1);
    pool.veto("carol", again);
    assert_eq!(pool.place(again).against, vote.weight);
    let count = ix::count_veto(&pool.index(), again);
    refused(&mut pool, &count, &[], IndexError::NotVetoed);
    let mut other = highest_fees();
    other.exit_fee_bps -= 1;
    let other = pool.announce(&[Action::SetFees(other)]);
    assert_eq!(pool.place(other).vetoes, 0);
    pool.veto("carol", other);
    let index = pool.index().data;
    assert_eq!(
        index.announcement(other).err(),
        Some(IndexError::NotAnnounced)
    );
    assert!(index.announcement(again).is_ok());
    // With a third it falls as well; then half is needed, until it is forgotten.
    pool.redeem("curator", 500 * INDEX_ONE);
    pool.world.pass(1);
    done(&mut pool, &count, &[]);
    let third = pool.announce_fees();
    assert_eq!(pool.place(third).vetoes, 2);
    let half = pool.index().data.veto_needs(&pool.place(third)).unwrap();
    assert_eq!(
        half,
        pool.index().data.counted_supply().unwrap().div_ceil(2)
    );
    pool.world.pass(180 * DAY);
    let late = pool.announce_fees();
    assert_eq!(pool.place(late).vetoes, 0);
}

#[test]
fn only_locks_of_some_age_count() {
    let mut pool = launched();
    pool.buy_and_lock("carol", 400);
    let nonce = pool.announce_fees();
    let veto = ix::veto(&pool.index(), &key("carol"), nonce);
    let support = ix::support(&pool.index(), &key("carol"), nonce);
    let third = 7 * DAY / 3;
    pool.world.pass(third - 1);
    refused(&mut pool, &veto, &["carol"], IndexError::LockTooYoung);
    pool.world.pass(1);
    let mut fork = pool.fork();
    events(&mut fork, &veto, &["carol"]);
    assert!(fork.index().data.announcement(nonce).is_err());
    // More shares make all of them young.
    pool.open_shares("carol");
    pool.contribute("carol", INDEX_ONE);
    pool.lock_shares("carol", INDEX_ONE / 2);
    refused(&mut pool, &veto, &["carol"], IndexError::LockTooYoung);
    pool.world.pass(third);
    refused(&mut pool, &support, &["carol"], IndexError::LockTooYoung);
    pool.world.pass(7 * DAY - third - 1);
    refused(&mut pool, &support, &["carol"], IndexError::LockTooYoung);
    pool.world.pass(1);
    let IndexEvent::VoteCounted(event) = done(&mut pool, &support, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.side, event.against, event.support),
        (1, 0, event.weight)
    );
    refused(&mut pool, &support, &["carol"], IndexError::VoteUnchanged);
    let mut theft = veto.clone();
    theft.accounts[0].pubkey = key("bob");
    refused(&mut pool, &theft, &["bob"], IndexError::NotLockOwner);
}

#[test]
fn what_is_unlocked_counts_nowhere() {
    let (mut pool, nonce) = announced();
    pool.veto("bob", nonce);
    let other = pool.announce_fees();
    let support = ix::support(&pool.index(), &key("bob"), other);
    pool.send(&support, &["bob"]).succeeded();
    let has = pool.lock("bob").data.shares;
    assert_eq!(
        (pool.place(nonce).against, pool.place(other).support),
        (has, has)
    );
    pool.unlock_shares("bob", has / 4);
    let left = has - has / 4;
    assert_eq!(
        (pool.place(nonce).against, pool.place(other).support),
        (left, left)
    );
    // From one side to the other it counts once.
    let turn = ix::support(&pool.index(), &key("bob"), nonce);
    pool.send(&turn, &["bob"]).succeeded();
    assert_eq!(
        (pool.place(nonce).against, pool.place(nonce).support),
        (0, left)
    );
    pool.unlock_shares("bob", left);
    assert_eq!(
        (pool.place(nonce).support, pool.place(other).support),
        (0, 0)
    );
    // Under another key they are young.
    let shares = pool.shares("bob");
    let index = pool.index();
    let account = |name| upside_sdk::index::instruction::share_account(&index.data, &key(name));
    let send = send_shares(account("bob"), account("curator"), "bob", shares);
    let lock = ix::lock_shares(&index, &pool.payer(), &key("curator"), shares);
    let veto = ix::veto(&index, &key("curator"), nonce);
    pool.send_all(&[send, lock, veto], &["bob", "curator"])
        .refused(IndexError::LockTooYoung);
}

#[test]
fn a_majority_makes_its_candidate_curator() {
    let mut pool = elected();
    let nonce = pool.announce_fees();
    let take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    let mut theft = take.clone();
    theft.accounts[0].pubkey = key("bob");
    refused(&mut pool, &theft, &["bob"], IndexError::NotCandidate);
    let told = events(&mut pool, &take, &["dave"]);
    let [
        IndexEvent::CuratorReplaced(event),
        IndexEvent::RecipientSet(fees),
    ] = told.as_slice()
    else {
        panic!("other events: {told:?}")
    };
    assert_eq!(
        (event.previous, event.curator),
        (key("curator"), key("dave"))
    );
    assert!(event.support > event.supply / 2);
    assert_eq!((fees.recipient, fees.portion_bps), (key("dave"), 10_000));
    let index = pool.index().data;
    let zero = Pubkey::default();
    assert_eq!((index.curator, index.pending_curator), (key("dave"), zero));
    assert_eq!(
        (index.launcher, index.admissions, index.guardian),
        (zero, zero, zero)
    );
    assert!(index.announcements.iter().all(|place| !place.is_open()));
    pool.world.pass(7 * DAY);
    let announcement = pool.announcement(nonce);
    let apply = ix::apply_announcement(&pool.index(), &announcement);
    refused(&mut pool, &apply, &[], IndexError::NotAnnounced);
    // The candidacy is over: shares come back past it, and it does not count again.
    let has = pool.lock("carol").data.shares;
    pool.unlock_shares("carol", has / 2);
    pool.stand("dave");
    pool.unlock_shares("carol", has - has / 2);
    assert_eq!(pool.candidacy("dave").data.support, 0);
}

#[test]
fn a_lock_backs_one_candidate() {
    let mut pool = backed();
    let has = pool.lock("carol").data.shares;
    assert_eq!(pool.candidacy("dave").data.support, has);
    let again = ix::back_candidate(&pool.lock("carol"), Some(&key("dave")));
    refused(&mut pool, &again, &["carol"], IndexError::VoteUnchanged);
    let bob = ix::back_candidate(&pool.lock("carol"), Some(&key("bob")));
    let mut theft = bob.clone();
    theft.accounts[0].pubkey = key("bob");
    refused(&mut pool, &theft, &["bob"], IndexError::NotLockOwner);
    let mut both = bob.clone();
    both.accounts[4].pubkey = upside_sdk::index::PROGRAM_ID;
    both.accounts[4].is_writable = false;
    refused(&mut pool, &both, &["carol"], IndexError::BacksAnother);
    both.accounts[4].pubkey = bob.accounts[3].pubkey;
    refused(&mut pool, &both, &["carol"], IndexError::BacksAnother);
    let IndexEvent::CandidateBacked(event) = done(&mut pool, &bob, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.candidate, event.weight, event.support),
        (key("bob"), has, has)
    );
    assert_eq!(pool.candidacy("dave").data.support, 0);
    // What is unlocked backs nobody; without the candidacy it is not unlocked.
    let unlock = ix::unlock_shares(&pool.index(), &pool.lock("carol"), has / 2);
    let mut without = unlock.clone();
    without.accounts[7].pubkey = upside_sdk::index::PROGRAM_ID;
    without.accounts[7].is_writable = false;
    refused(&mut pool, &without, &["carol"], IndexError::BacksAnother);
    done(&mut pool, &unlock, &["carol"]);
    assert_eq!(pool.candidacy("bob").data.support, has - has / 2);
    let nobody = ix::back_candidate(&pool.lock("carol"), None);
    done(&mut pool, &nobody, &["carol"]);
    assert_eq!(pool.candidacy("bob").data.support, 0);
    let nobody = ix::back_candidate(&pool.lock("carol"), None);
    refused(&mut pool, &nobody, &["carol"], IndexError::VoteUnchanged);
    // Less than half makes nobody curator.
    pool.back("carol", "bob");
    let take = ix::take_over(&pool.index(), &pool.candidacy("bob"));
    refused(&mut pool, &take, &["bob"], IndexError::NoMajority);
    let close = ix::close_candidacy(&pool.candidacy("bob"));
    let mut theft = close.clone();
    theft.accounts[0].pubkey = key("dave");
    refused(&mut pool, &theft, &["dave"], IndexError::NotCandidate);
    let IndexEvent::CandidacyClosed(event) = done(&mut pool, &close, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(event.candidate, key("bob"));
    let all = pool.lock("carol").data.shares;
    pool.unlock_shares("carol", all);
    pool.redeem("carol", all);
}

#[test]
fn candidates_are_backed_by_old_locks_of_a_running_index() {
    let mut pool = launched();
    pool.buy_and_lock("carol", 10);
    let open = ix::open_candidacy(&pool.index, &pool.payer(), &key("dave"));
    done(&mut pool, &open, &["dave"]);
    refused(&mut pool, &open, &["dave"], IndexError::AlreadyExists);
    let back = ix::back_candidate(&pool.lock("carol"), Some(&key("dave")));
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &back, &["carol"], IndexError::LockTooYoung);
    pool.world.pass(1);
    let mut fork = pool.fork();
    done(&mut fork, &back, &["carol"]);
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    refused(&mut pool, &back, &["carol"], IndexError::NotActive);
    let take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    refused(&mut pool, &take, &["dave"], IndexError::NotActive);
    let mut pool = wound_down();
    let open = ix::open_candidacy(&pool.index, &pool.payer(), &key("dave"));
    refused(&mut pool, &open, &["dave"], IndexError::NotActive);
}

#[test]
fn accounts_of_another_index_do_not_count() {
    let (mut pool, nonce) = announced();
    let other = {
        let mut fork = PoolWorld::with(1, |args| args.number = 9);
        fork.buy_and_lock("carol", 100);
        let nonce = fork.announce_fees();
        let announced = find_announcement(&fork.index, nonce).0;
        fork.stand("dave");
        let lock = fork.lock("carol").key;
        let candidacy = fork.candidacy("dave").key;
        [lock, announced, candidacy].map(|key| (key, fork.world.engine.account(&key).unwrap()))
    };
    for (key, account) in &other {
        pool.world.engine.set_account(*key, account.clone());
    }
    let [(lock, _), (announced, _), (candidacy, _)] = other;
    let mut veto = ix::veto(&pool.index(), &key("carol"), nonce);
    veto.accounts[3].pubkey = lock;
    refused(&mut pool, &veto, &["carol"], IndexError::WrongIndex);
    let mut unlock = ix::unlock_shares(&pool.index(), &pool.lock("carol"), 1);
    unlock.accounts[5].pubkey = lock;
    refused(&mut pool, &unlock, &["carol"], IndexError::WrongIndex);
    let mut back = ix::back_candidate(&pool.lock("carol"), Some(&key("dave")));
    back.accounts[3].pubkey = candidacy;
    refused(&mut pool, &back, &["carol"], IndexError::WrongIndex);
    pool.stand("dave");
    let mut take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    take.accounts[3].pubkey = candidacy;
    refused(&mut pool, &take, &["dave"], IndexError::WrongIndex);
    let announcement = pool.announcement(nonce);
    let mut cancel = ix::cancel_announcement(&pool.index(), &announcement, &key("curator"));
    cancel.accounts[3].pubkey = announced;
    refused(&mut pool, &cancel, &["curator"], IndexError::WrongIndex);
    let mut apply = ix::apply_announcement(&pool.index(), &announcement);
    apply.accounts[2].pubkey = announced;
    refused(&mut pool, &apply, &[], IndexError::WrongIndex);
}
