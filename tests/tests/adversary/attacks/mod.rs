//! Attacks that once succeeded, turned round: the coalition does what it did, or the
//! nearest that can still be called, and everybody else keeps what they had.
//!
//! Every test notes what it tried with [`Attack`]; the notes are the table of
//! `target/trust/coalitions.json`.

mod accounts;
mod backing;
mod claims;
mod endings;
mod grants;
mod market;
mod orders;
mod table;
mod votes;

use {
    crate::report,
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
    upside_tests::{
        engine::Outcome,
        invariant::{self, Facts},
        model::refusal_name,
        people::person,
        world::{DAY, ONE, World},
    },
};

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
    pub fn send(&mut self, w: &mut World, what: &str, all: &[Instruction]) -> Option<String> {
        let asked = |key: &Pubkey| {
            let mut metas = all.iter().flat_map(|it| &it.accounts);
            metas.any(|it| it.is_signer && it.pubkey == *key)
        };
        let keys: Vec<Keypair> = self.coalition.iter().map(|name| person(name)).collect();
        let keys: Vec<&Keypair> = keys.iter().filter(|it| asked(&it.pubkey())).collect();
        let sent = w.send_all(all, &keys);
        let refused = sent.error.is_some().then(|| refusal_name(&sent));
        let became = refused.as_deref().unwrap_or("lands");
        self.tried.push((all.len(), format!("{what}: {became}")));
        refused
    }

    /// Lets the coalition act. Whoever is not in it keeps shares, money, earnings and
    /// backing, and together the coalition has no more than before.
    #[track_caller]
    pub fn withstood(&mut self, w: &mut World, act: impl FnOnce(&mut Attack, &mut World)) {
        let token = w.token;
        let before = Facts::read(&mut w.engine, &token).expect("a token");
        act(self, w);
        let after = Facts::read(&mut w.engine, &token).expect("a token");
        let mut signed: BTreeSet<Pubkey> = BTreeSet::new();
        signed.extend(self.coalition.iter().map(|name| person(name).pubkey()));
        signed.insert(w.payer.pubkey());
        let found = invariant::check(&before, &after, &signed);
        report::checked(found.checks + 1);
        assert_eq!(found.breaches, [], "{}: {:?}", self.name, self.tried);
        let (had, has) = (
            wealth(&before, &signed, after.now),
            wealth(&after, &signed, after.now),
        );
        assert!(
            has <= had + ROUNDING,
            "{}: the coalition had {had} and has {has}: {:?}",
            self.name,
            self.tried
        );
    }
}

/// Atoms that a few instructions may round towards whoever sends them.
const ROUNDING: u128 = 8;

impl Drop for Attack {
    fn drop(&mut self) {
        let lost = std::thread::panicking();
        report::attack(self.name, self.coalition, &self.tried, lost);
    }
}

/// What these wallets have, in quote atoms: cash, what waits and was earned, their part of
/// the reserve without tax, and the endowment where the owner is among them.
fn wealth(facts: &Facts, wallets: &BTreeSet<Pubkey>, now: i64) -> u128 {
    let reserve = u128::from(facts.token.quote().reserve);
    let (mut all, mut shares) = (0, 0);
    for wallet in wallets {
        let stake = facts.stake(wallet, now);
        shares += u128::from(stake.shares());
        all += u128::from(stake.money());
        all += stake.earned.first().map_or(0, |atoms| u128::from(*atoms));
        all += stake
            .streaming
            .first()
            .map_or(0, |atoms| u128::from(*atoms));
    }
    let supply = u128::from(facts.supply().max(1));
    all += reserve * shares / supply;
    if wallets.contains(&facts.token.owner) {
        all += facts.endowment();
    }
    all
}

pub fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// What a refusal must be called.
#[track_caller]
pub fn refused(got: Option<String>, expected: &str) {
    assert_eq!(got.as_deref(), Some(expected));
}

/// It must land.
#[track_caller]
pub fn landed(got: Option<String>) {
    assert_eq!(got, None);
}

/// A send by anybody that must land, for scenes.
#[track_caller]
pub fn must(w: &mut World, instruction: &Instruction, signers: &[&str]) -> Outcome {
    let keys: Vec<Keypair> = signers.iter().map(|name| person(name)).collect();
    let keys: Vec<&Keypair> = keys.iter().collect();
    w.send(instruction, &keys).succeeded()
}

/// Names that scenes use.
pub const WEEK: i64 = 7 * DAY;
/// A thousand whole units.
pub const THOUSAND: u64 = 1_000 * ONE;
