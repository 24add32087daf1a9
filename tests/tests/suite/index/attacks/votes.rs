//! Coalitions of a curator, friends, and borrowed shares against what holders say.

use {
    super::*,
    upside_sdk::index::instruction::share_account,
    upside_tests::{cases::index::locked, votes::highest_fees},
};

/// Carol's lock is nearly a fifth of all, and counts against an announcement.
fn nearly() -> (PoolWorld, u64) {
    let mut pool = locked();
    let half = pool.lock("carol").data.shares * 33 / 100;
    pool.unlock_shares("carol", half);
    let nonce = pool.announce_fees();
    pool.veto("carol", nonce);
    let place = pool.place(nonce);
    let needs = pool.index().data.veto_needs(&place).unwrap();
    assert!(place.against < needs && place.against * 6 > needs * 5);
    (pool, nonce)
}

/// Shares that appear for the length of a transaction hold no veto up: everybody counts it
/// again.
#[test]
fn a_flash_of_shares_delays_no_veto() {
    let mut pool = locked();
    let nonce = pool.announce_fees();
    let veto = ix::veto(&pool.index(), &key("carol"), nonce);
    // The curator's own shares flood the index in the transaction of the veto.
    let flood = pool.contribute_ix("curator", 4_000 * INDEX_ONE);
    let ebb = pool.redeem_ix("curator", 3_900 * INDEX_ONE);
    pool.send_all(&[flood, veto, ebb], &["curator", "carol"])
        .succeeded();
    assert!(pool.index().data.announcement(nonce).is_ok());
    pool.world.pass(1);
    let count = ix::count_veto(&pool.index(), nonce);
    pool.send(&count, &[]).succeeded();
    assert!(pool.index().data.announcement(nonce).is_err());
    // At the latest when it is applied: flooded or not, what fell has fallen.
    let announcement = pool.announcement(nonce);
    pool.world.pass(7 * DAY);
    let flood = pool.contribute_ix("curator", 4_000 * INDEX_ONE);
    let apply = ix::apply_announcement(&pool.index(), &announcement);
    pool.send_all(&[flood, apply], &["curator"])
        .refused(IndexError::NotAnnounced);
}

/// Nor does what is redeemed for the length of a transaction make a fifth of less.
#[test]
fn borrowed_shares_redeemed_and_bought_back_veto_nothing() {
    let (mut pool, nonce) = nearly();
    let announcement = pool.announcement(nonce);
    let shares = pool.shares("curator");
    let ebb = pool.redeem_ix("curator", shares / 2);
    let count = ix::count_veto(&pool.index(), nonce);
    let flood = pool.contribute_ix("curator", shares / 2);
    pool.send_all(&[ebb.clone(), count.clone(), flood.clone()], &["curator"])
        .refused(IndexError::NotVetoed);
    // Whoever really leaves does.
    pool.send(&ebb, &["curator"]).succeeded();
    pool.world.pass(1);
    pool.send(&count, &[]).succeeded();
    pool.send(&flood, &["curator"]).succeeded();
    let apply = ix::apply_announcement(&pool.index(), &announcement);
    pool.world.pass(7 * DAY);
    pool.send(&apply, &[]).refused(IndexError::NotAnnounced);
}

/// A minority with borrowed shares is no majority.
#[test]
fn borrowed_shares_redeemed_and_bought_back_make_nobody_curator() {
    let mut pool = locked();
    pool.stand("dave");
    pool.back("carol", "dave");
    let shares = pool.shares("curator");
    let ebb = pool.redeem_ix("curator", shares - INDEX_ONE);
    let take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    let flood = pool.contribute_ix("curator", shares - INDEX_ONE);
    pool.send_all(&[ebb.clone(), take.clone(), flood], &["curator", "dave"])
        .refused(IndexError::NoMajority);
    // Burning them is for good: from the next second on carol is the majority.
    pool.send(&ebb, &["curator"]).succeeded();
    pool.world.pass(1);
    pool.send(&take, &["dave"]).succeeded();
}

/// Lock, veto, unlock, and lock from another wallet: it counts once, and only old locks do.
#[test]
fn shares_that_wander_count_once() {
    let (mut pool, nonce) = nearly();
    let has = pool.lock("carol").data.shares;
    let index = pool.index();
    let unlock = ix::unlock_shares(&index, &pool.lock("carol"), has);
    let account = |name| share_account(&index.data, &key(name));
    let send = send_shares(account("carol"), account("bob"), "carol", has);
    let lock = ix::lock_shares(&index, &pool.payer(), &key("bob"), has);
    let veto = ix::veto(&index, &key("bob"), nonce);
    pool.send_all(
        &[unlock.clone(), send.clone(), lock.clone(), veto.clone()],
        &["carol", "bob"],
    )
    .refused(IndexError::LockTooYoung);
    // Bob's own lock was old; with what came it is young, and what it counted is less.
    pool.veto("bob", nonce);
    let own = pool.lock("bob").data.shares;
    pool.send_all(&[unlock, send, lock], &["carol", "bob"])
        .succeeded();
    assert_eq!(pool.place(nonce).against, own);
    pool.send(&veto, &["bob"]).refused(IndexError::LockTooYoung);
}

/// A changed byte is another content: it needs the fifth again, never more.
#[test]
fn a_changed_byte_makes_no_veto_harder() {
    let mut pool = locked();
    for exit_fee_bps in [100, 99, 98, 97] {
        let fees = ParametersInput {
            exit_fee_bps,
            ..highest_fees()
        };
        let nonce = pool.announce(&[Action::SetFees(fees)]);
        assert_eq!(pool.place(nonce).vetoes, 0);
        pool.veto("carol", nonce);
        assert!(pool.index().data.announcement(nonce).is_err());
    }
}

/// Taking an announcement back when the veto is due does not make it forgotten.
#[test]
fn a_curator_does_not_slip_away_from_a_veto() {
    let (mut pool, nonce) = nearly();
    pool.redeem("curator", 300 * INDEX_ONE);
    pool.world.pass(1);
    let announcement = pool.announcement(nonce);
    let cancel = ix::cancel_announcement(&pool.index(), &announcement, &key("curator"));
    pool.send(&cancel, &["curator"]).succeeded();
    let again = pool.announce_fees();
    assert_eq!(pool.place(again).vetoes, 1);
    // And what is due to fall is not applied.
    let (mut pool, nonce) = nearly();
    pool.world.pass(7 * DAY);
    pool.redeem("curator", 300 * INDEX_ONE);
    pool.world.pass(1);
    let apply = ix::apply_announcement(&pool.index(), &pool.announcement(nonce));
    pool.send(&apply, &[]).refused(IndexError::Vetoed);
}

/// Neither a pause nor the end nor a new curator keeps locked shares.
#[test]
fn locked_shares_are_redeemed_in_one_transaction_whatever_happens() {
    let mut pool = locked();
    pool.stand("dave");
    pool.back("carol", "dave");
    let close = ix::close_candidacy(&pool.candidacy("dave"));
    pool.send(&close, &["dave"]).succeeded();
    let pause = ix::pause(&pool.index(), &key("guardian"));
    pool.send(&pause, &["guardian"]).succeeded();
    let resign = ix::resign_curator(&pool.index());
    pool.send(&resign, &["curator"]).succeeded();
    let has = pool.lock("carol").data.shares;
    let unlock = ix::unlock_shares(&pool.index(), &pool.lock("carol"), has);
    let redeem = pool.redeem_ix("carol", has);
    pool.send_all(&[unlock, redeem], &["carol"]).succeeded();
    pool.check_books();
}

/// A mint that is listed by its key is no other one that took its slot.
#[test]
fn an_announced_coin_is_the_mint_that_was_named() {
    let mut pool = PoolWorld::new(1);
    pool.add_empty_mint(&key("first"));
    let slot = pool.index().data.slot_of(&key("first")).unwrap();
    let mint = key("first");
    let nonce = pool.announce(&[Action::ListCoin { mint }]);
    let remove = ix::remove_constituent(&pool.index(), slot);
    pool.send(&remove, &["curator"])
        .refused(IndexError::StillACoin);
    pool.world.pass(7 * DAY);
    pool.apply(nonce);
    assert_eq!(pool.index().data.slot_of(&mint), Ok(slot));
}
