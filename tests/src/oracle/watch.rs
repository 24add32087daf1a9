//! Whatever a step does, whoever did not sign it keeps what is theirs.

use {
    crate::oracle::run::Run,
    crate::{
        engine::Engine,
        invariant::{self, Facts, PoolFacts},
        people::person,
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
};

/// What the chain says before a step of the tokens and indexes that the step names.
pub struct Watched {
    tokens: Vec<Facts>,
    indexes: Vec<PoolFacts>,
    /// Whether the step has one instruction.
    one: bool,
}

impl Run {
    /// Reads what some instructions name. Only LiteSVM lists its accounts.
    pub fn watched(&mut self, instructions: &[Instruction]) -> Watched {
        let mut watched = Watched {
            tokens: Vec::new(),
            indexes: Vec::new(),
            one: instructions.len() == 1,
        };
        let engine = &mut self.pool.world.engine;
        if !matches!(engine, Engine::Lite(_)) {
            return watched;
        }
        let metas = instructions.iter().flat_map(|it| &it.accounts);
        let named: BTreeSet<Pubkey> = metas.map(|meta| meta.pubkey).collect();
        for key in self.model.tokens.keys().filter(|key| named.contains(key)) {
            watched.tokens.extend(Facts::read(engine, key));
        }
        for key in self.model.indexes.keys().filter(|key| named.contains(key)) {
            watched.indexes.extend(PoolFacts::read(engine, key));
        }
        watched
    }

    /// Compares with what it says now, for every wallet with a name that did not sign.
    /// Accounts of programs, such as an index, act by calls of those. No share of an index
    /// may stand for less of any constituent than before, but for what the step traded.
    #[track_caller]
    pub fn nothing_was_taken(&mut self, before: &Watched, signers: &[String], what: &str) {
        let mut signed: BTreeSet<Pubkey> =
            signers.iter().map(|name| person(name).pubkey()).collect();
        signed.insert(self.pool.payer());
        for was in &before.tokens {
            let engine = &mut self.pool.world.engine;
            let Some(is) = Facts::read(engine, &was.key) else {
                continue;
            };
            let mut signed = signed.clone();
            signed.extend(self.nameless(was.wallets()));
            let found = invariant::check(was, &is, &signed);
            self.comparer.compared += found.checks;
            assert!(found.breaches.is_empty(), "{what}: {:?}", found.breaches);
        }
        for was in &before.indexes {
            let engine = &mut self.pool.world.engine;
            let Some(is) = PoolFacts::read(engine, &was.key) else {
                continue;
            };
            let mut signed = signed.clone();
            signed.extend(self.nameless(was.wallets()));
            let found = invariant::check_index(was, &is, &signed, before.one);
            self.comparer.compared += found.checks;
            assert!(found.breaches.is_empty(), "{what}: {:?}", found.breaches);
        }
    }

    pub(crate) fn nameless(&self, wallets: impl IntoIterator<Item = Pubkey>) -> Vec<Pubkey> {
        let wallets = wallets.into_iter();
        wallets.filter(|key| self.name(key).is_none()).collect()
    }
}
