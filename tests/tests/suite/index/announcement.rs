//! What is announced: who may, how long it waits, what it does, how it ends.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        index::{
            Action, IndexError, ParametersInput, RecipientArgs, Role, find_announcement,
            instruction as ix,
        },
    },
    upside_tests::{
        cases::index::{CASH_SLOT, announced, everything, launched, locked, wound_down},
        pool::{INDEX_ONE, PoolWorld},
        votes::{highest_fees, recipients},
        world::DAY,
    },
};

fn announce_ix(pool: &mut PoolWorld, actions: &[Action]) -> Instruction {
    ix::announce(&pool.index(), &pool.payer(), actions.to_vec())
}

fn apply_ix(pool: &mut PoolWorld, nonce: u64) -> Instruction {
    ix::apply_announcement(&pool.index(), &pool.announcement(nonce))
}

fn cancel_ix(pool: &mut PoolWorld, nonce: u64, by: &str) -> Instruction {
    ix::cancel_announcement(&pool.index(), &pool.announcement(nonce), &key(by))
}

fn events(pool: &mut PoolWorld, call: &Instruction, by: &[&str]) -> Vec<IndexEvent> {
    let sent = pool.send(call, by).succeeded();
    pool.check_books();
    sent.events()
}

#[test]
fn actions_wait_out_the_notice_and_are_applied_by_anybody() {
    let (mut pool, nonce) = announced();
    let place = pool.place(nonce);
    assert_eq!(place.effective_at, pool.world.now() + 7 * DAY);
    assert_eq!(
        (place.notice, place.kind.raw(), place.vetoes),
        (7 * 86_400, 1, 0)
    );
    let index = pool.index().data;
    // What a listed coin will be counts for entries at once, and is not collected yet.
    let slot = index.slot_of(&key("other mint")).unwrap();
    assert_eq!(index.coins[1].listing, nonce);
    assert_eq!(index.constituents[usize::from(slot)].coin, 2);
    assert_eq!(index.collected(slot), Err(IndexError::NotACoin));

    pool.world.pass(7 * DAY - 1);
    let apply = apply_ix(&mut pool, nonce);
    refused(&mut pool, &apply, &[], IndexError::NoticePending);
    pool.world.pass(1);
    let (payer, place) = (pool.payer(), find_announcement(&pool.index, nonce).0);
    let (treasury, rent) = (lamports(&mut pool, &payer), lamports(&mut pool, &place));
    let told = events(&mut pool, &apply, &[]);
    assert_eq!(told.len(), 8);
    let IndexEvent::FeesSet(fees) = &told[0] else {
        panic!("another event")
    };
    assert_eq!(
        (
            fees.management_fee_bps,
            fees.entry_fee_bps,
            fees.exit_fee_bps
        ),
        (500, 300, 100)
    );
    let IndexEvent::RecipientSet(second) = &told[2] else {
        panic!("another event")
    };
    assert_eq!(
        (second.place, second.recipient, second.portion_bps),
        (1, key("carol"), 2_500)
    );
    let IndexEvent::RoleSet(role) = &told[3] else {
        panic!("another event")
    };
    assert_eq!(
        (role.role, role.previous, role.key),
        (1, key("launcher"), key("bob"))
    );
    let IndexEvent::AnnouncementApplied(event) = &told[7] else {
        panic!("another event")
    };
    assert_eq!(event.nonce, nonce);

    let index = pool.index().data;
    assert_eq!(index.parameters, highest_fees().validated().unwrap());
    assert_eq!(
        (index.launcher, index.pending_curator),
        (key("bob"), key("carol"))
    );
    assert_eq!(index.collected(slot), Ok(1));
    assert_eq!(index.collected(CASH_SLOT), Err(IndexError::NotACoin));
    assert_eq!(index.constituents[2].coin, 0);
    let place = index.announcement(nonce);
    assert_eq!(place.err(), Some(IndexError::NotAnnounced));
    // The rent is back, less what the transaction cost.
    let has = lamports(&mut pool, &payer);
    assert!(has > treasury && has < treasury + rent);
    // Up to now the old fee was due: two percent of about 1,400 shares for seven days.
    let minted = index.pending_fee_shares as f64 / INDEX_ONE as f64;
    assert!((14.0..16.0).contains(&minted) || minted < 14.0, "{minted}");
}

#[test]
fn each_action_is_checked_when_it_is_announced() {
    let mut pool = locked();
    let quote = pool.world.quote;
    let named = |list: &[(&str, u16)]| Action::SetRecipients(recipients(list));
    let zero = RecipientArgs {
        key: Pubkey::default(),
        portion_bps: 10_000,
    };
    let fees = |of: ParametersInput| Action::SetFees(of);
    let highest = highest_fees();
    for (action, error) in [
        (
            fees(ParametersInput {
                management_fee_bps: 501,
                ..highest
            }),
            IndexError::InvalidParameters,
        ),
        (
            fees(ParametersInput {
                entry_fee_bps: 301,
                ..highest
            }),
            IndexError::InvalidParameters,
        ),
        (
            fees(ParametersInput {
                exit_fee_bps: 101,
                ..highest
            }),
            IndexError::InvalidParameters,
        ),
        (named(&[]), IndexError::InvalidRecipients),
        (named(&[("bob", 9_999)]), IndexError::InvalidRecipients),
        (
            named(&[("bob", 5_000), ("bob", 5_000)]),
            IndexError::InvalidRecipients,
        ),
        (
            named(&[("bob", 10_000), ("carol", 0)]),
            IndexError::InvalidRecipients,
        ),
        (
            named(&[("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 9_996)]),
            IndexError::InvalidRecipients,
        ),
        (
            Action::SetRecipients(vec![zero]),
            IndexError::InvalidRecipients,
        ),
        (
            Action::SetRole {
                role: Role::Guardian,
                key: Pubkey::default(),
            },
            IndexError::RoleVacant,
        ),
        (Action::ListCoin { mint: quote }, IndexError::AlreadyCoin),
        (
            Action::ListCoin { mint: key("none") },
            IndexError::NotAConstituent,
        ),
        (
            Action::UnlistCoin { mint: key("none") },
            IndexError::NotAConstituent,
        ),
    ] {
        let call = announce_ix(&mut pool, &[action]);
        refused(&mut pool, &call, &["curator"], error);
    }
    let person = pool.index().data.constituents[0].key;
    let call = announce_ix(&mut pool, &[Action::ListCoin { mint: person }]);
    refused(&mut pool, &call, &["curator"], IndexError::WrongKind);
    let call = announce_ix(&mut pool, &[Action::UnlistCoin { mint: person }]);
    refused(&mut pool, &call, &["curator"], IndexError::NotACoin);

    let good = Action::SetFees(highest);
    for many in [0, 9] {
        let call = announce_ix(&mut pool, &vec![good.clone(); many]);
        refused(&mut pool, &call, &["curator"], IndexError::ActionListLength);
    }
    let mut theft = announce_ix(&mut pool, std::slice::from_ref(&good));
    theft.accounts[1].pubkey = key("carol");
    refused(&mut pool, &theft, &["carol"], IndexError::NotCurator);
    // Six wait at a time.
    for _ in 0..6 {
        pool.announce(std::slice::from_ref(&good));
    }
    let seventh = announce_ix(&mut pool, std::slice::from_ref(&good));
    refused(
        &mut pool,
        &seventh,
        &["curator"],
        IndexError::AnnouncementListFull,
    );
    // Neither before the launch nor after the end.
    let mut pool = wound_down();
    let call = announce_ix(&mut pool, std::slice::from_ref(&good));
    refused(&mut pool, &call, &["curator"], IndexError::NotActive);
}

#[test]
fn what_is_announced_lapses_and_anybody_clears_it_away() {
    let (mut pool, nonce) = announced();
    let anybody = cancel_ix(&mut pool, nonce, "carol");
    refused(
        &mut pool,
        &anybody,
        &["carol"],
        IndexError::AnnouncementOpen,
    );
    pool.world.pass(21 * DAY);
    refused(
        &mut pool,
        &anybody,
        &["carol"],
        IndexError::AnnouncementOpen,
    );
    pool.world.pass(1);
    let apply = apply_ix(&mut pool, nonce);
    refused(&mut pool, &apply, &[], IndexError::AnnouncementExpired);
    let IndexEvent::AnnouncementCancelled(event) = done(&mut pool, &anybody, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.nonce, event.by, event.cause),
        (nonce, key("carol"), 2)
    );
    // The coin that it would have listed is none.
    let index = pool.index().data;
    let slot = index.slot_of(&key("other mint")).unwrap();
    assert_eq!(index.constituents[usize::from(slot)].coin, 0);
    assert_eq!(index.coins[1].used, 0);
    assert_eq!(index.coins[0].used, 1);
}

#[test]
fn the_curator_and_the_launcher_take_back_at_any_time() {
    for by in ["curator", "launcher"] {
        let (mut pool, nonce) = announced();
        let mut theft = cancel_ix(&mut pool, nonce, "guardian");
        refused(
            &mut pool,
            &theft,
            &["guardian"],
            IndexError::AnnouncementOpen,
        );
        let cancel = cancel_ix(&mut pool, nonce, by);
        theft = cancel.clone();
        theft.accounts[4].pubkey = key("mallory");
        refused(&mut pool, &theft, &[by], IndexError::WrongAccount);
        let apply = apply_ix(&mut pool, nonce);
        let IndexEvent::AnnouncementCancelled(event) = done(&mut pool, &cancel, &[by]) else {
            panic!("another event")
        };
        assert_eq!((event.by, event.cause), (key(by), 0));
        pool.world.pass(7 * DAY);
        pool.send(&apply, &[]).named_failure("it is closed");
    }
}

#[test]
fn the_list_of_coins_ends_at_eight() {
    let mut pool = launched();
    let mut mints = Vec::new();
    for number in 0..8 {
        let mint = key(&format!("coin {number}"));
        pool.add_empty_mint(&mint);
        mints.push(Action::ListCoin { mint });
    }
    let all = announce_ix(&mut pool, &mints);
    refused(&mut pool, &all, &["curator"], IndexError::CoinListFull);
    let nonce = pool.announce(&mints[..7]);
    let last = announce_ix(&mut pool, &mints[7..]);
    refused(&mut pool, &last, &["curator"], IndexError::CoinListFull);
    let cancel = cancel_ix(&mut pool, nonce, "curator");
    done(&mut pool, &cancel, &["curator"]);
    events(&mut pool, &last, &["curator"]);
}

#[test]
fn everything_announced_falls_with_the_index() {
    let (mut pool, nonce) = announced();
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    let index = pool.index().data;
    assert!(index.announcements.iter().all(|place| !place.is_open()));
    assert_eq!(index.coins[1].used, 0);
    pool.world.pass(7 * DAY);
    let apply = apply_ix(&mut pool, nonce);
    refused(&mut pool, &apply, &[], IndexError::NotAnnounced);
    let clear = cancel_ix(&mut pool, nonce, "bob");
    let IndexEvent::AnnouncementCancelled(event) = done(&mut pool, &clear, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(event.cause, 3);
    assert_eq!(everything(&key("a"), &key("b")).len(), 6);
}
