//! The store on a disk that fails and loses power, and the machine above it.

use super::chain::{Chain, wall};
use super::error::EmbeddedError;
use super::folder::{checked, guarded};
use super::state::{Record, State};
use super::store::{NewRecord, Reopen, Store};
use super::store_disk::{Dice, Disk, Failure, Op, SECTOR, apply};
use super::{ClockMode, Options};
use redb::{Builder, Database, DatabaseError};
use solana_account::{AccountSharedData, ReadableAccount, WritableAccount};
use solana_pubkey::Pubkey;
use solana_signature::Signature;
use std::path::Path;
use std::time::Duration;

const PEOPLE: u8 = 8;
const EACH: u64 = 1_000_000;

fn on(disk: &Disk) -> std::result::Result<Database, DatabaseError> {
    checked(Builder::new().create_with_backend(disk.clone()))
}

fn store_on(disk: &Disk) -> Store {
    let again = disk.clone();
    let reopen: Reopen = Box::new(move || on(&again));
    Store::new(on(disk).unwrap(), reopen, Path::new("disk"))
}

fn state(n: u64) -> State {
    State {
        slot: n,
        time: n as i64,
        offset: 0,
        created: 0,
        seed: [7; 32],
        transactions: n,
    }
}

fn person(n: u8) -> Pubkey {
    Pubkey::new_from_array([n + 1; 32])
}

fn signature(n: u64) -> Signature {
    let mut bytes = [9; 64];
    bytes[..8].copy_from_slice(&n.to_le_bytes());
    bytes.into()
}

fn account(lamports: u64, data: usize) -> AccountSharedData {
    let mut account = AccountSharedData::new(lamports, data, &Pubkey::default());
    account.set_rent_epoch(u64::MAX);
    account
}

/// Balances after so many transfers, each by dice of its own.
fn balances(n: u64) -> Vec<u64> {
    let mut people = vec![EACH; usize::from(PEOPLE)];
    for n in 1..=n {
        let (from, to, amount) = step(n);
        people[from] -= amount.min(people[from]);
        people[to] += amount;
    }
    people
}

fn step(n: u64) -> (usize, usize, u64) {
    let mut dice = Dice(n);
    let from = dice.next(PEOPLE.into());
    let to = (from + 1 + dice.next(u64::from(PEOPLE) - 1)) % u64::from(PEOPLE);
    (from as usize, to as usize, dice.next(1_000))
}

fn accounts(n: u64) -> Vec<(Pubkey, AccountSharedData)> {
    let data = 100 + (n as usize * 37) % 3_000;
    let all = balances(n).into_iter().enumerate();
    all.map(|(i, lamports)| (person(i as u8), account(lamports, data)))
        .collect()
}

/// Commits transfer `n`.
fn commit(store: &mut Store, n: u64) -> std::result::Result<(), EmbeddedError> {
    let record = Record {
        slot: n,
        time: n as i64,
        wire: vec![n as u8; 300],
        err: None,
        logs: vec![format!("transfer {n}")],
        units: n,
        fee: 0,
        loaded_writable: vec![],
        loaded_readonly: vec![],
        pre_balances: balances(n - 1),
        post_balances: balances(n),
        inner: vec![],
        return_data: None,
    };
    let keys: Vec<_> = (0..PEOPLE).map(person).collect();
    let new = NewRecord {
        signature: &signature(n),
        keys: &keys,
        record: &record,
    };
    store.commit(&state(n), &accounts(n), Some(new))
}

/// How many transfers a store holds, after checking that it holds each of them whole.
fn whole(store: &mut Store) -> u64 {
    let (found, mut all) = store.load().unwrap();
    let n = found.transactions;
    assert_eq!(found, state(n));
    if n > 0 {
        all.sort_by_key(|(key, _)| *key);
        let total: u64 = all.iter().map(|(_, account)| account.lamports()).sum();
        assert_eq!(total, u64::from(PEOPLE) * EACH);
        assert!(all == accounts(n), "accounts are not those of transfer {n}");
    }
    for one in 1..=n {
        let record = store.record(&signature(one)).unwrap().unwrap();
        assert_eq!((record.slot, record.post_balances), (one, balances(one)));
        assert_eq!(store.last_before(one).unwrap(), Some(signature(one)));
    }
    assert!(store.record(&signature(n + 1)).unwrap().is_none());
    let listed = store.signatures(&person(0), None, None, 1_000).unwrap();
    assert_eq!(listed.len() as u64, n);
    n
}

fn fresh(disk: &Disk) -> Store {
    let mut store = store_on(disk);
    store.initialize(&state(0)).unwrap();
    assert_eq!(whole(&mut store), 0);
    store
}

#[test]
fn a_power_cut_loses_nothing_that_was_committed() {
    let disk = Disk::default();
    let mut store = fresh(&disk);
    let begin = disk.0.lock().unwrap().log.len();
    let commits = 12;
    for n in 1..=commits {
        commit(&mut store, n).unwrap();
        disk.0.lock().unwrap().log.push(Op::Returned(n));
    }
    let log = std::mem::take(&mut disk.0.lock().unwrap().log);
    let mut dice = Dice(11);
    let mut between = 0;
    for _ in 0..200 {
        let cut = begin + dice.next((log.len() - begin + 1) as u64) as usize;
        let synced = log[..cut].iter().rposition(|op| matches!(op, Op::Sync));
        let (safe, loose) = log[..cut].split_at(synced.map_or(0, |at| at + 1));
        let mut bytes = Vec::new();
        safe.iter().for_each(|op| apply(&mut bytes, op));
        // Of what was written since, each sector is there or not.
        for op in loose {
            match op {
                Op::Write(at, data) => {
                    for (i, sector) in data.chunks(SECTOR).enumerate() {
                        if dice.next(2) == 0 {
                            let at = at + (i * SECTOR) as u64;
                            apply(&mut bytes, &Op::Write(at, sector.to_vec()));
                        }
                    }
                }
                op if dice.next(2) == 0 => apply(&mut bytes, op),
                _ => {}
            }
        }
        let returned = log[..cut].iter().rev().find_map(|op| match op {
            Op::Returned(n) => Some(*n),
            _ => None,
        });
        let after = Disk::default();
        after.0.lock().unwrap().bytes = bytes;
        let mut store = store_on(&after);
        let (n, returned) = (whole(&mut store), returned.unwrap_or_default());
        assert!(
            n == returned || n == returned + 1,
            "{returned} were committed, {n} are there"
        );
        between += n - returned;
        commit(&mut store, n + 1).unwrap();
        assert_eq!(whole(&mut store), n + 1);
    }
    assert!(between > 0, "no cut fell between the sync and the answer");
}

#[test]
fn what_a_failing_disk_took_is_what_is_said() {
    let (mut kept, mut refused, mut unknown) = (0, 0, 0);
    for failure in [Failure::Once, Failure::ForGood] {
        for at in 1..400 {
            let disk = Disk::default();
            let mut store = fresh(&disk);
            let begin = {
                let mut inner = disk.0.lock().unwrap();
                inner.fails = Some((inner.ops + at, failure));
                inner.failed
            };
            let mut done = 0;
            let mut told = None;
            for n in 1..=6 {
                match commit(&mut store, n) {
                    Ok(()) => done = n,
                    Err(error) => {
                        told = Some(error);
                        break;
                    }
                }
            }
            let met = disk.0.lock().unwrap().failed > begin;
            disk.0.lock().unwrap().fails = None;
            // Where it says that nothing was kept, the chain goes on from there.
            let can_go_on = matches!(told, Some(EmbeddedError::Storage(_)));
            if can_go_on && failure == Failure::Once {
                assert_eq!(whole(&mut store), done);
                commit(&mut store, done + 1).unwrap();
                done += 1;
            }
            drop(store);
            let found = whole(&mut store_on(&disk));
            match told {
                None => {
                    assert_eq!(found, done);
                    kept += u64::from(met);
                }
                Some(EmbeddedError::Storage(_)) => {
                    assert_eq!(found, done, "operation {at}");
                    refused += 1;
                }
                Some(EmbeddedError::Unknown(_)) => {
                    assert!(found == done || found == done + 1, "operation {at}");
                    unknown += 1;
                }
                Some(other) => panic!("{other}"),
            }
            if !met {
                break;
            }
        }
    }
    println!("{kept} kept, {refused} refused, {unknown} unknown");
    assert!(kept > 0 && refused > 0 && unknown > 0);
}

#[test]
fn a_flipped_bit_is_found_or_does_no_harm() {
    let disk = Disk::default();
    let mut store = fresh(&disk);
    for n in 1..=6 {
        commit(&mut store, n).unwrap();
    }
    let killed = disk.0.lock().unwrap().bytes.clone();
    drop(store);
    let closed = disk.0.lock().unwrap().bytes.clone();
    let mut dice = Dice(3);
    let mut found = 0;
    for round in 0..300 {
        let mut bytes = if round % 2 == 0 {
            closed.clone()
        } else {
            killed.clone()
        };
        let at = dice.next(bytes.len() as u64) as usize;
        // Most of the file is empty: from there to what was written last.
        let last = bytes.iter().rposition(|byte| *byte != 0).unwrap();
        let at = if bytes[at] == 0 {
            last - at % 9_000
        } else {
            at
        };
        bytes[at] ^= 1 << dice.next(8);
        let damaged = Disk::default();
        damaged.0.lock().unwrap().bytes = bytes;
        let opened = guarded(Path::new("disk"), || on(&damaged));
        match opened {
            Ok(Ok(db)) => {
                let reopen: Reopen = Box::new(|| Err(DatabaseError::DatabaseAlreadyOpen));
                let mut store = Store::new(db, reopen, Path::new("disk"));
                assert_eq!(whole(&mut store), 6, "byte {at}");
            }
            Ok(Err(_)) | Err(EmbeddedError::Corrupt { .. }) => found += 1,
            Err(other) => panic!("{other}"),
        }
    }
    println!("{found} of 300 flips were found, the others changed nothing");
    assert!(found > 50);
}

#[test]
fn a_clock_that_steps_back_stops_the_chains_time() {
    let dir = tempfile::tempdir().unwrap();
    let now = wall();
    let ahead = State {
        time: now + 3_600,
        created: now + 3_600,
        ..state(5)
    };
    drop(Store::open(dir.path(), Duration::ZERO, || ahead.clone()).unwrap());
    let options = Options {
        clock: ClockMode::Wall,
        wait: Duration::ZERO,
    };
    let mut chain = Chain::open(Some(dir.path()), &[], options).unwrap();
    assert_eq!(chain.now(), now + 3_600);
    chain
        .set_accounts(vec![(person(1), account(EACH, 0))])
        .unwrap();
    chain.advance(10).unwrap();
    assert_eq!(chain.now(), now + 3_610);
    drop(chain);
    let chain = Chain::open(Some(dir.path()), &[], options).unwrap();
    assert_eq!(chain.now(), now + 3_610);
}

#[test]
fn what_the_machine_does_not_take_never_comes_to_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        clock: ClockMode::Wall,
        wait: Duration::ZERO,
    };
    let mut chain = Chain::open(Some(dir.path()), &[], options).unwrap();
    let mut garbage = account(EACH, 64);
    garbage.set_owner(Pubkey::from_str_const(
        "BPFLoader2111111111111111111111111111111111",
    ));
    garbage.set_executable(true);
    let request = vec![(person(1), account(5, 0)), (person(2), garbage)];
    chain.set_accounts(request).unwrap_err();
    assert_eq!(
        (chain.lamports(&person(1)), chain.lamports(&person(2))),
        (0, 0)
    );
    drop(chain);
    let mut chain = Chain::open(Some(dir.path()), &[], options).unwrap();
    assert_eq!(chain.lamports(&person(1)), 0);
    chain
        .set_accounts(vec![(person(1), account(5, 0))])
        .unwrap();
    assert_eq!(chain.lamports(&person(1)), 5);
}
