//! What must hold for every instruction of both programs, made from the committed IDLs
//! over the cases, which are valid calls: each succeeds and keeps the books; and with a
//! signature missing, an account exchanged or the data mutilated it fails with a named
//! error, or does no harm.
//!
//! `UPSIDE_SWEEPS=NAME` tries only the calls whose names begin so.

mod clock_and_rent;
mod copies;
mod exceptions;
mod foreign_accounts;
mod idl;
mod logs;
mod run;
mod scene;
mod sweep;
mod table;

use {
    idl::Idl,
    scene::Scene,
    solana_signer::Signer,
    std::{
        collections::BTreeMap,
        sync::{
            Mutex,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
    },
    sweep::{Sweep, instruction_of},
    table::Row,
    upside_sdk::{
        Pubkey,
        state::{Holder, decode},
    },
    upside_tests::{
        cases::{CASES, Case, index::CASES as INDEX_CASES},
        engine::Outcome,
        people::person,
        world::World,
    },
};

/// Calls of a program, by name.
type Cases<W> = [(&'static str, fn() -> Case<W>)];

/// Runs a case's own call.
fn send<W: Scene>(case: &mut Case<W>) -> Outcome {
    let keys: Vec<_> = case.signers.iter().map(|name| person(name)).collect();
    let keys: Vec<_> = keys.iter().collect();
    case.world.world().send(&case.instruction, &keys)
}

fn succeeds<W: Scene>(cases: &Cases<W>) {
    for (name, make) in cases {
        let mut case = make();
        let outcome = send(&mut case);
        if outcome.error.is_some() {
            println!("{name}");
        }
        case.world.check(name, outcome);
    }
}

#[test]
fn every_instruction_succeeds_and_keeps_the_books() {
    succeeds(CASES);
}

#[test]
fn every_instruction_of_the_index_succeeds_and_keeps_the_books() {
    succeeds(INDEX_CASES);
}

/// Calls that take shares from a holder account whose wallet does not sign, and why.
const GIVEN_BEFORE: &[(&str, &str)] = &[("buy", "the seller signed the offer")];

/// Registered shares by wallet, of those holder accounts that a call names.
fn named_shares(case: &mut Case<World>) -> BTreeMap<Pubkey, u64> {
    let keys = case.instruction.accounts.iter().map(|meta| meta.pubkey);
    let keys: Vec<Pubkey> = keys.collect();
    let holder = |key: Pubkey| {
        let account = case.world.engine.account(&key)?;
        let holder = decode::<Holder>(&key, &account.owner, &account.data).ok()?;
        Some((holder.data.wallet, holder.data.shares))
    };
    keys.into_iter().filter_map(holder).collect()
}

#[test]
fn nobodys_shares_are_taken_without_their_signature() {
    let mut tried = 0;
    for (name, make) in CASES {
        let mut case = make();
        let before = named_shares(&mut case);
        send(&mut case).ok();
        let after = named_shares(&mut case);
        let signers: Vec<_> = case
            .signers
            .iter()
            .map(|name| person(name).pubkey())
            .collect();
        let given = GIVEN_BEFORE
            .iter()
            .any(|(of, _)| *of == instruction_of(name));
        for (wallet, had) in before {
            let has = after.get(&wallet).copied().unwrap_or_default();
            let theirs = given || signers.contains(&wallet);
            assert!(theirs || has >= had, "{name} takes shares of {wallet}");
            tried += 1;
        }
    }
    assert!(tried >= 40, "{tried} holders");
}

fn cover<W>(idl: &Idl, cases: &Cases<W>) -> usize {
    for name in idl.instructions() {
        let of = |(case, _): &&(&str, _)| instruction_of(case) == name;
        assert!(cases.iter().any(|case| of(&case)), "{name} has no case");
    }
    for (case, make) in cases {
        let data = make().instruction.data;
        let own = idl.discriminator(instruction_of(case));
        assert!(data.starts_with(&own), "{case} calls another instruction");
    }
    idl.instructions().len()
}

#[test]
fn every_instruction_of_both_programs_has_a_case() {
    let count = cover(&Idl::personal_token(), CASES);
    let of_index = cover(&Idl::pooled_index(), INDEX_CASES);
    assert!(
        count >= 80 && of_index >= 40,
        "{count} and {of_index} instructions"
    );
}

/// Sweeps a program's calls on all cores. Returns what should not have happened.
fn sweep<W: Scene>(program: &str, idl: fn() -> Idl, cases: &Cases<W>) -> Vec<String> {
    let request = std::env::var("UPSIDE_SWEEPS").unwrap_or_default();
    let chosen = cases.iter().filter(|(name, _)| name.starts_with(&request));
    let chosen: Vec<_> = chosen.collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let idl = idl();
        while let Some((name, make)) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
            let swept = Sweep::of(name, &idl, make()).everything();
            done.lock().unwrap().push(swept);
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let (rows, faults): (Vec<Row>, Vec<_>) = done.into_inner().unwrap().into_iter().unzip();
    table::report(program, &table::by_instruction(&rows), request.is_empty());
    faults.concat()
}

/// One test for both programs: each takes all cores.
#[test]
fn every_variation_of_every_call_is_refused_by_name_or_harmless() {
    let mut faults = sweep("personal_token", Idl::personal_token, CASES);
    faults.extend(sweep("pooled_index", Idl::pooled_index, INDEX_CASES));
    let count = faults.len();
    faults.truncate(80);
    assert!(
        count == 0,
        "{count} faults, the first of them:\n{}",
        faults.join("\n")
    );
}
