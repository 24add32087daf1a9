//! Quotes are the chain's result to the atom, over random pools and histories.

mod cases;

use {
    super::support::*,
    solana_program::instruction::Instruction,
    std::collections::BTreeMap,
    upside_sdk::{
        error::CoreError,
        index::{MAX_CONSTITUENTS, fetch::Pool, instruction as ix, quote},
    },
    upside_tests::{
        engine::{Engine, Outcome},
        pool::{ACTORS, HAS, PoolWorld},
        world::{DAY, ONE},
    },
};

/// Cases of each test; there are five of them.
const CASES: usize = 600;

/// A pool, chance, and how many quotes were compared.
struct Bench {
    pool: PoolWorld,
    rng: Rng,
    cases: usize,
    /// How many were carried out, by kind; the others were refused as quoted.
    done: BTreeMap<&'static str, usize>,
    nonce: u64,
    /// Claims that pay, by person: in cash, and in the second cash.
    claims: Vec<Vec<u64>>,
}

impl Bench {
    fn new(people: usize, mut rng: Rng) -> Bench {
        let mut pool = PoolWorld::seeding(Engine::lite(), people, |args| {
            args.terms.equal_share_bps = rng.within(1, 2_500) as u16;
            args.terms.dilution_bps = 1_000;
            args.terms.notice_seconds = 3 * DAY as u32;
            args.parameters.management_fee_bps = rng.below(501) as u16;
            args.parameters.entry_fee_bps = rng.below(301) as u16;
            args.parameters.exit_fee_bps = rng.below(101) as u16;
        });
        let coin = second_cash(&mut pool);
        pool.add_everybody();
        let mut mints = vec![pool.world.quote];
        if rng.percent(70) {
            add_mint(&mut pool, &coin);
        }
        mints.push(coin);
        let slots = pool
            .index()
            .data
            .constituents
            .iter()
            .filter(|slot| slot.kind.raw() != 0)
            .count();
        for slot in 0..slots {
            pool.seed(slot as u8, rng.amount(HAS / 2));
        }
        pool.launch(1_000_000 + rng.amount(1 << 50));
        let names = pool.people.clone();
        let claims = names
            .iter()
            .map(|name| {
                mints
                    .iter()
                    .map(|mint| declare(&mut pool, name, mint))
                    .collect()
            })
            .collect();
        let mut bench = Bench {
            pool,
            rng,
            cases: 0,
            done: BTreeMap::new(),
            nonce: 0,
            claims,
        };
        for name in names.iter().take(people.div_ceil(2)) {
            bench.join(name);
        }
        bench
    }

    fn join(&mut self, name: &str) {
        self.pool.open_shares(name);
        let supply = quote::effective_supply(&self.pool.pool()).unwrap();
        let (gives, gets) = (self.rng.amount(HAS / 4), self.rng.amount(supply / 100));
        self.pool.offer(name, gives, gets);
        self.pool.world.pass(3 * DAY);
        self.pool.accept(name);
    }

    fn actor(&mut self) -> &'static str {
        self.rng.pick(&ACTORS)
    }

    /// The pool as it will be, and the harvests that make it so in one transaction.
    fn ahead(&mut self) -> (Pool, Vec<Instruction>) {
        let pool = self.pool.pool();
        let slots = if self.rng.percent(40) {
            pool.persons.keys().copied().collect()
        } else {
            Vec::new()
        };
        let (found, instructions) = harvests(&pool, &slots);
        (pool.harvested(&found).unwrap(), instructions)
    }

    fn shares_for(&mut self, pool: &Pool, name: &str) -> Option<u64> {
        let mut have = [0; MAX_CONSTITUENTS];
        for (slot, atoms) in wealth(&mut self.pool, &key(name)) {
            have[usize::from(slot)] = atoms / 2;
        }
        let most = quote::shares_for(pool, &have).ok()?;
        Some(self.rng.amount(most))
    }

    /// Runs what was quoted; a refusal that the quote told of must come.
    fn run<T>(
        &mut self,
        kind: &'static str,
        quoted: Result<T, CoreError>,
        sent: Outcome,
    ) -> Option<T> {
        self.cases += 1;
        match quoted {
            Ok(quoted) => {
                sent.succeeded();
                *self.done.entry(kind).or_default() += 1;
                Some(quoted)
            }
            Err(CoreError::IndexRefused(error)) => {
                sent.refused(error);
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    #[track_caller]
    fn moved(&mut self, name: &str, before: &BTreeMap<u8, u64>, amounts: &[(u8, u64)], gets: bool) {
        let after = wealth(&mut self.pool, &key(name));
        for (slot, had) in before {
            let quoted = amounts.iter().find(|(place, _)| place == slot);
            let quoted = quoted.map_or(0, |(_, atoms)| *atoms);
            let expected = if gets { had + quoted } else { had - quoted };
            assert_eq!(after[slot], expected, "slot {slot}");
        }
    }

    /// What changes the pool between quotes.
    fn live(&mut self) {
        let seconds = match self.rng.below(4) {
            0 => self.rng.below(60),
            1 => self.rng.below(86_400),
            _ => self.rng.below(40 * 86_400),
        };
        self.pool.world.pass(seconds as i64);
        match self.rng.below(6) {
            0 | 1 => {
                let place = self.rng.below(self.claims.len() as u64) as usize;
                let claim = self.claims[place][self.rng.below(2) as usize];
                let name = self.pool.people[place].clone();
                let amount = self.rng.amount(10_000 * ONE);
                let pay = pay_ix(&mut self.pool, &name, claim, amount);
                // A second small payment within an hour is too small to matter.
                let _ = self.pool.send(&pay, &[&name]);
            }
            2 => {
                let collect = ix::collect_fees(&self.pool.index());
                let _ = self.pool.send(&collect, &[]);
            }
            3 if self.rng.percent(30) => {
                let had = self.pool.shares("curator");
                let shares = self.rng.amount(had / 100);
                if had >= shares {
                    let burn = burn_ix(&mut self.pool, "curator", shares);
                    self.pool.send(&burn, &["curator"]).succeeded();
                }
            }
            _ => {}
        }
    }

    fn case(&mut self) {
        self.live();
        match self.rng.below(24) {
            0..6 => self.contribute(),
            6..12 => self.redeem(),
            12..15 => self.redeem_to_basket(),
            15..18 => self.finish_basket(),
            18..20 => self.harvest(),
            20..22 => self.claim(),
            _ => self.rebalance(),
        }
    }
}

fn compare(sizes: &[usize], seed: u64) {
    let mut rng = Rng(seed);
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, size) in sizes.iter().enumerate() {
        let mut bench = Bench::new(*size, Rng(rng.roll()));
        let part = CASES.div_ceil(sizes.len());
        let mut rounds = 0;
        while bench.cases < part {
            rounds += 1;
            assert!(
                rounds < 10 * part,
                "pool {place} of {size} people is used up"
            );
            bench.case();
        }
        bench.pool.check_books();
        for (kind, count) in bench.done {
            *done.entry(kind).or_default() += count;
        }
    }
    assert_eq!(done.len(), 7, "{done:?}");
    assert!(done.values().all(|count| *count >= 8), "{done:?}");
}

#[test]
fn over_one_person() {
    compare(&[1; 4], 1);
}

#[test]
fn over_two_people() {
    compare(&[2; 4], 2);
}

#[test]
fn over_three_people() {
    compare(&[3; 4], 3);
}

#[test]
fn over_four_people() {
    compare(&[4; 4], 4);
}

#[test]
fn over_five_and_six_people() {
    compare(&[5, 6, 5, 6], 5);
}
