//! What single instructions cost.

use {
    crate::{Section, grouped},
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::fmt::Write as _,
    upside_sdk::Pubkey,
    upside_tests::{catalogue::Case, people::person},
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
    let size = |case: &mut Case| -> usize {
        let metas = case.instruction.accounts.clone();
        metas
            .iter()
            .filter_map(|meta| case.world.engine.account(&meta.pubkey))
            .map(|account| account.data.len())
            .sum()
    };
    let before = size(&mut case);
    let outcome = case.world.send(&case.instruction, &keys);
    let created = size(&mut case).saturating_sub(before);
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
        "| instruction | units | in calls | own | calls | accounts | bytes | created |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in &rows {
        let own = row.units.saturating_sub(row.calls);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            grouped(row.units),
            grouped(row.calls),
            grouped(own),
            row.count,
            row.accounts,
            grouped(row.bytes as u64),
            grouped(row.created as u64),
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
