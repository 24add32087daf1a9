//! What the sweeps need of a world, for the worlds of both programs.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TokenAddresses, find_holder},
        anchor::Discriminator,
        event::IndexEvent,
        index::{
            Announcement, Basket, Candidacy, Lock, Membership, Offer, Rebalance, SlotKind, Subject,
            Wrapper, find_index, find_shares,
        },
        state::Holder,
    },
    upside_tests::{
        engine::Outcome,
        people::person,
        pool::{ACTORS, PoolWorld, token_of},
        world::World,
    },
};

/// Keys and what a stranger's account has in their place.
pub type Pairs = Vec<(Pubkey, Pubkey)>;

/// How an account becomes a stranger.
pub struct Disguise {
    /// Which keys in it are replaced.
    pub pairs: Pairs,
    /// Which types of accounts there can be of that; all where empty.
    pub types: Vec<[u8; 8]>,
}

/// A world that a case has.
pub trait Scene {
    /// The chain.
    fn world(&mut self) -> &mut World;
    /// A copy that goes its own way.
    fn branch(&self) -> Self;
    /// The newest event is the state's, and the books add up.
    fn check(&mut self, name: &str, outcome: Outcome);
    /// How its accounts become strangers.
    fn disguises(&mut self) -> Vec<Disguise>;
    /// Real accounts of others.
    fn residents(&mut self) -> Vec<Pubkey>;
}

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// Sequence numbers without a gap that end with the state's.
fn check_sequence(name: &str, numbers: &[u64], newest: u64) {
    assert!(!numbers.is_empty(), "{name} emits an event");
    for (number, earlier) in numbers.iter().rev().zip(0..) {
        assert_eq!(*number, newest - earlier, "{name}: the newest event");
    }
}

impl Scene for World {
    fn world(&mut self) -> &mut World {
        self
    }

    fn branch(&self) -> World {
        self.fork()
    }

    fn check(&mut self, name: &str, outcome: Outcome) {
        let events = outcome.ok();
        let numbers: Vec<u64> = events.iter().map(|event| event.header().sequence).collect();
        let token = self.token().data;
        assert!(
            events
                .iter()
                .all(|event| event.header().token == self.token)
        );
        if !(numbers.is_empty() && crate::exceptions::is_silent(name)) {
            check_sequence(name, &numbers, token.sequence);
        }
        self.check_books(&["founder", "bob", "carol"]);
    }

    /// An account of mallory's token, with mallory in the place of its people.
    fn disguises(&mut self) -> Vec<Disguise> {
        let other = TokenAddresses::of_creator(&key("mallory"));
        let mut pairs = vec![(self.token, other.token)];
        for role in ["founder", "guardian", "registrar"] {
            pairs.push((key(role), key("mallory")));
        }
        let token = self.token;
        if self.engine.account(&token).is_some() {
            let token = self.token().data;
            pairs.extend([
                (token.mint, other.mint),
                (token.share_custody, other.share_custody),
            ]);
            for (place, asset) in token.listed().unwrap().iter().enumerate() {
                pairs.push((asset.vault, key(&format!("mallory's vault {place}"))));
            }
        }
        let types = Vec::new();
        vec![Disguise { pairs, types }]
    }

    fn residents(&mut self) -> Vec<Pubkey> {
        Vec::new()
    }
}

impl Scene for PoolWorld {
    fn world(&mut self) -> &mut World {
        &mut self.world
    }

    fn branch(&self) -> PoolWorld {
        self.fork()
    }

    fn check(&mut self, name: &str, outcome: Outcome) {
        let events: Vec<IndexEvent> = outcome.succeeded().events();
        let numbers: Vec<u64> = events.iter().map(|event| event.header().sequence).collect();
        let index = self.index().data;
        assert!(
            events
                .iter()
                .all(|event| event.header().index == self.index)
        );
        check_sequence(name, &numbers, index.sequence);
        self.check_books();
    }

    /// Another index of mallory's, mallory's token, mallory's accounts of this index
    /// and of these tokens.
    fn disguises(&mut self) -> Vec<Disguise> {
        let mallory = key("mallory");
        let other = find_index(&mallory, 0).0;
        let mut index = vec![
            (self.index, other),
            (find_shares(&self.index).0, find_shares(&other).0),
        ];
        let key_of_index = self.index;
        if self.world.engine.account(&key_of_index).is_some() {
            let slots = self.index().data.constituents;
            for (place, slot) in slots
                .iter()
                .enumerate()
                .filter(|(_, slot)| slot.kind.raw() != 0)
            {
                index.push((slot.custody, key(&format!("mallory's custody {place}"))));
            }
        }
        let wallets: Pairs = ACTORS
            .iter()
            .copied()
            .chain(["treasury", "guardian"])
            .chain(self.people.iter().map(String::as_str))
            .map(|name| (key(name), mallory))
            .collect();
        let payer = vec![(self.payer(), mallory)];
        let others = TokenAddresses::of_creator(&mallory);
        let mut tokens = Vec::new();
        for name in &self.people {
            let own = TokenAddresses::of_creator(&key(name));
            tokens.push((own.token, others.token));
            tokens.push((own.mint, others.mint));
            tokens.push((own.share_custody, others.share_custody));
        }
        let join = |lists: &[&Pairs]| lists.iter().copied().flatten().copied().collect::<Pairs>();
        let kind = |bytes: &[u8]| <[u8; 8]>::try_from(bytes).unwrap();
        let (holder, basket, member, lock) = (
            kind(Holder::DISCRIMINATOR),
            kind(Basket::DISCRIMINATOR),
            kind(Membership::DISCRIMINATOR),
            kind(Lock::DISCRIMINATOR),
        );
        let mut of_index = vec![holder, basket, member, lock];
        of_index.extend([
            kind(Rebalance::DISCRIMINATOR),
            kind(Announcement::DISCRIMINATOR),
            kind(Candidacy::DISCRIMINATOR),
            kind(Offer::DISCRIMINATOR),
            kind(Subject::DISCRIMINATOR),
            kind(Wrapper::DISCRIMINATOR),
        ]);
        vec![
            Disguise {
                pairs: join(&[&index, &wallets, &payer, &tokens]),
                types: Vec::new(),
            },
            Disguise {
                pairs: index,
                types: of_index,
            },
            Disguise {
                pairs: wallets.clone(),
                types: vec![holder, basket, lock],
            },
            Disguise {
                pairs: tokens.clone(),
                types: vec![holder],
            },
            Disguise {
                pairs: join(&[&wallets, &payer, &tokens]),
                types: vec![member],
            },
        ]
    }

    fn residents(&mut self) -> Vec<Pubkey> {
        let mut all: Vec<Pubkey> = self.people.iter().map(|name| token_of(name)).collect();
        let key_of_index = self.index;
        if self.world.engine.account(&key_of_index).is_none() {
            return all;
        }
        let index = self.index();
        for slot in index
            .data
            .constituents
            .iter()
            .filter(|slot| slot.kind.raw() != 0)
        {
            all.push(slot.custody);
            for name in ["carol", "treasury"] {
                all.push(if slot.kind == SlotKind::Personal {
                    find_holder(&slot.key, &key(name)).0
                } else {
                    upside_sdk::index::instruction::place_of(slot, &key(name))
                });
            }
        }
        all.extend(
            ["carol", "treasury"]
                .map(|name| upside_sdk::index::instruction::share_account(&index.data, &key(name))),
        );
        all.push(index.data.mint);
        all
    }
}
