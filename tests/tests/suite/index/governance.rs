//! Roles, notice, fees, pause, the end of an index, and what custody really holds.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        index::{IndexError, ParametersArgs, Status, instruction as ix},
    },
    upside_tests::{
        catalogue::index::{
            CASH_SLOT, give_shares, joined, launched, new_parameters, seize, trade_terms,
            under_notice, wound_down,
        },
        pool::{CASH, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, ONE},
    },
};

#[test]
fn a_new_curator_is_proposed_and_accepts() {
    let mut pool = launched();
    let propose = ix::propose_curator(&pool.index(), &key("bob"));
    let IndexEvent::CuratorProposed(event) = done(&mut pool, &propose, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.pending_curator, key("bob"));
    let accept = ix::accept_curator(&pool.index());
    let mut theft = accept.clone();
    theft.accounts[0].pubkey = key("carol");
    refused(&mut pool, &theft, &["carol"], IndexError::NotPendingCurator);
    let IndexEvent::CuratorAccepted(event) = done(&mut pool, &accept, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.previous, event.curator),
        (key("curator"), key("bob"))
    );
    refused(&mut pool, &accept, &["bob"], IndexError::NotPendingCurator);
    refused(&mut pool, &propose, &["curator"], IndexError::NotCurator);
    // A proposal can be taken back.
    let again = ix::propose_curator(&pool.index(), &key("carol"));
    done(&mut pool, &again, &["bob"]);
    let accept = ix::accept_curator(&pool.index());
    let none = ix::propose_curator(&pool.index(), &Pubkey::default());
    done(&mut pool, &none, &["bob"]);
    refused(
        &mut pool,
        &accept,
        &["carol"],
        IndexError::NotPendingCurator,
    );
}

#[test]
fn parameters_wait_out_the_notice() {
    let mut pool = launched();
    let apply = ix::apply_parameters(&pool.index());
    refused(&mut pool, &apply, &[], IndexError::NothingToApply);
    let good = new_parameters();
    for bad in [
        ParametersArgs {
            management_fee_bps: 501,
            ..good
        },
        ParametersArgs {
            entry_fee_bps: 301,
            ..good
        },
        ParametersArgs {
            exit_fee_bps: 101,
            ..good
        },
        ParametersArgs {
            max_harvest_age: 59,
            ..good
        },
        ParametersArgs {
            max_harvest_age: 7 * 86_400 + 1,
            ..good
        },
    ] {
        let propose = ix::propose_parameters(&pool.index(), bad);
        refused(
            &mut pool,
            &propose,
            &["curator"],
            IndexError::InvalidParameters,
        );
    }
    let now = pool.world.now();
    let propose = ix::propose_parameters(&pool.index(), good);
    let IndexEvent::ParametersProposed(event) = done(&mut pool, &propose, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.management_fee_bps, event.max_harvest_age), (500, 60));
    assert_eq!(event.effective_at, now + 7 * DAY);
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &apply, &[], IndexError::NoticePending);
    pool.world.pass(1);
    let IndexEvent::ParametersApplied(event) = done(&mut pool, &apply, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.entry_fee_bps, event.exit_fee_bps), (300, 100));
    assert_eq!(pool.index().data.parameters, good.validated().unwrap());
    // Up to now the old fee was due: two percent for seven days.
    let owed = pool.index().data.pending_fee_shares as f64;
    let exact = LAUNCHED as f64 * 0.02 * 7.0 / 365.25;
    assert!((owed / exact - 1.0).abs() < 2e-3, "{owed} {exact}");
    refused(&mut pool, &apply, &[], IndexError::NothingToApply);
}

#[test]
fn weights_wait_out_the_notice() {
    let mut pool = under_notice();
    let propose = |pool: &mut PoolWorld, weights| ix::propose_weights(&pool.index(), weights);
    let twice = propose(&mut pool, vec![(0, 1), (0, 2)]);
    refused(&mut pool, &twice, &["curator"], IndexError::LengthMismatch);
    let none = propose(&mut pool, vec![]);
    refused(&mut pool, &none, &["curator"], IndexError::LengthMismatch);
    let free = propose(&mut pool, vec![(3, 1)]);
    refused(&mut pool, &free, &["curator"], IndexError::NotAConstituent);
    let apply = ix::apply_weights(&pool.index(), &key("carol"));
    let IndexEvent::WeightsApplied(event) = done(&mut pool, &apply, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(event.by, key("carol"));
    let weights = pool.index().data.constituents.map(|slot| slot.weight);
    assert_eq!(weights[..4], [2 * ONE, 0, 4 * ONE, 0]);
    refused(&mut pool, &apply, &["carol"], IndexError::NothingToApply);
    // A later proposal starts from what is applied, and its notice anew.
    let one = propose(&mut pool, vec![(1, 3)]);
    let IndexEvent::WeightsProposed(event) = done(&mut pool, &one, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.changed, event.effective_at),
        (1, pool.world.now() + 7 * DAY)
    );
    pool.world.pass(6 * DAY);
    done(&mut pool, &one, &["curator"]);
    pool.world.pass(2 * DAY);
    refused(&mut pool, &apply, &["carol"], IndexError::NoticePending);
    pool.world.pass(5 * DAY);
    done(&mut pool, &apply, &["carol"]);
    let weights = pool.index().data.constituents.map(|slot| slot.weight);
    assert_eq!(weights[..4], [2 * ONE, 3, 4 * ONE, 0]);
    let remove = ix::remove_constituent(&pool.index(), 1);
    refused(
        &mut pool,
        &remove,
        &["curator"],
        IndexError::ConstituentInUse,
    );
}

#[test]
fn guardian_and_fee_recipient_are_named() {
    let mut pool = launched();
    let (zero, carol) = (Pubkey::default(), key("carol"));
    let nobody = ix::set_index_roles(&pool.index(), &carol, &zero);
    refused(
        &mut pool,
        &nobody,
        &["curator"],
        IndexError::InvalidParameters,
    );
    let set = ix::set_index_roles(&pool.index(), &carol, &key("bob"));
    let IndexEvent::RolesChanged(event) = done(&mut pool, &set, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.guardian, event.fee_recipient), (carol, key("bob")));
    let old = ix::pause(&pool.index(), &key("guardian"));
    refused(&mut pool, &old, &["guardian"], IndexError::NotGuardian);
    let new = ix::pause(&pool.index(), &carol);
    let IndexEvent::PauseChanged(event) = done(&mut pool, &new, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!((event.by, event.paused), (carol, 1));
    refused(&mut pool, &new, &["carol"], IndexError::Paused);
}

#[test]
fn a_pause_stops_new_money_and_nothing_else() {
    let mut pool = joined();
    pool.harvest_all();
    pool.contribute("bob", INDEX_ONE);
    let unpause = ix::unpause(&pool.index());
    refused(&mut pool, &unpause, &["curator"], IndexError::NotPaused);
    let pause = ix::pause(&pool.index(), &key("guardian"));
    done(&mut pool, &pause, &["guardian"]);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::Paused);
    let open = ix::open_auction(&pool.index(), &pool.payer(), trade_terms(CASH_SLOT, 0));
    refused(&mut pool, &open, &["curator"], IndexError::Paused);
    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(DAY);
    pool.harvest_all();
    pool.redeem("bob", INDEX_ONE / 2);
    let membership = pool.membership("p0");
    let claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    let mut guardian = ix::unpause(&pool.index());
    guardian.accounts[0].pubkey = key("guardian");
    refused(&mut pool, &guardian, &["guardian"], IndexError::NotCurator);
    done(&mut pool, &unpause, &["curator"]);
    pool.harvest_all();
    pool.contribute("bob", INDEX_ONE);
}

#[test]
fn after_the_end_only_redemptions_harvests_and_claims() {
    let mut pool = joined();
    let propose = ix::propose_weights(&pool.index(), vec![(0, ONE)]);
    done(&mut pool, &propose, &["curator"]);
    let end = ix::wind_down(&pool.index());
    let IndexEvent::WindDownStarted(event) = done(&mut pool, &end, &["curator"]) else {
        panic!("another event")
    };
    let index = pool.index();
    assert_eq!(event.supply, index.data.supply);
    assert_eq!(event.pending_fee_shares, index.data.pending_fee_shares);
    refused(&mut pool, &end, &["curator"], IndexError::NotActive);
    let apply = ix::apply_weights(&index, &key("bob"));
    refused(&mut pool, &apply, &["bob"], IndexError::NothingToApply);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::NotActive);
    let open = ix::open_basket(&pool.index, &key("bob"), 0, 1, i64::MAX);
    refused(&mut pool, &open, &["bob"], IndexError::NotActive);
    let add = ix::add_personal(&index, &pool.payer(), &token_of("p0"));
    refused(&mut pool, &add, &["curator"], IndexError::NotActive);
    for announce in [
        propose,
        ix::propose_parameters(&index, new_parameters()),
        ix::open_auction(&index, &pool.payer(), trade_terms(CASH_SLOT, 0)),
    ] {
        refused(&mut pool, &announce, &["curator"], IndexError::NotActive);
    }

    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(400 * DAY);
    pool.harvest_all();
    let membership = pool.membership("p0");
    let claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    // No fee any more, neither by the year nor at the exit.
    let fees = pool.index().data.pending_fee_shares;
    let redeem = pool.redeem_ix("curator", 100 * INDEX_ONE);
    let IndexEvent::SharesRedeemed(event) = done(&mut pool, &redeem, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.fee, event.pending_fee_shares), (0, fees));
    assert_eq!(event.basket, Pubkey::default());
    let collect = ix::collect_fees(&pool.index());
    done(&mut pool, &collect, &[]);
    let leave = ix::leave_membership(&membership);
    done(&mut pool, &leave, &["p0"]);
}

#[test]
fn a_curator_who_resigns_leaves_an_index_that_only_pays() {
    let mut pool = launched();
    let resign = ix::resign_curator(&pool.index());
    let IndexEvent::CuratorResigned(event) = done(&mut pool, &resign, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.previous, key("curator"));
    let index = pool.index().data;
    assert_eq!(index.status(), Ok(Status::WindDown));
    assert_eq!((index.curator, index.pending_curator), Default::default());
    refused(&mut pool, &resign, &["curator"], IndexError::NotCurator);
    pool.redeem("curator", INDEX_ONE);
    // Who has wound it down may leave too.
    let mut pool = wound_down();
    let resign = ix::resign_curator(&pool.index());
    done(&mut pool, &resign, &["curator"]);
}

#[test]
fn ten_idle_years_cost_what_they_should() {
    let mut pool = PoolWorld::with(1, |args| args.parameters.management_fee_bps = 500);
    pool.world.pass(3_652 * DAY + DAY / 2);
    let had = pool.shares("treasury");
    let collect = ix::collect_fees(&pool.index());
    let IndexEvent::FeesCollected(event) = done(&mut pool, &collect, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.recipient, key("treasury"));
    assert_eq!(pool.shares("treasury") - had, event.shares);
    assert_eq!(event.supply, LAUNCHED + event.shares);
    // Whether by the year or compounded, the holders keep 60 percent or a little less.
    let kept = LAUNCHED as f64 / event.supply as f64;
    assert!((0.49..=0.68).contains(&kept), "{kept}");
    refused(&mut pool, &collect, &[], IndexError::NothingToCollect);
    pool.harvest_all();
    pool.redeem("curator", 100 * INDEX_ONE);
    pool.check_books();
}

#[test]
fn cash_is_synced_both_ways() {
    let mut pool = launched();
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
    let (index, quote) = (pool.index, pool.world.quote);
    pool.world.give(&index, &quote, CASH + 7);
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.place, event.found, event.lost), (2, 7, 0));
    assert_eq!(event.counter, CASH + 7);
    seize(&mut pool, 1_007);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::VaultShort);
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.found, event.lost, event.counter),
        (0, 1_007, CASH - 1_000)
    );
    pool.contribute("bob", INDEX_ONE);
    let mut wrong = sync.clone();
    wrong.data[8] = 0;
    wrong.accounts[1].pubkey = pool.index().data.constituents[0].custody;
    refused(&mut pool, &wrong, &[], IndexError::WrongTokenAccount);
}

#[test]
fn gifts_of_shares_are_booked() {
    let mut pool = launched();
    let sync = ix::sync_custody(&pool.index(), 0).unwrap();
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
    give_shares(&mut pool, 3 * ONE);
    let mut wrong = sync.clone();
    wrong.data[8] = CASH_SLOT;
    wrong.accounts[1].pubkey = pool.index().data.constituents[2].custody;
    pool.send(&wrong, &[]).named_failure("cash is no holder");
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.place, event.found, event.lost), (0, 3 * ONE, 0));
    assert_eq!(event.counter, seeded(0) + 3 * ONE);
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
}
