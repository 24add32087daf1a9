//! What is announced, and holders' say in it.

use {
    super::{Attack, free, join_in, key, landed, refused, trades},
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::TOKEN_2022_PROGRAM,
        index::{Action, Role, Side, find_announcement, instruction as ix, quote},
    },
    upside_tests::{
        pool::{INDEX_ONE, PoolWorld},
        votes::highest_fees,
        world::{DAY, ONE},
    },
};

/// Locks all index shares of somebody.
pub fn lock_all(pool: &mut PoolWorld, who: &str) {
    let shares = pool.shares(who);
    pool.lock_shares(who, shares);
}

/// A lock votes for an announcement.
pub fn support(pool: &mut PoolWorld, who: &str, nonce: u64) {
    let support = ix::support(&pool.index(), &key(who), nonce);
    pool.send(&support, &[who]).succeeded();
}

fn apply(pool: &mut PoolWorld, nonce: u64) -> Instruction {
    let it = pool.announcement(nonce);
    ix::apply_announcement(&pool.index(), &it)
}

fn notice(pool: &mut PoolWorld) -> i64 {
    i64::from(pool.index().data.terms.notice_seconds)
}

/// M9. An old announcement raises no fee in front of a contribution: it has lapsed, the
/// contributor names the least shares, and a basket has the fee of its opening.
#[test]
fn an_old_announcement_raises_no_fee_in_front_of_a_contribution() {
    let mut pool = free(1);
    let nonce = pool.announce_fees();
    let quoted = quote::contribution(&pool.pool(), 1_000 * INDEX_ONE).unwrap();
    assert_eq!(quoted.minted, 1_000 * INDEX_ONE);
    let notice = notice(&mut pool);
    pool.world.pass(notice);
    let (index, bob) = (pool.index(), key("bob"));
    let deadline = pool.world.now() + DAY;
    let open = ix::open_basket(&index.key, &bob, 1, 1_000 * INDEX_ONE, deadline);
    let more = quoted
        .amounts
        .iter()
        .map(|(slot, atoms)| (*slot, *atoms + ONE));
    let deposit = ix::deposit(&index, &bob, 1, more.collect()).unwrap();
    pool.send_all(&[open, deposit], &["bob"]).succeeded();
    let mut attack = Attack::by(&["curator"], "raise a fee in front of a contribution");
    let made = apply(&mut pool, nonce);
    let mut late = pool.fork();
    late.world.pass(15 * DAY);
    let got = attack.send(
        &mut late,
        "applied when it has lapsed",
        std::slice::from_ref(&made),
    );
    refused(got, "AnnouncementExpired");
    let finish = ix::finish_basket(&index, &bob, 1, &key("curator"), 1_000 * INDEX_ONE);
    let got = attack.send(
        &mut pool,
        "applied in front of another's basket",
        &[made, finish],
    );
    landed(got);
    assert_eq!(
        pool.shares("bob"),
        1_000 * INDEX_ONE,
        "the fee of the opening"
    );
    // Who names the least that must arrive is not served at another price.
    let mut bounded = pool.contribute_ix("carol", 1_000 * INDEX_ONE);
    bounded.data[16..24].copy_from_slice(&(1_000 * INDEX_ONE).to_le_bytes());
    pool.send(&bounded, &["carol"])
        .refused(upside_sdk::index::IndexError::Slippage);
}

/// Nothing is announced and applied at once, by whomever.
#[test]
fn nothing_is_applied_before_its_notice() {
    let mut pool = free(1);
    let mut attack = Attack::by(
        &["curator", "mallory"],
        "apply what was announced a moment ago",
    );
    for actions in [
        [Action::SetFees(highest_fees())],
        [Action::SetRole {
            role: Role::PendingCurator,
            key: key("mallory"),
        }],
    ] {
        let mut pool = pool.fork();
        let nonce = pool.announce(&actions);
        let made = apply(&mut pool, nonce);
        let got = attack.send(&mut pool, "at once", std::slice::from_ref(&made));
        refused(got, "NoticePending");
        let notice = notice(&mut pool);
        pool.world.pass(notice - 1);
        let got = attack.send(&mut pool, "a second early", std::slice::from_ref(&made));
        refused(got, "NoticePending");
        let accept = ix::accept_curator(&pool.index());
        let got = attack.send(&mut pool, "accept a role that nobody gave", &[accept]);
        assert!(got.is_some());
    }
    pool.world.pass(1);
}

/// A fifth of the shares cancels for good, whoever contributes for a moment.
#[test]
fn borrowed_shares_outvote_no_veto() {
    let mut pool = free(2);
    for who in ["mallory", "sam"] {
        join_in(&mut pool, who);
        for person in ["p0", "p1"] {
            pool.issue(person, who, 90_000 * ONE);
        }
    }
    pool.contribute("carol", 400 * INDEX_ONE);
    lock_all(&mut pool, "carol");
    let nonce = pool.announce_fees();
    let third = notice(&mut pool) / 3 + 1;
    pool.world.pass(third);
    let veto = ix::veto(&pool.index(), &key("carol"), nonce);
    // Somebody comes in for a moment, so that a fifth is more.
    let contribute = pool.contribute_ix("mallory", 2_000 * INDEX_ONE);
    let mut attack = Attack::by(
        &["curator", "mallory"],
        "outvote a veto with borrowed shares",
    );
    landed(attack.send(&mut pool, "come in before the veto", &[contribute]));
    pool.send(&veto, &["carol"]).succeeded();
    let shares = pool.shares("mallory");
    let redeem = pool.redeem_ix("mallory", shares);
    landed(attack.send(&mut pool, "leave after it", &[redeem]));
    pool.world.pass(1);
    // The votes stand: counted again they are more than a fifth.
    let all = notice(&mut pool);
    pool.world.pass(all);
    let place = find_announcement(&pool.index, nonce).0;
    let there = pool.world.engine.account(&place).is_some();
    let index = pool.index().data;
    if index.announcement(nonce).is_ok() && there {
        let made = apply(&mut pool, nonce);
        let got = attack.send(&mut pool, "apply it", &[made]);
        refused(got, "Vetoed");
        let count = ix::count_veto(&pool.index(), nonce);
        pool.send(&count, &[]).succeeded();
    }
    assert!(pool.index().data.announcement(nonce).is_err());
    // For good: the curator cannot apply what is left of it.
    let it = pool.announcement(nonce);
    let made = ix::apply_announcement(&pool.index(), &it);
    refused(
        attack.send(&mut pool, "apply it later", &[made]),
        "NotAnnounced",
    );
}

/// Shares that were locked a moment ago, or come back from a lock, count nowhere.
#[test]
fn shares_of_a_moment_vote_nowhere() {
    let mut pool = free(2);
    for who in ["mallory", "sam"] {
        join_in(&mut pool, who);
        for person in ["p0", "p1"] {
            pool.issue(person, who, 90_000 * ONE);
        }
    }
    pool.contribute("bob", 100 * INDEX_ONE);
    let orders = vec![
        trades::order(&mut pool, 2, Side::Sell, 4 * ONE),
        trades::order(&mut pool, 0, Side::Buy, 10 * ONE),
    ];
    let nonce = trades::sealed(&mut pool, orders, 86_400);
    let mut attack = Attack::by(&["mallory", "sam"], "vote with shares of a moment");
    attack.withstood(&mut pool, |a, pool| {
        let contribute = pool.contribute_ix("mallory", 3_000 * INDEX_ONE);
        let index = pool.index();
        let lock = ix::lock_shares(&index, &pool.payer(), &key("mallory"), 3_000 * INDEX_ONE);
        for (what, vote) in [
            ("against", ix::veto(&index, &key("mallory"), nonce)),
            ("for", ix::support(&index, &key("mallory"), nonce)),
        ] {
            let all = [contribute.clone(), lock.clone(), vote];
            refused(a.send(pool, what, &all), "LockTooYoung");
        }
    });
    // A lock that was dust for a month counts as dust.
    pool.contribute("mallory", INDEX_ONE);
    let lock = ix::lock_shares(&pool.index(), &pool.payer(), &key("mallory"), 1);
    pool.send(&lock, &["mallory"]).succeeded();
    pool.world.pass(30 * DAY);
    let nonce = pool.announce_fees();
    let contribute = pool.contribute_ix("mallory", 3_000 * INDEX_ONE);
    let more = ix::lock_shares(
        &pool.index(),
        &pool.payer(),
        &key("mallory"),
        3_000 * INDEX_ONE,
    );
    let vote = ix::veto(&pool.index(), &key("mallory"), nonce);
    let got = attack.send(&mut pool, "top an old lock up", &[contribute, more, vote]);
    refused(got, "LockTooYoung");
}

/// One lot of shares counts once, whoever has it next.
#[test]
fn one_lot_of_shares_counts_once() {
    let mut pool = free(2);
    for who in ["mallory", "sam"] {
        join_in(&mut pool, who);
        for person in ["p0", "p1"] {
            pool.issue(person, who, 90_000 * ONE);
        }
    }
    pool.contribute("bob", 2_000 * INDEX_ONE);
    pool.contribute("mallory", 500 * INDEX_ONE);
    lock_all(&mut pool, "mallory");
    let nonce = pool.announce_fees();
    let third = notice(&mut pool) / 3 + 1;
    pool.world.pass(third);
    let veto = ix::veto(&pool.index(), &key("mallory"), nonce);
    pool.send(&veto, &["mallory"]).succeeded();
    let mut attack = Attack::by(&["mallory", "sam"], "count one lot of shares twice");
    let lock = pool.lock("mallory");
    let unlock = ix::unlock_shares(&pool.index(), &lock, lock.data.shares);
    landed(attack.send(&mut pool, "unlock it", &[unlock]));
    assert_eq!(pool.index().data.announcement(nonce).unwrap().against, 0);
    let index = pool.index();
    let [from, to] = ["mallory", "sam"].map(|who| ix::share_account(&index.data, &key(who)));
    let mut send = super::send_atoms(from, to, "mallory", lock.data.shares);
    send.program_id = TOKEN_2022_PROGRAM;
    let again = ix::lock_shares(&index, &pool.payer(), &key("sam"), lock.data.shares);
    let vote = ix::veto(&index, &key("sam"), nonce);
    let got = attack.send(&mut pool, "send, lock and vote", &[send, again, vote]);
    refused(got, "LockTooYoung");
}

/// A candidate without more than half of all shares, aged a notice, takes nothing over.
#[test]
fn a_minority_makes_nobody_curator() {
    let mut pool = free(2);
    for who in ["mallory", "sam"] {
        join_in(&mut pool, who);
        for person in ["p0", "p1"] {
            pool.issue(person, who, 90_000 * ONE);
        }
    }
    pool.contribute("mallory", 900 * INDEX_ONE);
    lock_all(&mut pool, "mallory");
    let notice = notice(&mut pool);
    pool.world.pass(notice);
    let mut attack = Attack::by(&["mallory", "sam"], "take an index over");
    let stand = ix::open_candidacy(&pool.index, &pool.payer(), &key("sam"));
    landed(attack.send(&mut pool, "stand", &[stand]));
    let lock = pool.lock("mallory");
    let back = ix::back_candidate(&lock, Some(&key("sam")));
    landed(attack.send(&mut pool, "back", &[back]));
    let it = pool.candidacy("sam");
    let over = ix::take_over(&pool.index(), &it);
    let got = attack.send(
        &mut pool,
        "with less than half",
        std::slice::from_ref(&over),
    );
    refused(got, "NoMajority");
    // With what somebody brings for a moment, and what others burn for a moment.
    let contribute = pool.contribute_ix("sam", 1_000 * INDEX_ONE);
    let redeem = pool.redeem_ix("sam", 1_000 * INDEX_ONE);
    let all = [contribute, redeem, over];
    refused(attack.send(&mut pool, "around an exit", &all), "NoMajority");
    assert_eq!(pool.index().data.curator, key("curator"));
}

/// M2. Nobody is asked to stay: a lock comes back at any time, and redeems at once.
#[test]
fn a_lock_keeps_nobody() {
    let mut pool = free(1);
    pool.contribute("bob", 100 * INDEX_ONE);
    lock_all(&mut pool, "bob");
    let mut attack = Attack::by(&["curator"], "keep what is locked");
    let pause = ix::pause(&pool.index(), &key("curator"));
    landed(attack.send(&mut pool, "pause", &[pause]));
    let lock = pool.lock("bob");
    let mut theirs = ix::unlock_shares(&pool.index(), &lock, lock.data.shares);
    let unlock = theirs.clone();
    for meta in theirs.accounts.iter_mut().filter(|it| it.is_signer) {
        meta.pubkey = key("curator");
    }
    let got = attack.send(&mut pool, "unlock another's", &[theirs]);
    refused(got, "NotLockOwner");
    let redeem = pool.redeem_ix("bob", 100 * INDEX_ONE);
    pool.send_all(&[unlock, redeem], &["bob"]).succeeded();
}
