//! An index with random terms, holders who will do nothing, and a coalition that will.

use {
    super::{
        cast::{ACTORS, PASSIVE, PEOPLE},
        setup,
        stage::History,
    },
    crate::{cast::key, draft::Call, search::Stage},
    upside_sdk::{
        Pubkey,
        index::{Basket, Lock, Membership, PooledIndex, SlotKind, find_lock},
        state::{Account, PersonalToken},
    },
    upside_tests::{
        invariant::PoolFacts,
        pool::{PoolWorld, token_of},
        rng::Rng,
    },
};

/// Where a sequence is.
pub struct Scene {
    /// The chain with an index.
    pub pool: PoolWorld,
    /// What it says.
    pub facts: PoolFacts,
    /// Chance.
    pub rng: Rng,
    /// What landed lately.
    pub seen: Vec<Call>,
    /// What was before.
    pub history: History,
    /// Who acts now.
    pub group: &'static [&'static str],
    /// What undoes a rule of the program after each transaction; `None` in earnest.
    pub mutation: Option<Mutation>,
}

/// Takes a rule out: changes what a transaction left, given what was before.
pub type Mutation = fn(&mut PoolWorld, &PoolFacts, &PoolFacts);

impl Scene {
    /// Sets a scene: what holders have is theirs from then on.
    pub fn begin(seed: u64, group: &'static [&'static str]) -> Scene {
        let mut pool = setup::template(seed);
        let key = pool.index;
        pool.world.pass((seed % 1_000) as i64);
        let facts = PoolFacts::read(&mut pool.world.engine, &key).expect("an index");
        let mut scene = Scene {
            pool,
            facts,
            rng: Rng(seed),
            seen: Vec::new(),
            history: History::default(),
            group,
            mutation: None,
        };
        setup::vary(&mut scene);
        scene.refresh();
        scene
    }

    /// The index, for builders.
    pub fn index(&self) -> Account<PooledIndex> {
        Account {
            key: self.facts.key,
            data: self.facts.index,
        }
    }

    /// Who pays rents.
    pub fn payer(&self) -> Pubkey {
        self.pool.payer()
    }

    /// Unix seconds.
    pub fn now(&self) -> i64 {
        self.pool.world.now()
    }

    /// One of those who act now.
    pub fn actor(&mut self) -> &'static str {
        self.rng.one(self.group).expect("somebody acts")
    }

    /// Any wallet with a name.
    pub fn anybody(&mut self) -> &'static str {
        let place = self.rng.below((ACTORS.len() + PASSIVE.len()) as u64) as usize;
        ACTORS
            .get(place)
            .copied()
            .unwrap_or_else(|| PASSIVE[place - ACTORS.len()])
    }

    /// A name of the group by its key.
    pub fn named(&self, wallet: &Pubkey) -> Option<&'static str> {
        self.group.iter().copied().find(|name| key(name) == *wallet)
    }

    /// Whoever has this key if they act now; now and then somebody else.
    pub fn by(&mut self, wallet: &Pubkey) -> Option<&'static str> {
        if self.rng.percent(3) {
            return Some(self.actor());
        }
        self.named(wallet)
    }

    /// The curator if they act now; now and then somebody else.
    pub fn curator(&mut self) -> Option<&'static str> {
        let curator = self.facts.index.curator;
        self.by(&curator)
    }

    /// One of those who act now, mostly with index shares.
    pub fn shareholder(&mut self) -> &'static str {
        let able = |name: &&'static str| self.shares(name) > 0;
        let able: Vec<&'static str> = self.group.iter().copied().filter(able).collect();
        let some = self.rng.one(&able).filter(|_| self.rng.percent(95));
        some.unwrap_or_else(|| self.actor())
    }

    /// A name's lock.
    pub fn lock(&self, name: &'static str) -> Option<Account<Lock>> {
        let data = *self.facts.locks.get(&key(name))?;
        let key = find_lock(&self.facts.key, &key(name)).0;
        Some(Account { key, data })
    }

    /// Index share atoms of a name, in its own account.
    pub fn shares(&self, name: &'static str) -> u64 {
        self.facts.shares(&key(name))
    }

    /// People whose owners act now, by their names.
    pub fn owners(&mut self) -> Option<&'static str> {
        let owns = |name: &&'static str| {
            let token = self.facts.tokens.get(&token_of(name));
            token.is_some_and(|it| self.named(&it.owner).is_some())
        };
        let all: Vec<&'static str> = PEOPLE.iter().copied().filter(owns).collect();
        self.rng.one(&all)
    }

    /// A person's token, for builders.
    pub fn token(&self, name: &str) -> Option<Account<PersonalToken>> {
        let key = token_of(name);
        let data = *self.facts.tokens.get(&key)?;
        Some(Account { key, data })
    }

    /// The owner of a person's token if they act now.
    pub fn owner(&mut self, name: &'static str) -> Option<&'static str> {
        let owner = self.facts.tokens.get(&token_of(name))?.owner;
        self.by(&owner)
    }

    /// An occupied slot that fits.
    pub fn slot(&mut self, fits: impl Fn(u8, &Scene) -> bool) -> Option<u8> {
        let slots: Vec<u8> = self.facts.slots().map(|(slot, _)| slot).collect();
        let fit: Vec<u8> = slots.into_iter().filter(|it| fits(*it, self)).collect();
        self.rng.one(&fit)
    }

    /// An occupied slot.
    pub fn any_slot(&mut self) -> Option<u8> {
        self.slot(|_, _| true)
    }

    /// A slot with a person.
    pub fn person_slot(&mut self) -> Option<u8> {
        self.slot(|slot, scene| {
            scene.facts.index.constituents[usize::from(slot)].kind == SlotKind::Personal
        })
    }

    /// Somebody's basket.
    pub fn basket(&mut self, fits: impl Fn(&Basket) -> bool) -> Option<Account<Basket>> {
        let strict = !self.rng.percent(5);
        let all = self.facts.baskets.iter();
        let all: Vec<Account<Basket>> = all
            .filter(|(_, it)| !strict || fits(it))
            .map(|(key, data)| Account {
                key: *key,
                data: *data,
            })
            .collect();
        self.rng.one(&all)
    }

    /// Somebody's membership or offer.
    pub fn membership(
        &mut self,
        fits: impl Fn(&Membership) -> bool,
    ) -> Option<Account<Membership>> {
        let strict = !self.rng.percent(5);
        let all = self.facts.memberships.iter();
        let all: Vec<Account<Membership>> = all
            .filter(|(_, it)| !strict || fits(it))
            .map(|(key, data)| Account {
                key: *key,
                data: *data,
            })
            .collect();
        self.rng.one(&all)
    }
}
