//! Running a call without keeping what it did, and what became of it.

use {
    litesvm::LiteSVM,
    solana_account::Account,
    solana_instruction_error::InstructionError,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    solana_transaction::Transaction,
    solana_transaction_error::TransactionError,
    std::collections::BTreeMap,
    upside_sdk::{Pubkey, error::Refusal},
    upside_tests::{
        engine::{Engine, Outcome},
        people::person,
    },
};

/// Accounts that a call changed, as it left them.
pub type Changes = BTreeMap<Pubkey, Account>;

/// What became of a call.
pub enum Verdict {
    /// It succeeded.
    Done(Changes),
    /// It was refused with a named error.
    Refused,
    /// It failed in a way that nobody should see.
    Broken(String),
}

/// Pays the fees, so that every signature of the instruction itself can be missing.
pub const SWEEPER: &str = "sweeper";

/// A copy of a chain that checks no signatures: who signs is what the metas say.
pub fn unsigned(engine: &Engine) -> LiteSVM {
    let Engine::Lite(svm) = engine else {
        panic!("the sweeps run on LiteSVM")
    };
    let svm = svm
        .clone()
        .with_sigverify(false)
        .with_blockhash_check(false);
    let mut svm = svm.with_transaction_history(0);
    let funded = Account {
        lamports: 1_000_000_000_000,
        rent_epoch: u64::MAX,
        ..Account::default()
    };
    svm.set_account(person(SWEEPER).pubkey(), funded).unwrap();
    svm
}

fn transaction(call: &Instruction) -> Transaction {
    Transaction::new_with_payer(std::slice::from_ref(call), Some(&fee_payer()))
}

fn fee_payer() -> Pubkey {
    thread_local! {
        static KEY: Pubkey = person(SWEEPER).pubkey();
    }
    KEY.with(|key| *key)
}

/// An account without the epoch of its rent, which says nothing any more.
fn plain(account: Account) -> Account {
    Account {
        rent_epoch: 0,
        ..account
    }
}

/// Runs a call and forgets what it did.
pub fn run(svm: &LiteSVM, call: &Instruction) -> Verdict {
    match svm.simulate_transaction(transaction(call)) {
        Ok(done) => {
            let after = done.post_accounts.into_iter();
            let after = after.map(|(key, account)| (key, plain(account.into())));
            let changed = after.filter(|(key, account)| {
                let before = plain(svm.get_account(key).unwrap_or_default());
                *key != fee_payer() && before != *account
            });
            Verdict::Done(changed.collect())
        }
        Err(failed) => match broken(&failed.err, &failed.meta.logs) {
            Some(why) => Verdict::Broken(format!("{why}\n{}", failed.meta.logs.join("\n"))),
            None => Verdict::Refused,
        },
    }
}

/// Runs a call for good.
pub fn commit(svm: &mut LiteSVM, call: &Instruction) -> Outcome {
    let (error, meta) = match svm.send_transaction(transaction(call)) {
        Ok(meta) => (None, meta),
        Err(failed) => (Some(failed.err), failed.meta),
    };
    Outcome {
        error,
        logs: meta.logs,
        units: meta.compute_units_consumed,
        at: None,
    }
}

/// Logs of what no input may cause.
const CRASHES: &[&str] = &[
    "panicked at",
    "out of memory",
    "memory allocation failed",
    "Access violation",
    "unreachable",
];

/// Why a failure is none that a program may return.
fn broken(error: &TransactionError, logs: &[String]) -> Option<String> {
    let crashed = |line: &&String| CRASHES.iter().any(|crash| line.contains(crash));
    if let Some(line) = logs.iter().find(crashed) {
        return Some(line.clone());
    }
    let TransactionError::InstructionError(_, error) = error else {
        return None;
    };
    match error {
        InstructionError::Custom(code) => match Refusal::of_code(*code) {
            Refusal::Unknown(code) => Some(format!("the unnamed code {code}")),
            refusal if refusal.name() == "InvariantBroken" => Some("InvariantBroken".into()),
            _ => None,
        },
        InstructionError::ProgramFailedToComplete
        | InstructionError::ProgramEnvironmentSetupFailure
        | InstructionError::ComputationalBudgetExceeded
        | InstructionError::UnbalancedInstruction
        | InstructionError::MaxInstructionTraceLengthExceeded => Some(format!("{error:?}")),
        _ => None,
    }
}
