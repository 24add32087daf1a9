//! Named people with keys that are the same in every run.

use {sha2::Digest, solana_keypair::Keypair, std::cell::Cell};

thread_local! {
    static TOWN: Cell<u64> = const { Cell::new(0) };
}

/// The key of a person of the town that this thread is in.
pub fn person(name: &str) -> Keypair {
    let hash = sha2::Sha256::new_with_prefix(name.as_bytes());
    let hash = match TOWN.get() {
        0 => hash,
        town => hash.chain_update(town.to_le_bytes()),
    };
    Keypair::new_from_array(hash.finalize().into())
}

/// Takes this thread to another town, where people of the same names have other keys, so
/// that several worlds can be on one chain. Threads begin in town 0.
pub fn go_to(town: u64) {
    TOWN.set(town);
}
