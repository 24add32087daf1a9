//! What single instructions cost.

use {
    crate::{Section, grouped},
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::{collections::BTreeMap, fmt::Write as _},
    upside_sdk::Pubkey,
    upside_tests::{cases::Case, engine::Engine, people::person},
};

/// What one call did.
pub struct Row {
    name: &'static str,
    units: u64,
    calls: u64,
    count: usize,
    accounts: usize,
    bytes: usize,
    created: usize,
    rent: u64,
}

/// Lamports to deposit for a byte of an account, and the bytes that each account counts
/// beside its data.
pub fn rate() -> (u64, u64) {
    let Engine::Lite(svm) = Engine::lite() else {
        panic!("the benchmark runs on LiteSVM");
    };
    let deposit = |bytes| svm.minimum_balance_for_rent_exemption(bytes);
    let byte = deposit(1) - deposit(0);
    (byte, deposit(0) / byte)
}

/// Data lengths of a call's accounts, of those that there are.
fn lengths(case: &mut Case) -> BTreeMap<Pubkey, usize> {
    let keys = case.instruction.accounts.iter().map(|meta| meta.pubkey);
    let keys: Vec<Pubkey> = keys.collect();
    let engine = &mut case.world.engine;
    keys.into_iter()
        .filter_map(|key| Some((key, engine.account(&key)?.data.len())))
        .collect()
}

/// Bytes of account data that a call created, and their rent in lamports.
fn created(
    before: &BTreeMap<Pubkey, usize>,
    after: &BTreeMap<Pubkey, usize>,
    engine: &Engine,
) -> (usize, u64) {
    let Engine::Lite(svm) = engine else {
        panic!("the benchmark runs on LiteSVM");
    };
    let deposit = |bytes: usize| svm.minimum_balance_for_rent_exemption(bytes);
    let grown = after.iter().map(|(key, is)| {
        let was = before.get(key).copied();
        let rent = was.map_or(deposit(*is), |was| {
            deposit(*is).saturating_sub(deposit(was))
        });
        (is.saturating_sub(was.unwrap_or(0)), rent)
    });
    grown.fold((0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1))
}

pub fn measure(name: &'static str, mut case: Case) -> Row {
    let keys: Vec<Keypair> = case.signers.iter().map(|name| person(name)).collect();
    let keys: Vec<&Keypair> = keys.iter().collect();
    let message = solana_message::Message::new(
        std::slice::from_ref(&case.instruction),
        Some(&case.world.payer.pubkey()),
    );
    // Signature count, signatures, message.
    let bytes =
        1 + 64 * usize::from(message.header.num_required_signatures) + message.serialize().len();
    let before = lengths(&mut case);
    let outcome = case.world.send(&case.instruction, &keys);
    let (created, rent) = created(&before, &lengths(&mut case), &case.world.engine);
    let (calls, count) = calls(&outcome.logs, &case.instruction.program_id);
    let units = outcome.units;
    outcome.succeeded();
    Row {
        name,
        units,
        calls,
        count,
        accounts: message.account_keys.len(),
        bytes,
        created,
        rent,
    }
}

/// Compute units of the calls that the program made itself, and how many.
pub fn calls(logs: &[String], own: &Pubkey) -> (u64, usize) {
    let (mut depth, mut sum, mut count) = (0u32, 0, 0);
    let own = own.to_string();
    for line in logs {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["Program", _, "invoke", _] => {
                depth += 1;
                count += usize::from(depth == 2);
            }
            ["Program", program, "consumed", units, ..] if depth == 2 && *program != own => {
                sum += units.parse::<u64>().unwrap_or(0);
            }
            ["Program", _, "success"] => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (sum, count)
}

pub fn section(heading: &'static str, rows: Vec<Row>) -> Section {
    let mut text = String::from(
        "| instruction | units | in calls | own | calls | accounts | bytes | created | rent |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in &rows {
        let own = row.units.saturating_sub(row.calls);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            grouped(row.units),
            grouped(row.calls),
            grouped(own),
            row.count,
            row.accounts,
            grouped(row.bytes as u64),
            grouped(row.created as u64),
            grouped(row.rent),
        );
    }
    Section {
        heading,
        text,
        rows: rows
            .iter()
            .map(|row| (row.name.into(), row.units))
            .collect(),
    }
}
