//! Which instructions of both programs succeeded, and which were refused.

use {
    super::{STEPS, events, lock},
    crate::engine::Outcome,
    solana_instruction_error::InstructionError,
    solana_program::instruction::Instruction,
    solana_transaction_error::TransactionError,
    std::{
        collections::BTreeMap,
        path::Path,
        str::FromStr,
        sync::{LazyLock, Mutex},
    },
    upside_sdk::Pubkey,
};

const IDLS: [&str; 2] = [
    include_str!("../../../idl/personal_token.json"),
    include_str!("../../../idl/pooled_index.json"),
];

/// Instructions that nothing refuses, whoever sends them.
const NEVER_REFUSED: &[&str] = &[];

/// Name by program and discriminator.
static NAMES: LazyLock<BTreeMap<(Pubkey, Vec<u8>), String>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for idl in IDLS {
        let idl: serde_json::Value = serde_json::from_str(idl).unwrap();
        let program = Pubkey::from_str(idl["address"].as_str().unwrap()).unwrap();
        let prefix = idl["metadata"]["name"].as_str().unwrap();
        for instruction in idl["instructions"].as_array().unwrap() {
            let bytes = instruction["discriminator"].as_array().unwrap();
            let bytes = bytes.iter().map(|byte| byte.as_u64().unwrap() as u8);
            let name = format!("{prefix} {}", instruction["name"].as_str().unwrap());
            names.insert((program, bytes.collect()), name);
        }
    }
    names
});

/// How often each instruction succeeded and was refused.
static COUNTS: Mutex<BTreeMap<String, (u64, u64)>> = Mutex::new(BTreeMap::new());
/// How many parts are done.
static DONE: Mutex<u64> = Mutex::new(0);

/// Counts what a transaction did.
pub fn note(instructions: &[Instruction], sent: &Outcome) {
    let failed = match &sent.error {
        None => None,
        Some(TransactionError::InstructionError(place, error)) => {
            // What never reached the program says nothing of it.
            if *error == InstructionError::ProgramFailedToComplete {
                return;
            }
            Some(usize::from(*place))
        }
        Some(_) => return,
    };
    let mut counts = lock(&COUNTS);
    for (place, instruction) in instructions.iter().enumerate() {
        let Some(bytes) = instruction.data.get(..8) else {
            continue;
        };
        let Some(name) = NAMES.get(&(instruction.program_id, bytes.to_vec())) else {
            continue;
        };
        let count = counts.entry(name.clone()).or_default();
        match failed {
            None => count.0 += 1,
            Some(failed) if failed == place => count.1 += 1,
            Some(_) => {}
        }
    }
}

/// Sequences that are over, and the numbers that were compared in them.
static SEQUENCES: Mutex<(u64, u64)> = Mutex::new((0, 0));

/// A sequence is over.
pub fn sequence(compared: u64) {
    let mut sequences = lock(&SEQUENCES);
    sequences.0 += 1;
    sequences.1 += compared;
}

/// Forgets what happened so far.
pub fn forget() {
    lock(&COUNTS).clear();
}

/// How many kinds of instructions succeeded and were refused, of how many.
pub fn kinds() -> (usize, usize, usize) {
    let counts = lock(&COUNTS);
    let done = counts.values().filter(|(done, _)| *done > 0).count();
    let refused = counts.values().filter(|(_, refused)| *refused > 0).count();
    (done, refused, NAMES.len())
}

/// Leaves what was tried in `target/trust/oracle.json`.
fn report(calls: u64) {
    let (sequences, fields) = *lock(&SEQUENCES);
    let report = serde_json::json!({
        "sequences": sequences, "steps": sequences * STEPS as u64,
        "calls": calls, "fields": fields,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&report).unwrap();
    std::fs::write(folder.join("oracle.json"), text + "\n").unwrap();
    eprintln!("{report}");
}

/// A part is done. After the last of them, every instruction succeeded and was refused,
/// and every event came.
pub fn done(parts: u64, complete: bool) {
    let mut done = lock(&DONE);
    *done += 1;
    if *done < parts {
        return;
    }
    let counts = lock(&COUNTS);
    let mut missing = Vec::new();
    eprintln!("{:<44} {:>9} {:>9}", "instruction", "succeeded", "refused");
    for name in NAMES.values() {
        let (succeeded, refused) = counts.get(name).copied().unwrap_or_default();
        eprintln!("{name:<44} {succeeded:>9} {refused:>9}");
        let plain = name.split(' ').next_back().unwrap();
        if succeeded == 0 || (refused == 0 && !NEVER_REFUSED.contains(&plain)) {
            missing.push(name.as_str());
        }
    }
    report(counts.values().map(|(done, refused)| done + refused).sum());
    let unseen = events::unseen();
    eprintln!("events that never came: {unseen:?}");
    assert!(unseen.is_empty() || !complete, "never reported: {unseen:?}");
    assert!(
        missing.is_empty() || !complete,
        "never succeeded or never refused: {missing:?}"
    );
}
