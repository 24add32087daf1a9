//! A curator who wishes holders ill, or is not there any more.

use super::*;

fn propose(pool: &mut PoolWorld, weights: Vec<(u8, u64)>) {
    let propose = ix::propose_weights(&pool.index(), weights);
    pool.send(&propose, &["curator"]).succeeded();
}

/// Everything of one person against shares of another, at next to nothing.
fn bad_price() -> AuctionTerms {
    AuctionTerms {
        sell_slot: 1,
        buy_slot: 0,
        sell_atoms: seeded(1) / 2,
        start_price: 1 << 32,
        end_price: 1 << 32,
        starts_in: 7 * DAY as u32,
        duration: 86_400,
    }
}

#[test]
fn weights_to_one_asset_and_a_bad_price_let_everybody_leave_before_the_first_bid() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    pool.contribute("carol", 100 * INDEX_ONE);
    let paid = quote::redemption(&pool.pool(), 100 * INDEX_ONE)
        .unwrap()
        .amounts;
    propose(&mut pool, vec![(0, u64::from(u32::MAX)), (1, 0), (2, 0)]);
    let payer = pool.payer();
    // Neither at once nor with a short notice.
    let open = ix::open_auction(&pool.index(), &payer, bad_price());
    pool.send(&open, &["curator"])
        .refused(IndexError::BeyondTarget);
    let apply = ix::apply_weights(&pool.index(), &key("curator"));
    pool.send(&apply, &["curator"])
        .refused(IndexError::NoticePending);
    pool.world.pass(7 * DAY);
    pool.send(&apply, &["curator"]).succeeded();
    let hasty = AuctionTerms {
        starts_in: 7 * DAY as u32 - 1,
        ..bad_price()
    };
    let open = ix::open_auction(&pool.index(), &payer, hasty);
    pool.send(&open, &["curator"])
        .refused(IndexError::InvalidAuction);
    let open = ix::open_auction(&pool.index(), &payer, bad_price());
    pool.send(&open, &["curator"]).succeeded();
    pool.world.pass(7 * DAY - 1);
    let args = BidArgs {
        sell_atoms: seeded(1) / 4,
        most: u64::MAX,
        deadline: NEVER,
    };
    let (index, auction) = (pool.index(), pool.auction(0));
    let bid = ix::bid(&index, &auction, &key("curator"), args).unwrap();
    pool.send(&bid, &["curator"])
        .refused(IndexError::AuctionNotOpen);
    // Two notice periods long everybody could leave with what is theirs.
    assert_eq!(
        quote::redemption(&pool.pool(), 100 * INDEX_ONE)
            .unwrap()
            .amounts,
        paid
    );
    leave(&mut pool, "bob");
    pool.world.pass(1);
    pool.send(&bid, &["curator"]).succeeded();
    let had = wealth(&mut pool, &key("bob"));
    assert!(
        had.values()
            .zip([HAS, HAS, 1_000_000 * ONE])
            .all(|(has, had)| had - has <= 1)
    );
    pool.check_books();
}

#[test]
fn a_bid_moves_no_constituent_beyond_its_target() {
    let mut pool = free();
    // Slot 1 may fall to half, slot 0 may rise by a tenth.
    let per_share = |atoms: u64| atoms / 1_000;
    let weights = vec![
        (0, per_share(seeded(0) / 10 * 11)),
        (1, per_share(seeded(1) / 2)),
    ];
    propose(&mut pool, weights);
    pool.world.pass(7 * DAY);
    let apply = ix::apply_weights(&pool.index(), &key("bob"));
    pool.send(&apply, &["bob"]).succeeded();
    let fair = AuctionTerms {
        start_price: 1 << 64,
        end_price: 1 << 64,
        ..bad_price()
    };
    let open = ix::open_auction(&pool.index(), &pool.payer(), fair);
    pool.send(&open, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    let (index, auction) = (pool.index(), pool.auction(0));
    let bid = |sell_atoms| {
        let args = BidArgs {
            sell_atoms,
            most: u64::MAX,
            deadline: NEVER,
        };
        ix::bid(&index, &auction, &key("bob"), args).unwrap()
    };
    pool.send(&bid(seeded(0) / 10 + 1), &["bob"])
        .refused(IndexError::BeyondTarget);
    // Twice in one slot is paid for twice, and never more than the target takes.
    let half = bid(seeded(0) / 20);
    pool.send_all(&[half.clone(), half.clone()], &["bob"])
        .succeeded();
    pool.send(&half, &["bob"]).refused(IndexError::BeyondTarget);
    assert_eq!(pool.has("p0", "bob"), HAS - seeded(0) / 10);
    assert_eq!(pool.has("p1", "bob"), HAS + seeded(0) / 10);
    pool.check_books();
}

#[test]
fn raised_fees_wait_for_those_who_leave() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    let worst = ParametersArgs {
        management_fee_bps: 500,
        entry_fee_bps: 300,
        exit_fee_bps: 100,
        max_harvest_age: 60,
    };
    let propose = ix::propose_parameters(&pool.index(), worst);
    pool.send(&propose, &["curator"]).succeeded();
    let apply = ix::apply_parameters(&pool.index());
    pool.world.pass(7 * DAY - 1);
    pool.send(&apply, &[]).refused(IndexError::NoticePending);
    leave(&mut pool, "bob");
    let has = wealth(&mut pool, &key("bob"));
    assert!(
        has.values()
            .zip([HAS, HAS, 1_000_000 * ONE])
            .all(|(has, had)| had - has <= 1)
    );
    pool.world.pass(1);
    pool.send(&apply, &[]).succeeded();
    // The new rate is for the time after, not for the notice period.
    assert_eq!(pool.index().data.pending_fee_shares, 0);
    let beyond = ParametersArgs {
        exit_fee_bps: 101,
        ..worst
    };
    let propose = ix::propose_parameters(&pool.index(), beyond);
    pool.send(&propose, &["curator"])
        .refused(IndexError::InvalidParameters);
}

#[test]
fn a_pause_closes_no_exit() {
    let mut pool = PoolWorld::new(2);
    pool.join("p0");
    pool.harvest_all();
    pool.contribute("bob", 100 * INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, NEVER);
    let deposit = ix::deposit(&index, &bob, 1, vec![(0, ONE)]).unwrap();
    pool.send_all(&[open, deposit.clone()], &["bob"])
        .succeeded();
    pool.pay_revenue("p1", 10_000 * ONE);
    let pause = ix::pause(&index, &key("guardian"));
    pool.send(&pause, &["guardian"]).succeeded();
    pool.world.pass(30 * DAY);

    let contribute = pool.contribute_ix("carol", ONE);
    pool.send(&contribute, &["carol"])
        .refused(IndexError::Paused);
    pool.send(&deposit, &["bob"]).refused(IndexError::Paused);
    let finish = ix::finish_basket(&index, &bob, 1, &bob, 1);
    pool.send(&finish, &["bob"]).refused(IndexError::Paused);

    pool.harvest_all();
    let claim = ix::claim_equal_share(&index, &pool.membership("p0"), 2).unwrap();
    pool.send(&claim, &[]).succeeded();
    let leave_membership = ix::leave_membership(&pool.membership("p0"));
    pool.send(&leave_membership, &["p0"]).succeeded();
    let collect = ix::collect_fees(&index);
    pool.send(&collect, &[]).succeeded();
    pool.redeem("bob", INDEX_ONE);
    let args = pool.redeem_args(INDEX_ONE);
    let to_basket = ix::redeem_to_basket(&index, &bob, 2, args);
    pool.send(&to_basket, &["bob"]).succeeded();
    let cancel = ix::cancel_basket(&index.key, &bob, 1, &bob);
    let first = ix::withdraw_basket(&index, &bob, 1, vec![0]).unwrap();
    let second = ix::withdraw_basket(&index, &bob, 2, vec![0, 1, 2]).unwrap();
    pool.send_all(&[cancel, first, second], &["bob"])
        .succeeded();
    // Only the curator opens it again.
    let mut unpause = ix::unpause(&index);
    for account in &mut unpause.accounts {
        if account.is_signer {
            account.pubkey = key("guardian");
        }
    }
    pool.send(&unpause, &["guardian"])
        .refused(IndexError::NotCurator);
    pool.check_books();
}

#[test]
fn without_a_curator_everything_is_redeemed_and_harvested_for_good() {
    let mut pool = PoolWorld::new(2);
    pool.contribute("bob", 100 * INDEX_ONE);
    pool.pay_revenue("p1", 10_000 * ONE);
    // A curator who merely vanishes is not needed for any exit.
    pool.world.pass(2 * 365 * DAY);
    pool.harvest_all();
    pool.redeem("bob", 10 * INDEX_ONE);
    // One who resigns ends the index, without an exit fee and without a yearly one.
    let resign = ix::resign_curator(&pool.index());
    pool.send(&resign, &["curator"]).succeeded();
    let index = pool.index().data;
    assert_eq!(index.status().unwrap(), Status::WindDown);
    assert_eq!(index.curator, Pubkey::default());
    pool.world.pass(365 * DAY);
    pool.harvest_all();
    let quoted = quote::redemption(&pool.pool(), 10 * INDEX_ONE).unwrap();
    assert_eq!(quoted.fee, 0);
    leave(&mut pool, "bob");
    assert_eq!(
        pool.index().data.pending_fee_shares,
        index.pending_fee_shares
    );
    let again = ix::pause(&pool.index(), &key("curator"));
    pool.send(&again, &["curator"])
        .refused(IndexError::NotGuardian);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    pool.send(&contribute, &["bob"])
        .refused(IndexError::NotActive);
    pool.check_books();
}
