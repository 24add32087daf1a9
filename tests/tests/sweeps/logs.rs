//! How much every instruction logs: what the SDK packs transactions by.

use {
    super::*,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index::action::AT_ONCE,
        log_size::{self, LIMIT},
    },
    upside_tests::{
        pool::{INDEX_ONE, PoolWorld},
        world::{DAY, ONE},
    },
};

/// Bytes of a log as nodes count them, with two digits of compute units more on each line
/// that has them: a transaction's budget is seven times that of an instruction alone.
fn length(outcome: &Outcome) -> usize {
    let lines = outcome.logs.iter();
    let grown = |line: &String| 2 * usize::from(line.contains(" consumed "));
    lines.map(|line| line.len() + grown(line)).sum()
}

/// Every instruction logs no more than is said, and what transactions are packed with
/// not much less. What is wrong, if anything is.
fn measure(name: &str, call: &Instruction, outcome: &Outcome, tight: bool) -> Option<String> {
    let (logged, bound) = (length(outcome), log_size::bound(call));
    let accounts = call.accounts.len();
    let well = logged <= bound && (!tight || bound <= logged + logged / 4);
    (!well).then(|| format!("{name} with {accounts} accounts logs {logged}, said to be {bound}"))
}

#[track_caller]
fn bounded(name: &str, call: &Instruction, outcome: &Outcome, tight: bool) {
    let fault = measure(name, call, outcome, tight);
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

/// Somebody sends lamports to every address where an account will be made: making it takes
/// three calls instead of one then, which log most.
fn fund(world: &mut World, call: &Instruction) {
    for meta in call.accounts.iter().filter(|meta| meta.is_writable) {
        if world.engine.account(&meta.pubkey).is_none() {
            world.put(meta.pubkey, SYSTEM_PROGRAM, Vec::new());
        }
    }
}

fn all<W: Scene>(cases: &Cases<W>, packed: &[&str]) {
    let mut faults = Vec::new();
    for (name, make) in cases {
        let mut case = make();
        let call = case.instruction.clone();
        fund(case.world.world(), &call);
        let outcome = send(&mut case);
        faults.extend(measure(name, &call, &outcome, packed.contains(name)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_instruction_logs_more_than_is_said() {
    all(
        CASES,
        &["open_holder", "transfer_shares", "redeem: 8 assets"],
    );
    all(
        INDEX_CASES,
        &["harvest", "withdraw_basket", "deposit: everything"],
    );
}

#[test]
fn what_fits_one_transaction_fits_its_log() {
    for people in [2, 9, AT_ONCE - 1] {
        let mut pool = PoolWorld::new(people);
        pool.pay_revenue("p1", 10 * ONE);
        pool.world.pass(DAY);
        pool.harvest_all();
        let contribute = pool.contribute_ix("curator", INDEX_ONE);
        let redeem = pool.redeem_ix("curator", INDEX_ONE);
        for (name, call) in [("contribute", contribute), ("redeem", redeem)] {
            let outcome = pool.send(&call, &["curator"]).succeeded();
            bounded(name, &call, &outcome, true);
            assert!(length(&outcome) + 360 <= LIMIT, "{name} of {people}");
        }
    }
}

#[test]
fn making_a_token_account_logs_no_more_than_is_said() {
    for program in [TOKEN_PROGRAM, TOKEN_2022_PROGRAM] {
        let mut pool = PoolWorld::seeding(upside_tests::engine::Engine::lite(), 0, |_| {});
        let (payer, wallet) = (pool.payer(), person("somebody").pubkey());
        let mint = person("money").pubkey();
        let bytes = upside_tests::world::mint_bytes(0);
        pool.world.add_mint(mint, program, bytes);
        let make = upside_sdk::instruction::create_associated(&payer, &wallet, &mint, &program);
        fund(&mut pool.world, &make);
        let outcome = pool.send(&make, &[]).succeeded();
        bounded("create_associated", &make, &outcome, false);
    }
}
