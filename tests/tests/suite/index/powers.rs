//! Roles, fees, coins and pauses: what the curator may, and from when on.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        index::{Action, IndexError, ParametersInput, Role, instruction as ix},
    },
    upside_tests::{
        cases::index::{CASH_SLOT, launched},
        pool::{INDEX_ONE, LAUNCHED, PoolWorld},
        votes::recipients,
        world::{DAY, ONE},
    },
};

fn announce_ix(pool: &mut PoolWorld, actions: &[Action]) -> Instruction {
    ix::announce(&pool.index(), &pool.payer(), actions.to_vec())
}

/// What several events tell of.
#[track_caller]
fn events(pool: &mut PoolWorld, call: &Instruction, by: &[&str]) -> Vec<IndexEvent> {
    let sent = pool.send(call, by).succeeded();
    pool.check_books();
    sent.events()
}

#[test]
fn a_role_is_cleared_at_once_and_given_after_the_notice() {
    let mut pool = launched();
    let clear = ix::clear_role(&pool.index(), &key("curator"), Role::Guardian);
    let mut theft = clear.clone();
    theft.accounts[0].pubkey = key("launcher");
    refused(&mut pool, &theft, &["launcher"], IndexError::NotCurator);
    let IndexEvent::RoleSet(event) = done(&mut pool, &clear, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.role, event.previous, event.key),
        (3, key("guardian"), Pubkey::default())
    );
    refused(&mut pool, &clear, &["curator"], IndexError::RoleVacant);
    let pause = ix::pause(&pool.index(), &key("guardian"));
    refused(&mut pool, &pause, &["guardian"], IndexError::NotGuardian);
    // Who has a role gives it up.
    let resign = ix::clear_role(&pool.index(), &key("launcher"), Role::Launcher);
    done(&mut pool, &resign, &["launcher"]);
    let nonce = pool.announce(&[Action::SetRole {
        role: Role::Guardian,
        key: key("carol"),
    }]);
    pool.world.pass(7 * DAY);
    pool.apply(nonce);
    let pause = ix::pause(&pool.index(), &key("carol"));
    done(&mut pool, &pause, &["carol"]);
}

#[test]
fn a_new_curator_is_announced_and_accepts() {
    let mut pool = launched();
    let set = Action::SetRole {
        role: Role::PendingCurator,
        key: key("bob"),
    };
    let nonce = pool.announce(std::slice::from_ref(&set));
    let mut accept = ix::accept_curator(&pool.index());
    accept.accounts[0].pubkey = key("bob");
    refused(&mut pool, &accept, &["bob"], IndexError::NotPendingCurator);
    pool.world.pass(7 * DAY);
    pool.apply(nonce);
    let mut theft = accept.clone();
    theft.accounts[0].pubkey = key("carol");
    refused(&mut pool, &theft, &["carol"], IndexError::NotPendingCurator);
    // It can be taken back until they accept.
    let mut fork = pool.fork();
    let clear = ix::clear_role(&fork.index(), &key("curator"), Role::PendingCurator);
    done(&mut fork, &clear, &["curator"]);
    refused(&mut fork, &accept, &["bob"], IndexError::NotPendingCurator);

    let IndexEvent::CuratorAccepted(event) = done(&mut pool, &accept, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.previous, event.curator),
        (key("curator"), key("bob"))
    );
    refused(&mut pool, &accept, &["bob"], IndexError::NotPendingCurator);
    let old = announce_ix(&mut pool, &[set]);
    let mut old_signs = old.clone();
    old_signs.accounts[1].pubkey = key("curator");
    refused(&mut pool, &old_signs, &["curator"], IndexError::NotCurator);
    events(&mut pool, &old, &["bob"]);
}

#[test]
fn fees_are_lowered_at_once_and_never_raised_so() {
    let mut pool = launched();
    let now = ParametersInput {
        management_fee_bps: 200,
        entry_fee_bps: 100,
        exit_fee_bps: 50,
    };
    let higher = ParametersInput {
        management_fee_bps: 0,
        entry_fee_bps: 101,
        exit_fee_bps: 0,
    };
    for bad in [now, higher] {
        let call = ix::lower_fees(&pool.index(), bad);
        refused(&mut pool, &call, &["curator"], IndexError::FeesNotLower);
    }
    let beyond = ParametersInput {
        exit_fee_bps: 101,
        ..now
    };
    let call = ix::lower_fees(&pool.index(), beyond);
    refused(
        &mut pool,
        &call,
        &["curator"],
        IndexError::InvalidParameters,
    );
    let lower = ParametersInput {
        management_fee_bps: 0,
        exit_fee_bps: 49,
        ..now
    };
    let call = ix::lower_fees(&pool.index(), lower);
    let mut theft = call.clone();
    theft.accounts[0].pubkey = key("launcher");
    refused(&mut pool, &theft, &["launcher"], IndexError::NotCurator);
    pool.world.pass(7 * DAY);
    let IndexEvent::FeesSet(event) = done(&mut pool, &call, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.management_fee_bps, event.exit_fee_bps), (0, 49));
    // Until then the old fee was due, from then on none.
    let owed = pool.index().data.pending_fee_shares;
    let exact = LAUNCHED as f64 * 0.02 * 7.0 / 365.25;
    assert!((owed as f64 / exact - 1.0).abs() < 2e-3, "{owed} {exact}");
    pool.world.pass(100 * DAY);
    let collect = ix_collect(&mut pool);
    events(&mut pool, &collect, &[]);
    assert_eq!(pool.index().data.supply, LAUNCHED + owed);
}

fn ix_collect(pool: &mut PoolWorld) -> Instruction {
    ix::collect_fees(&pool.index())
}

#[test]
fn fees_are_split_by_portions_and_the_first_gets_the_rest() {
    let portions = [("treasury", 3_333), ("bob", 6_666), ("carol", 1)];
    let mut pool = PoolWorld::with(1, |args| args.recipients = recipients(&portions));
    for name in ["treasury", "bob", "carol"] {
        pool.open_shares(name);
    }
    pool.world.pass(30 * DAY);
    let collect = ix_collect(&mut pool);
    let mut short = collect.clone();
    short.accounts.pop();
    refused(&mut pool, &short, &[], IndexError::MissingAccounts);
    let mut long = collect.clone();
    long.accounts.push(collect.accounts[3].clone());
    refused(&mut pool, &long, &[], IndexError::ExtraAccounts);
    let mut theft = collect.clone();
    theft.accounts[3] = collect.accounts[4].clone();
    refused(&mut pool, &theft, &[], IndexError::WrongTokenAccount);

    let before = ["treasury", "bob", "carol"].map(|name| pool.shares(name));
    let told = events(&mut pool, &collect, &[]);
    assert_eq!(told.len(), 3);
    let got = ["treasury", "bob", "carol"].map(|name| pool.shares(name));
    let got = [got[0] - before[0], got[1] - before[1], got[2] - before[2]];
    let all: u64 = got.iter().sum();
    assert_eq!(pool.index().data.supply, LAUNCHED + all);
    assert_eq!(got[1], all * 6_666 / 10_000);
    assert_eq!(got[2], all / 10_000);
    assert!(got[0] - all * 3_333 / 10_000 <= 2);
    refused(&mut pool, &collect, &[], IndexError::NothingToCollect);
}

#[test]
fn a_coin_leaves_the_list_while_members_are_owed_of_it() {
    let mut pool = upside_tests::cases::index::joined();
    let quote = pool.world.quote;
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(DAY);
    pool.harvest_all();
    let owed = pool.index().data.coins[0].owed;
    assert!(owed > 0);
    let nonce = pool.announce(&[Action::UnlistCoin { mint: quote }]);
    pool.world.pass(7 * DAY);
    pool.harvest_all();
    pool.apply(nonce);
    let index = pool.index().data;
    assert_eq!((index.coins[0].used, index.constituents[2].coin), (2, 1));
    // What members are owed is still theirs, and no harvest adds to it.
    let claim = ix::collect_equal_share(&pool.index(), &pool.membership("p0"), CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    pool.check_books();
    // It comes back to its own place.
    let nonce = pool.announce(&[Action::ListCoin { mint: quote }]);
    let second = announce_ix(&mut pool, &[Action::ListCoin { mint: quote }]);
    refused(&mut pool, &second, &["curator"], IndexError::AlreadyCoin);
    pool.world.pass(7 * DAY);
    pool.apply(nonce);
    assert_eq!(pool.index().data.collected(CASH_SLOT), Ok(0));
}

#[test]
fn a_pause_lasts_fourteen_days_and_comes_back_a_notice_later() {
    let mut pool = launched();
    let pause = ix::pause(&pool.index(), &key("guardian"));
    let start = pool.world.now();
    let IndexEvent::PauseChanged(event) = done(&mut pool, &pause, &["guardian"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.until, event.pausable_from),
        (start + 14 * DAY, start + 21 * DAY)
    );
    refused(&mut pool, &pause, &["guardian"], IndexError::Paused);
    pool.world.pass(14 * DAY - 1);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::Paused);
    pool.world.pass(1);
    pool.contribute("bob", INDEX_ONE);
    let curator = ix::pause(&pool.index(), &key("curator"));
    for (call, by) in [(&pause, "guardian"), (&curator, "curator")] {
        refused(&mut pool, call, &[by], IndexError::PausedLately);
    }
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &pause, &["guardian"], IndexError::PausedLately);
    pool.world.pass(1);
    done(&mut pool, &pause, &["guardian"]);
    // Ending one early opens no way to make it longer.
    pool.world.pass(13 * DAY);
    let unpause = ix::unpause(&pool.index());
    done(&mut pool, &unpause, &["curator"]);
    refused(&mut pool, &unpause, &["curator"], IndexError::NotPaused);
    refused(&mut pool, &curator, &["curator"], IndexError::PausedLately);
    pool.world.pass(7 * DAY);
    done(&mut pool, &curator, &["curator"]);
}
