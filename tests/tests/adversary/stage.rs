//! A personal token as the search takes it.

use {
    crate::{
        cast::{COALITIONS, Coalition},
        draft::Call,
        exits, moves,
        scene::Scene,
        search::{Move, Stage},
    },
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
    upside_tests::{
        invariant::{self, Facts, Findings},
        rng::Rng,
        world::{DAY, World},
    },
};

impl Stage for Scene {
    type Facts = Facts;

    fn coalitions() -> &'static [Coalition] {
        COALITIONS
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
            // Shares always move.
            if rng.percent(45) || place == 0 || all {
                chosen.extend_from_slice(moves);
            }
        }
        // A wind-down pays out, whatever else is tried.
        if self.facts.token.wound_up_at != 0 {
            for _ in 0..2 {
                chosen.extend_from_slice(moves::endings::MOVES);
            }
        }
        chosen
    }

    fn fork(&self, seed: u64) -> Scene {
        Scene {
            world: self.world.fork(),
            facts: self.facts.clone(),
            rng: Rng(seed),
            seen: self.seen.clone(),
            least: self.least.clone(),
            created: self.created.clone(),
            launch: self.launch,
            group: self.group,
            mutation: self.mutation,
        }
    }

    fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn world(&mut self) -> &mut World {
        &mut self.world
    }

    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn refresh(&mut self) {
        let token = self.world.token;
        let read = |world: &mut World| Facts::read(&mut world.engine, &token);
        let mut facts = read(&mut self.world).expect("a token");
        if let Some(mutation) = self.mutation {
            mutation(&mut self.world, &self.facts, &facts);
            facts = read(&mut self.world).expect("a token");
        }
        self.facts = facts;
        self.created
            .push((self.facts.now, self.facts.token.created));
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
        let now = self.world.now();
        let rounds = self.facts.rounds.values();
        let mut ends: Vec<i64> = rounds.map(|it| it.closes_at - now).collect();
        ends.extend(self.facts.token.streams.iter().map(|it| it.end - now));
        let auctions = self.facts.claims.values().map(|it| it.auction);
        ends.extend(auctions.flat_map(|it| [it.starts_at - now, it.ends_at - now]));
        let notice = i64::from(self.facts.token.terms.notice_seconds);
        let polls = self.facts.token.polls.iter().map(|it| it.passed_at);
        ends.extend(polls.map(|passed| passed + notice - now));
        ends
    }

    fn times(&self) -> &'static [i64] {
        &[
            1,
            3_600,
            DAY,
            DAY + 1,
            8 * DAY,
            31 * DAY,
            95 * DAY,
            366 * DAY,
        ]
    }

    fn judge(&self, before: &Facts, signed: &BTreeSet<Pubkey>, calls: &[Call]) -> Findings {
        let mut found = invariant::check(before, &self.facts, signed);
        if let [_] = calls {
            // Thirteen periods of 30 days, the current one among them.
            let earlier = self.created_at(self.facts.now - 365 * DAY);
            let launch = self.launch;
            found.add(invariant::check_one(before, &self.facts, earlier, launch));
        }
        found
    }

    fn watch(&mut self, start: &Facts) -> Findings {
        self.least.note(start, &self.facts);
        self.least.check(&self.facts)
    }

    fn exits(&self, found: &mut Findings) {
        exits::check(self, found);
    }
}
