//! An index as the search takes it.

use {
    super::{Scene, cast, exits, moves},
    crate::{
        cast::Coalition,
        draft::Call,
        search::{Move, Stage},
    },
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
    upside_tests::{
        invariant::{self, Findings, PoolFacts},
        rng::Rng,
        world::{DAY, World},
    },
};

/// What only whoever watched knows.
#[derive(Clone, Default)]
pub struct History {}

impl Stage for Scene {
    type Facts = PoolFacts;

    fn coalitions() -> &'static [Coalition] {
        cast::COALITIONS
    }

    fn set(seed: u64, group: &'static [&'static str]) -> Scene {
        Scene::begin(seed, group)
    }

    /// Some subjects, so that what takes many calls of one kind comes about; now and then
    /// all.
    fn moves(&self, seed: u64) -> Vec<Move<Scene>> {
        let mut rng = Rng(seed ^ 0x5eed);
        let all = rng.percent(25);
        let mut chosen = Vec::new();
        for (place, moves) in moves::SUBJECTS.iter().enumerate() {
            // Shares always move, and what is due is harvested.
            if rng.percent(45) || place < 2 || all {
                chosen.extend_from_slice(moves);
            }
        }
        chosen
    }

    fn fork(&self, seed: u64) -> Scene {
        Scene {
            pool: self.pool.fork(),
            facts: self.facts.clone(),
            rng: Rng(seed),
            seen: self.seen.clone(),
            history: self.history.clone(),
            group: self.group,
            mutation: self.mutation,
        }
    }

    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn world(&mut self) -> &mut World {
        &mut self.pool.world
    }

    fn facts(&self) -> &PoolFacts {
        &self.facts
    }

    fn refresh(&mut self) {
        let index = self.pool.index;
        let read = |world: &mut World| PoolFacts::read(&mut world.engine, &index);
        let mut facts = read(&mut self.pool.world).expect("an index");
        if let Some(mutation) = self.mutation {
            mutation(&mut self.pool, &self.facts, &facts);
            facts = read(&mut self.pool.world).expect("an index");
        }
        self.facts = facts;
    }

    fn group(&self) -> &'static [&'static str] {
        self.group
    }

    fn act(&mut self, group: &'static [&'static str]) {
        self.group = group;
    }

    fn seen(&mut self) -> &mut Vec<Call> {
        &mut self.seen
    }

    fn ends(&self) -> Vec<i64> {
        let now = self.now();
        let places = self.facts.index.announcements.iter();
        let mut ends: Vec<i64> = places.map(|it| it.effective_at - now).collect();
        let tokens = self.facts.tokens.values();
        ends.extend(tokens.flat_map(|it| it.streams).map(|it| it.end - now));
        let tokens = self.facts.tokens.values();
        ends.extend(tokens.map(|it| it.policy_at - now));
        ends
    }

    fn times(&self) -> &'static [i64] {
        &[
            1,
            3_600,
            DAY,
            3 * DAY,
            8 * DAY,
            31 * DAY,
            95 * DAY,
            366 * DAY,
        ]
    }

    fn judge(&self, before: &PoolFacts, signed: &BTreeSet<Pubkey>, calls: &[Call]) -> Findings {
        invariant::check_index(before, &self.facts, signed, calls.len() == 1)
    }

    fn watch(&mut self, _start: &PoolFacts) -> Findings {
        Findings::default()
    }

    fn exits(&self, found: &mut Findings) {
        exits::check(self, found);
    }
}
