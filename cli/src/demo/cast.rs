use {
    sha2::{Digest, Sha256},
    solana_keypair::Keypair,
    solana_signer::Signer,
    upside_sdk::Pubkey,
};

/// Somebody in the demo. Keys follow from names, so that every run is the same.
pub struct Actor {
    /// Given name.
    pub name: &'static str,
    /// What they do here.
    pub role: &'static str,
    /// Their key.
    pub keypair: Keypair,
}

impl Actor {
    fn new(name: &'static str, role: &'static str) -> Self {
        Actor { name, role, keypair: key(name) }
    }

    /// Their address.
    pub fn key(&self) -> Pubkey {
        self.keypair.pubkey()
    }
}

/// Everybody in the demo.
pub struct Cast {
    /// Issues the token.
    pub ada: Actor,
    /// Backs and stays.
    pub ben: Actor,
    /// Backs, gives some away, withdraws some.
    pub cleo: Actor,
    /// Backs and leaves.
    pub dan: Actor,
    /// Is given shares.
    pub eve: Actor,
    /// Pays revenue.
    pub press: Actor,
    /// Buys equity.
    pub fund: Actor,
}

impl Cast {
    /// Everybody, with their keys.
    pub fn new() -> Self {
        Cast {
            ada: Actor::new("Ada", "founder"),
            ben: Actor::new("Ben", "backer"),
            cleo: Actor::new("Cleo", "backer"),
            dan: Actor::new("Dan", "backer"),
            eve: Actor::new("Eve", "friend"),
            press: Actor::new("Taylor Press", "pays revenue"),
            fund: Actor::new("Clement Fund", "buys equity"),
        }
    }

    /// In the order of their appearance.
    pub fn all(&self) -> [&Actor; 7] {
        [&self.ada, &self.ben, &self.cleo, &self.dan, &self.eve, &self.press, &self.fund]
    }
}

/// The key that follows from a name: worthless outside a demo, since everybody knows it.
pub fn key(name: &str) -> Keypair {
    Keypair::new_from_array(Sha256::digest(format!("upside demo: {name}")).into())
}
