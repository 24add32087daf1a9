//! Calls of a transaction, and how they are sent.

use {
    super::cast::{key, keypair},
    solana_keypair::Keypair,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    std::collections::BTreeSet,
    upside_sdk::{Pubkey, Shares},
    upside_tests::{engine::Outcome, people::person, world::World},
};

/// One instruction and who signs it.
#[derive(Clone)]
pub struct Call {
    /// In words.
    pub what: String,
    /// The instruction.
    pub instruction: Instruction,
    /// Names of its signers.
    pub signers: Vec<&'static str>,
}

/// A transaction after a while.
#[derive(Clone, Default)]
pub struct Step {
    /// Seconds that pass before it.
    pub seconds: i64,
    /// Its instructions; none where time only passes.
    pub calls: Vec<Call>,
}
/// Sends a transaction.
pub fn send(world: &mut World, calls: &[Call]) -> Outcome {
    let names: BTreeSet<&'static str> = calls.iter().flat_map(|it| &it.signers).copied().collect();
    let keys: Vec<Keypair> = names.into_iter().map(keypair).collect();
    let keys: Vec<&Keypair> = keys.iter().collect();
    let instructions: Vec<Instruction> = calls.iter().map(|it| it.instruction.clone()).collect();
    world.send_all(&instructions, &keys)
}

/// A call by names. Who is named and not asked to sign takes the place of a signer who is
/// not named: so a call can be signed by the wrong one.
pub fn call(
    what: impl Into<String>,
    mut instruction: Instruction,
    signers: &[&'static str],
) -> Option<Call> {
    let keys: Vec<Pubkey> = signers.iter().map(|name| key(name)).collect();
    let payer = person("payer").pubkey();
    for wrong in &keys {
        let metas = &mut instruction.accounts;
        if metas.iter().any(|it| it.is_signer && it.pubkey == *wrong) {
            continue;
        }
        let other = |it: &&mut AccountMeta| {
            it.is_signer && it.pubkey != payer && !keys.contains(&it.pubkey)
        };
        metas.iter_mut().find(other)?.pubkey = *wrong;
    }
    Some(Call {
        what: what.into(),
        instruction,
        signers: signers.to_vec(),
    })
}

/// Share atoms as the SDK takes them.
pub fn shares(atoms: u64) -> Shares {
    Shares(atoms)
}
