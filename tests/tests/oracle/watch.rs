//! Whatever a step does, whoever did not sign it keeps what is theirs.

use {
    crate::run::Run,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
    upside_tests::{
        engine::Engine,
        invariant::{self, Facts},
        people::person,
    },
};

impl Run {
    /// What the chain says of the tokens that some instructions name. Only LiteSVM lists
    /// its accounts.
    pub fn facts_of(&mut self, instructions: &[Instruction]) -> Vec<Facts> {
        let engine = &mut self.pool.world.engine;
        if !matches!(engine, Engine::Lite(_)) {
            return Vec::new();
        }
        let metas = instructions.iter().flat_map(|it| &it.accounts);
        let named: BTreeSet<Pubkey> = metas.map(|meta| meta.pubkey).collect();
        let tokens = self.model.tokens.keys().filter(|key| named.contains(key));
        let tokens: Vec<Pubkey> = tokens.copied().collect();
        tokens
            .iter()
            .filter_map(|key| Facts::read(engine, key))
            .collect()
    }

    /// Compares with what it says now, for every wallet with a name that did not sign.
    /// Accounts of programs, such as an index, act by calls of those.
    #[track_caller]
    pub fn nothing_was_taken(&mut self, before: &[Facts], signers: &[String], what: &str) {
        let mut signed: BTreeSet<Pubkey> =
            signers.iter().map(|name| person(name).pubkey()).collect();
        signed.insert(self.pool.payer());
        for before in before {
            let engine = &mut self.pool.world.engine;
            let Some(after) = Facts::read(engine, &before.key) else {
                continue;
            };
            let nameless = before.wallets().into_iter();
            let mut signed = signed.clone();
            signed.extend(nameless.filter(|wallet| self.name(wallet).is_none()));
            let found = invariant::check(before, &after, &signed);
            self.comparer.compared += found.checks;
            assert!(found.breaches.is_empty(), "{what}: {:?}", found.breaches);
        }
    }
}
