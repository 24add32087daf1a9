//! What was tried, counted; left in `target/trust/coalitions.json`.

use {
    crate::draft::Call,
    std::{
        cell::Cell,
        collections::BTreeMap,
        path::Path,
        str::FromStr,
        sync::{LazyLock, Mutex, MutexGuard},
    },
    upside_sdk::Pubkey,
    upside_tests::{engine::Outcome, model::refusal_name},
};

const IDLS: [&str; 2] = [
    include_str!("../../../idl/personal_token.json"),
    include_str!("../../../idl/pooled_index.json"),
];

/// Names of the programs' instructions by program and their first bytes.
static NAMES: LazyLock<BTreeMap<(Pubkey, Vec<u8>), String>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for idl in IDLS {
        let idl: serde_json::Value = serde_json::from_str(idl).unwrap();
        let program = Pubkey::from_str(idl["address"].as_str().unwrap()).unwrap();
        let of = idl["metadata"]["name"].as_str().unwrap();
        for instruction in idl["instructions"].as_array().unwrap() {
            let bytes = instruction["discriminator"].as_array().unwrap();
            let bytes = bytes.iter().map(|byte| byte.as_u64().unwrap() as u8);
            let name = format!("{of}::{}", instruction["name"].as_str().unwrap());
            names.insert((program, bytes.collect()), name);
        }
    }
    names
});

#[derive(Default)]
struct Counts {
    sequences: u64,
    coalitions: BTreeMap<&'static str, u64>,
    transactions: u64,
    landed: u64,
    probes: u64,
    refused: BTreeMap<String, u64>,
    instructions: BTreeMap<String, u64>,
    by_length: BTreeMap<usize, u64>,
    checks: u64,
    lost: u64,
    attacks: Vec<serde_json::Value>,
}

static COUNTS: LazyLock<Mutex<Counts>> = LazyLock::new(Mutex::default);

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

fn counts() -> MutexGuard<'static, Counts> {
    COUNTS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Replays are not counted. Returns whether this was so before.
pub fn quiet(quiet: bool) -> bool {
    QUIET.replace(quiet)
}

/// A call that was tried alone.
pub fn probed(sent: &Outcome) {
    if QUIET.get() {
        return;
    }
    let mut counts = counts();
    counts.probes += 1;
    if sent.error.is_some() {
        *counts.refused.entry(refusal_name(sent)).or_default() += 1;
    }
}

/// A transaction.
pub fn sent(calls: &[Call], sent: &Outcome) {
    if QUIET.get() {
        return;
    }
    let mut counts = counts();
    counts.transactions += 1;
    if sent.error.is_some() {
        *counts.refused.entry(refusal_name(sent)).or_default() += 1;
        return;
    }
    counts.landed += 1;
    *counts.by_length.entry(calls.len()).or_default() += 1;
    for call in calls {
        let instruction = &call.instruction;
        let start = instruction.data.get(..8).unwrap_or_default();
        if let Some(name) = NAMES.get(&(instruction.program_id, start.to_vec())) {
            *counts.instructions.entry(name.clone()).or_default() += 1;
        }
    }
}

/// Comparisons that were made.
pub fn checked(checks: u64) {
    if QUIET.get() {
        return;
    }
    counts().checks += checks;
}

/// A sequence that took nothing from anybody.
pub fn sequence(coalition: &'static str) {
    if QUIET.get() {
        return;
    }
    let mut counts = counts();
    counts.sequences += 1;
    *counts.coalitions.entry(coalition).or_default() += 1;
}

/// A sequence that did.
pub fn lost() {
    counts().lost += 1;
}

/// An attack that was tried in so many ways, and whether somebody lost by it.
pub fn attack(name: &str, coalition: &[&str], tried: &[(usize, String)], lost: bool) {
    let mut counts = counts();
    let ways: Vec<_> = tried
        .iter()
        .map(|(instructions, what)| serde_json::json!({ "instructions": instructions, "what": what }))
        .collect();
    counts.attacks.push(serde_json::json!({
        "attack": name, "coalition": coalition.join(", "), "tried": ways, "lost": lost,
    }));
    counts.lost += u64::from(lost);
    drop(counts);
    leave();
}

/// Leaves what was tried so far. Tests run in any order: whichever ends last leaves it
/// complete.
pub fn leave() {
    let counts = counts();
    let never: Vec<&String> = NAMES
        .values()
        .filter(|name| !counts.instructions.contains_key(*name))
        .collect();
    let report = serde_json::json!({
        "attacks": counts.attacks,
        "sequences": counts.sequences,
        "coalitions": counts.coalitions,
        "transactions": counts.transactions,
        "landed": counts.landed,
        "calls_tried_alone": counts.probes,
        "refused": counts.refused,
        "landed_by_instructions": counts.by_length,
        "instructions": counts.instructions,
        "never_landed": never,
        "checks": counts.checks,
        "lost": counts.lost,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&report).unwrap();
    std::fs::write(folder.join("coalitions.json"), text + "\n").unwrap();
}
