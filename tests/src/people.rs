//! Named people with keys that are the same in every run.

use {sha2::Digest, solana_keypair::Keypair, std::cell::Cell};

thread_local! {
    static NAMESPACE: Cell<u64> = const { Cell::new(0) };
}

/// The key of a person of the namespace that this thread is in.
pub fn person(name: &str) -> Keypair {
    let hash = sha2::Sha256::new_with_prefix(name.as_bytes());
    let hash = match NAMESPACE.get() {
        0 => hash,
        namespace => hash.chain_update(namespace.to_le_bytes()),
    };
    Keypair::new_from_array(hash.finalize().into())
}

/// Takes this thread to another namespace, where people of the same names have other keys, so
/// that several worlds can be on one chain. Threads begin in namespace 0.
pub fn enter_namespace(namespace: u64) {
    NAMESPACE.set(namespace);
}
