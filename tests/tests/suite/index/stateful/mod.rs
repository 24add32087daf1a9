//! Random sequences of everything that people can do, against an oracle.
//!
//! `UPSIDE_SEQUENCES` sets how many sequences run (1,000 without it), `UPSIDE_SEED` the
//! first seed. A failure prints its seed and its steps; put that seed into
//! `REGRESSIONS`.

mod index_steps;
mod member_steps;
mod oracle;
mod person_steps;
mod tampered;

use {
    super::support::*,
    oracle::{Oracle, Places, State},
    solana_program::instruction::Instruction,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, find_holder},
        index::{IndexEvent, fetch::Pool, instruction as ix, quote},
        instruction as token_ix,
    },
    upside_tests::{
        engine::{Engine, Outcome},
        pool::{ACTORS, HAS, INDEX_ONE, PoolWorld, token_of},
        world::{DAY, ONE},
    },
};

/// Steps of a sequence.
const STEPS: usize = 40;
/// Sequences of all tests together, unless `UPSIDE_SEQUENCES` says otherwise.
const SEQUENCES: u64 = 1_000;
/// Seeds that failed once.
const REGRESSIONS: &[u64] = &[];

/// What a step may do to the value of a share.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It falls in no constituent.
    Fair,
    /// New shares come for one constituent, or one is traded for another.
    Moves,
}

/// A step that is about to be sent.
struct Act {
    what: String,
    instructions: Vec<Instruction>,
    signers: Vec<String>,
    effect: Effect,
    /// Whether a refusal is a failure.
    must: bool,
}

impl Act {
    fn new(what: String, instructions: Vec<Instruction>, signers: &[&str]) -> Act {
        Act {
            what,
            instructions,
            signers: signers.iter().map(|name| (*name).to_string()).collect(),
            effect: Effect::Fair,
            must: false,
        }
    }

    fn must(mut self, must: bool) -> Act {
        self.must = must;
        self
    }

    fn moves(mut self) -> Act {
        self.effect = Effect::Moves;
        self
    }
}

type Step = fn(&mut Run) -> Option<Act>;

/// Steps that give nobody anything but a part of what everybody put in.
const QUIET: &[(u64, Step)] = &[
    (10, Run::contribute),
    (10, Run::redeem),
    (6, Run::open_basket),
    (7, Run::deposit),
    (6, Run::finish_basket),
    (2, Run::cancel_basket),
    (6, Run::redeem_to_basket),
    (6, Run::withdraw_basket),
    (3, Run::close_basket),
    (6, Run::time),
    (3, Run::harvest),
    (3, Run::collect_fees),
    (2, Run::pause),
    (2, Run::announce_fees),
    (2, Run::apply_fees),
];

/// The others.
const LOUD: &[(u64, Step)] = &[
    (6, Run::harvest),
    (9, Run::pay_revenue),
    (6, Run::time),
    (7, Run::offer),
    (12, Run::accept),
    (4, Run::end),
    (12, Run::apply_end),
    (20, Run::collect_locked),
    (8, Run::collect_equal_share),
    (16, Run::close_membership),
    (1, Run::cancel_offer),
    (6, Run::open_round),
    (8, Run::back_round),
    (8, Run::close_round),
    (12, Run::seal_rebalance),
    (14, Run::bid),
    (3, Run::end_rebalance),
    (2, Run::donate_cash),
    (2, Run::donate_shares),
    (2, Run::burn),
    (4, Run::sync),
    (3, Run::transfer),
    (2, Run::redeem_personal),
    (2, Run::withdraw),
    (2, Run::share_custody),
    (2, Run::collect_dividend),
    (1, Run::wind_down),
];

/// A sequence.
struct Run {
    pool: PoolWorld,
    dice: Dice,
    seed: u64,
    quiet: bool,
    steps: Vec<String>,
    places: Places,
    state: State,
    oracle: Oracle,
    nonce: u64,
    /// Baskets that are open.
    baskets: Vec<(&'static str, u64)>,
    /// Claim of each person that pays revenue.
    claims: Vec<u64>,
    /// Open rounds: whose, number, when it closes.
    rounds: Vec<(usize, u64, i64)>,
    /// How often each event happened.
    happened: BTreeMap<&'static str, usize>,
}

impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}:\n  {}", self.seed, self.steps.join("\n  "));
        }
    }
}

/// A launched index over `people`, with everything that steps need.
fn base(people: usize) -> (PoolWorld, Vec<u64>) {
    let mut pool = PoolWorld::on(Engine::lite(), people, |args| {
        args.terms.notice_seconds = 3 * DAY as u32;
        if people == 2 {
            args.parameters.management_fee_bps = 0;
            args.parameters.entry_fee_bps = 0;
            args.parameters.exit_fee_bps = 0;
        }
    });
    let quote = pool.world.quote;
    let mut claims = Vec::new();
    for name in pool.people.clone() {
        pool.open_shares(&name);
        claims.push(declare(&mut pool, &name, &quote));
        let token = pool.token(&name);
        for actor in ACTORS {
            let (payer, mint) = (pool.payer(), token.data.mint);
            let create =
                token_ix::create_associated(&payer, &key(actor), &mint, &TOKEN_2022_PROGRAM);
            pool.send(&create, &[]).succeeded();
        }
    }
    (pool, claims)
}

impl Run {
    fn new(base: &(PoolWorld, Vec<u64>), seed: u64, quiet: bool) -> Run {
        let mut pool = base.0.fork();
        let places = Places::of(&mut pool);
        let state = State::read(&mut pool, &places, &[]);
        let mut run = Run {
            pool,
            dice: Dice(seed),
            seed,
            quiet,
            steps: Vec::new(),
            places,
            state,
            oracle: Oracle::default(),
            nonce: 0,
            baskets: Vec::new(),
            claims: base.1.clone(),
            rounds: Vec::new(),
            happened: BTreeMap::new(),
        };
        // No two sequences begin at the same second or with the same shares.
        run.pool.world.pass((seed % 1_000) as i64);
        if !quiet {
            run.join(seed as usize % (run.pool.people.len() + 1));
        }
        run
    }

    fn act(&mut self) -> Option<Act> {
        let total = |steps: &[(u64, Step)]| steps.iter().map(|(weight, _)| weight).sum::<u64>();
        let loud = if self.quiet { &[][..] } else { LOUD };
        let mut at = self.dice.below(total(QUIET) + total(loud));
        for (weight, step) in QUIET.iter().chain(loud) {
            if at < *weight {
                return step(self);
            }
            at -= weight;
        }
        None
    }

    /// Sends a step and checks everything.
    fn send(&mut self, act: Act) -> Outcome {
        let signers: Vec<&str> = act.signers.iter().map(String::as_str).collect();
        self.steps.push(act.what.clone());
        let sent = self.pool.send_all(&act.instructions, &signers);
        let end = match &sent.error {
            None => String::new(),
            Some(_) => format!(" (refused: {:?})", sent.code()),
        };
        let last = self.steps.len() - 1;
        self.steps[last].push_str(&end);
        if sent.error.is_some() {
            assert!(
                !act.must,
                "refused: {:?}\n{}",
                sent.error,
                sent.logs.join("\n")
            );
            sent.named_failure(&act.what);
        }
        self.check(act.effect, &sent);
        sent
    }

    fn step(&mut self) {
        for _ in 0..20 {
            if let Some(act) = self.act() {
                if !act.instructions.is_empty() {
                    self.send(act);
                }
                return;
            }
        }
    }

    fn actor(&mut self) -> &'static str {
        self.dice.pick(&ACTORS)
    }

    /// A person's place among the people, and the name.
    fn somebody(&mut self) -> (usize, String) {
        let place = self.dice.below(self.pool.people.len() as u64) as usize;
        (place, self.pool.people[place].clone())
    }

    /// Slot of the cash.
    fn cash(&self) -> u8 {
        self.pool.people.len() as u8
    }

    /// Mostly lets time pass until `at`, unix seconds.
    fn wait_for(&mut self, at: i64) {
        let seconds = at - self.pool.world.now();
        if seconds > 0 && self.dice.percent(80) {
            self.steps.push(format!("{seconds} seconds pass"));
            self.pool.world.pass(seconds);
        }
    }

    fn time(&mut self) -> Option<Act> {
        let seconds = match self.dice.below(6) {
            0 => 1,
            1 => self.dice.below(3_600),
            2 => self.dice.below(86_400),
            3 if self.dice.percent(40) => 40 * 86_400,
            _ => 86_400 + self.dice.below(86_400),
        };
        self.steps.push(format!("{seconds} seconds pass"));
        self.pool.world.pass(seconds as i64);
        Some(Act::new(String::new(), Vec::new(), &[]))
    }
}

/// Every event that follows a launch and is no step of a curator's handover.
const EVENTS: [&str; 30] = [
    "SharesBought",
    "SharesRedeemed",
    "BasketOpened",
    "BasketDeposited",
    "BasketFinished",
    "BasketCancelled",
    "BasketWithdrawn",
    "BasketClosed",
    "Harvested",
    "FeesCollected",
    "PauseChanged",
    "ActionsAnnounced",
    "ActionAnnounced",
    "FeesSet",
    "AnnouncementApplied",
    "MembershipOffered",
    "OfferCancelled",
    "MembershipAccepted",
    "MembershipEnds",
    "MembershipEnded",
    "LockedCollected",
    "MembershipClosed",
    "EqualShareCollected",
    "RebalanceOpened",
    "OrderAdded",
    "RebalanceSealed",
    "RebalanceTraded",
    "RebalanceEnded",
    "CustodySynced",
    "WindDownStarted",
];

/// Runs a part of all sequences; in enough of them everything happens.
fn sequences(people: &[usize], quiet: bool, part: u64, parts: u64) {
    let number = |name, or| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let all: u64 = number("UPSIDE_SEQUENCES", SEQUENCES);
    let first: u64 = number("UPSIDE_SEED", 0);
    let bases: Vec<_> = people.iter().map(|count| base(*count)).collect();
    let mut happened: BTreeMap<&str, usize> = BTreeMap::new();
    for place in 0..all.div_ceil(parts) {
        let seed = first + place * parts + part;
        for (event, count) in one(&bases[place as usize % bases.len()], seed, quiet) {
            *happened.entry(event).or_default() += count;
        }
    }
    if std::env::var("UPSIDE_SEQUENCES").is_ok() {
        eprintln!("{happened:?}");
    }
    let expected = if quiet { &EVENTS[..15] } else { &EVENTS };
    for event in expected.iter().filter(|_| all >= SEQUENCES) {
        assert!(happened.contains_key(event), "{event} never happened");
    }
}

fn one(base: &(PoolWorld, Vec<u64>), seed: u64, quiet: bool) -> BTreeMap<&'static str, usize> {
    let mut run = Run::new(base, seed, quiet);
    for _ in 0..STEPS {
        run.step();
    }
    run.everybody_leaves();
    std::mem::take(&mut run.happened)
}

#[test]
fn everything_over_one_and_three_people() {
    sequences(&[3, 1], false, 0, 4);
}

#[test]
fn everything_over_two_people_without_fees() {
    sequences(&[2], false, 1, 4);
}

#[test]
fn without_dividends_nobody_gains_over_three_people() {
    sequences(&[3], true, 2, 4);
}

#[test]
fn without_dividends_and_fees_nobody_gains_over_two_people() {
    sequences(&[2], true, 3, 4);
}

#[test]
fn sequences_that_failed_once() {
    let bases: Vec<_> = [3, 1, 2].iter().map(|count| base(*count)).collect();
    for seed in REGRESSIONS {
        for base in &bases {
            one(base, *seed, false);
            one(base, *seed, true);
        }
    }
}
