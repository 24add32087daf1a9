//! Polls: which changes are possible, and that each does exactly what it says.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError, instruction as ix,
        state::{Change, TokenStatus},
    },
    upside_tests::{
        cases::with_voters,
        people::person,
        terms::{equity_terms, revenue_terms},
        world::{DAY, ONE, START, World},
    },
};

const TAX: Change = Change::CashOutTax(2_000);

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn revenue(claim: u64, share_bps: u16, total: u64, ends_at: i64) -> Change {
    Change::RevenueTerms {
        claim,
        share_bps,
        total,
        ends_at,
    }
}

#[test]
fn impossible_changes_are_refused() {
    let mut world = with_voters();
    let claim = world.declare(revenue_terms(world.quote));
    let paper = world.declare(equity_terms());
    world.pay_more(claim, 1_000 * ONE);
    let end = START + 3_650 * DAY;
    for (change, error) in [
        (Change::CashOutTax(999), TokenError::PollNotNeeded),
        (Change::CashOutTax(1_000), TokenError::NothingToChange),
        (Change::CashOutTax(5_001), TokenError::InvalidTerms),
        (Change::Royalty(0), TokenError::NothingToChange),
        (Change::Royalty(5_001), TokenError::InvalidTerms),
        (Change::ReserveShare(10_001), TokenError::InvalidTerms),
        (Change::Drip(30 * 86_400 + 1), TokenError::InvalidTerms),
        (Change::Drip(86_399), TokenError::InvalidTerms),
        (Change::Threshold(5_000), TokenError::InvalidTerms),
        (Change::Threshold(10_001), TokenError::InvalidTerms),
        (Change::Notice(86_399), TokenError::InvalidTerms),
        (
            Change::Inactivity(90 * 86_400 - 1),
            TokenError::InvalidTerms,
        ),
        (Change::SupplyCap(0), TokenError::PollNotNeeded),
        (Change::Room(10_001), TokenError::InvalidTerms),
        (Change::Floor(0), TokenError::PollNotNeeded),
        (Change::LossLimit(0), TokenError::NothingToChange),
        (
            revenue(claim, 1_000, 1_000_000 * ONE, end),
            TokenError::NothingToChange,
        ),
        (
            revenue(claim, 0, 9_000 * ONE, end),
            TokenError::InvalidClaim,
        ),
        (
            revenue(claim, 10_001, 9_000 * ONE, end),
            TokenError::InvalidClaim,
        ),
        (
            revenue(claim, 500, 1_000 * ONE, end),
            TokenError::InvalidClaim,
        ),
        (
            revenue(claim, 500, 9_000 * ONE, START),
            TokenError::InvalidClaim,
        ),
        (
            revenue(paper, 500, 9_000 * ONE, end),
            TokenError::WrongClaimKind,
        ),
    ] {
        let refused = world.ask(change);
        assert!(refused.error.is_some(), "{change:?}");
        refused.refused(error);
    }
    let (token, payer, founder) = (world.token(), world.payer.pubkey(), person("founder"));
    // Another claim than the one it is about, one where it is about none, none where
    // it is about one.
    let about = |change| ix::put_poll(&token, &payer, &key("founder"), change, [0; 32]);
    let mut other = about(revenue(claim, 500, 9_000 * ONE, end));
    other.accounts[5].pubkey = world.claim(paper).key;
    let mut more = about(TAX);
    more.accounts[5].pubkey = world.claim(paper).key;
    let mut none = about(revenue(claim, 500, 9_000 * ONE, end));
    none.accounts[5] = about(TAX).accounts[5].clone();
    for call in [other, more, none] {
        let refused = world.send(&call, &[&founder]);
        refused.refused(TokenError::ClaimRequired);
    }
    assert_eq!(world.token().data.poll_seq, 0);
}

#[test]
fn what_has_become_impossible_is_not_applied() {
    let mut world = with_voters();
    // A revenue claim is paid beyond the new total meanwhile.
    let claim = world.declare(revenue_terms(world.quote));
    world
        .ask(revenue(claim, 500, 2_000 * ONE, START + 90 * DAY))
        .ok();
    world.approve("bob").ok();
    world.approve("carol").ok();
    world.pay_more(claim, 2_000 * ONE);
    world.pass(8 * DAY);
    world.apply("carol").refused(TokenError::InvalidClaim);
}

#[test]
fn every_change_changes_what_it_says_and_nothing_else() {
    let mut world = World::with(|args| args.terms.poll_threshold_bps = 6_000);
    world.issue("bob", 60 * ONE);
    world.issue("carol", 40 * ONE);
    let changes = [
        Change::SupplyCap(20_000_000 * ONE),
        Change::SupplyCap(u64::MAX),
        Change::Room(4_000),
        Change::LossLimit(77),
        Change::CashOutTax(5_000),
        Change::Royalty(5_000),
        Change::ReserveShare(10_000),
        Change::Drip(86_400),
        Change::Threshold(5_001),
        Change::Notice(2 * 86_400),
        Change::Inactivity(90 * 86_400),
    ];
    for change in changes {
        let mut expected = world.token().data.terms.args();
        match change {
            Change::SupplyCap(cap) => expected.supply_cap = cap,
            Change::Room(bps) => expected.room_bps = bps,
            Change::LossLimit(atoms) => expected.loss_limit = atoms,
            Change::CashOutTax(bps) => expected.cash_out_tax_bps = bps,
            Change::Royalty(bps) => expected.royalty_bps = bps,
            Change::ReserveShare(bps) => expected.reserve_bps = bps,
            Change::Drip(seconds) => expected.drip_seconds = seconds,
            Change::Threshold(bps) => expected.poll_threshold_bps = bps,
            Change::Notice(seconds) => expected.notice_seconds = seconds,
            Change::Inactivity(seconds) => expected.inactivity_seconds = seconds,
            _ => unreachable!(),
        }
        world.change_terms(change, &["bob"]);
        assert_eq!(world.token().data.terms.args(), expected, "{change:?}");
    }
    assert_eq!(world.token().data.status(), Ok(TokenStatus::Active));

    let claim = world.declare(revenue_terms(world.quote));
    let before = world.claim(claim).data;
    let end = world.now() + 500 * DAY;
    world.change_terms(revenue(claim, 800, 5_000 * ONE, end), &["bob"]);
    let after = world.claim(claim).data;
    assert_eq!(
        (after.share_bps, after.total, after.ends_at),
        (800, 5_000 * ONE, end)
    );
    assert_eq!(
        (after.received, after.payer),
        (before.received, before.payer)
    );
    let number = world.token().data.poll_seq - 1;
    let record = world.poll(number).data;
    assert_eq!(
        (record.before.value, record.before.share_bps),
        (before.total, 1_000)
    );
}

#[test]
fn nothing_that_streams_is_lost_when_the_drip_changes() {
    for drip in [86_400, 2 * 86_400, 30 * 86_400] {
        let mut world = with_voters();
        world.ask(Change::Drip(drip)).ok();
        world.approve("bob").ok();
        world.approve("carol").ok();
        world.pass(8 * DAY);
        // 800 stream over seven days; it changes half way.
        world.pay_revenue(1_000 * ONE);
        world.pass(7 * DAY / 2);
        world.apply("carol").ok();
        let (token, bob) = (world.token().data, world.holder("bob").data);
        let (collectable, left) = token.dividend(&bob, 0, world.now()).unwrap();
        assert!(
            (120 * ONE - 1..=120 * ONE).contains(&collectable.0),
            "{collectable:?}"
        );
        assert_eq!(left.0, 400 * ONE);
        world.pass(7 * DAY / 2);
        let quote = world.quote;
        let mut paid = 0;
        for name in ["founder", "bob", "carol"] {
            let before = world.cash(name);
            let claim = ix::collect_dividend(&world.token(), &key(name), &quote).unwrap();
            world.send(&claim, &[&person(name)]).ok();
            paid += world.cash(name) - before;
        }
        // All but what rounds down: less than an atom for each of them.
        assert!((800 * ONE - 3..=800 * ONE).contains(&paid), "{paid}");
    }
}
