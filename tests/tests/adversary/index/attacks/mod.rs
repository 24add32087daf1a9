//! Attacks on an index that once succeeded, turned round: the coalition does what it did,
//! or the nearest that can still be called, and everybody else keeps what they had.

mod entry;
mod holders;
mod members;
mod others;
mod people;
mod table;
mod trades;

pub use crate::attacks::{key, landed, refused};

use {
    super::cast::{ACTORS, PASSIVE},
    crate::report,
    solana_program::instruction::{AccountMeta, Instruction},
    std::collections::{BTreeMap, BTreeSet},
    upside_sdk::{Pubkey, address::TOKEN_PROGRAM, index::CreateIndexArgs},
    upside_tests::{
        invariant::{self, PoolFacts},
        model::refusal_name,
        pool::PoolWorld,
    },
};

/// Atoms that a few instructions may round towards whoever sends them.
const ROUNDING: u128 = 8;

/// An attack, by whom, and its variants as they were tried.
pub struct Attack {
    name: &'static str,
    coalition: &'static [&'static str],
    tried: Vec<(usize, String)>,
}

impl Attack {
    /// An attack by these people; everybody else is a victim.
    pub fn by(coalition: &'static [&'static str], name: &'static str) -> Attack {
        Attack {
            name,
            coalition,
            tried: Vec::new(),
        }
    }

    /// Sends a transaction of the coalition: those of it whom the instructions ask sign.
    /// Returns the name of the error, if it is refused.
    pub fn send(
        &mut self,
        pool: &mut PoolWorld,
        what: &str,
        all: &[Instruction],
    ) -> Option<String> {
        let asked = |key: &Pubkey| {
            let mut metas = all.iter().flat_map(|it| &it.accounts);
            metas.any(|it| it.is_signer && it.pubkey == *key)
        };
        let signers = self.coalition.iter().copied();
        let signers: Vec<&str> = signers.filter(|name| asked(&key(name))).collect();
        let sent = pool.send_all(all, &signers);
        let refused = sent.error.is_some().then(|| refusal_name(&sent));
        let became = refused.as_deref().unwrap_or("lands");
        self.tried.push((all.len(), format!("{what}: {became}")));
        refused
    }

    /// Lets the coalition act. Whoever is not in it keeps what they have, and what their
    /// shares redeem for; together the coalition has of nothing more than before.
    #[track_caller]
    pub fn withstood(
        &mut self,
        pool: &mut PoolWorld,
        act: impl FnOnce(&mut Attack, &mut PoolWorld),
    ) {
        let before = facts(pool);
        act(self, pool);
        let after = facts(pool);
        let mut signed: BTreeSet<Pubkey> = self.coalition.iter().map(|name| key(name)).collect();
        let (had, has) = (
            wealth(&before, &signed, after.now),
            wealth(&after, &signed, after.now),
        );
        signed.insert(pool.payer());
        let found = invariant::check_index(&before, &after, &signed, false);
        report::checked(found.checks + had.len() as u64);
        assert_eq!(found.breaches, [], "{}: {:?}", self.name, self.tried);
        for (mint, had) in had {
            let has = has.get(&mint).copied().unwrap_or(0);
            assert!(
                has <= had + ROUNDING,
                "{}: the coalition had {had} of {mint} and has {has}: {:?}",
                self.name,
                self.tried
            );
        }
    }
}

impl Drop for Attack {
    fn drop(&mut self) {
        let lost = std::thread::panicking();
        report::attack(self.name, self.coalition, &self.tried, lost);
    }
}

/// What the chain says of the index.
pub fn facts(pool: &mut PoolWorld) -> PoolFacts {
    let index = pool.index;
    PoolFacts::read(&mut pool.world.engine, &index).expect("an index")
}

/// What these wallets have of everything in the index, with their part of its books and of
/// what is due to it; not of shares that one of them can print.
fn wealth(facts: &PoolFacts, wallets: &BTreeSet<Pubkey>, now: i64) -> BTreeMap<Pubkey, u128> {
    let shares: u64 = wallets.iter().map(|it| facts.all_shares(it)).sum();
    let supply = u128::from(facts.effective(now).max(1));
    let backing = facts.backing(now);
    let mut all = BTreeMap::new();
    let printed = |key: &Pubkey| {
        let token = facts.tokens.get(key);
        token.is_some_and(|token| wallets.contains(&token.owner))
    };
    for (slot, it) in facts.slots().filter(|(_, it)| !printed(&it.key)) {
        let own = wallets
            .iter()
            .map(|wallet| facts.owned(it, wallet) + facts.waiting(slot, wallet));
        let own: u128 = own.map(u128::from).sum();
        let part = u128::from(backing[&slot]) * u128::from(shares) / supply;
        *all.entry(it.key).or_default() += own + part;
    }
    all
}

/// Whoever does nothing in these worlds.
pub const VICTIMS: [&str; 3] = PASSIVE;

/// An index without fees and equal share.
pub fn no_fees(args: &mut CreateIndexArgs) {
    args.parameters.management_fee_bps = 0;
    args.parameters.entry_fee_bps = 0;
    args.parameters.exit_fee_bps = 0;
    args.terms.equal_share_bps = 0;
    (args.terms.credential, args.terms.schema) = Default::default();
}

/// A launched index without fees over so many people and cash.
pub fn free(count: usize) -> PoolWorld {
    PoolWorld::with(count, no_fees)
}

/// Somebody else takes part: with money, accounts of everything, and no shares.
pub fn join_in(pool: &mut PoolWorld, name: &'static str) {
    assert!(ACTORS.contains(&name) || VICTIMS.contains(&name));
    pool.world.engine.fund(key(name));
    pool.world.give_quote(&key(name), 1_000_000_000_000_000);
    pool.open_shares(name);
    for person in pool.people.clone() {
        pool.open_holder(&person, name);
    }
}

/// A plain transfer of a classic mint's atoms, or of index shares.
pub fn send_atoms(from: Pubkey, to: Pubkey, owner: &str, amount: u64) -> Instruction {
    let mut data = vec![3];
    data.extend_from_slice(&amount.to_le_bytes());
    Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(from, false),
            AccountMeta::new(to, false),
            AccountMeta::new_readonly(key(owner), true),
        ],
        data,
    }
}
