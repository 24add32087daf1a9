//! The search: transactions of one to six instructions, each put together call by call on
//! a copy of the chain, then sent as one; after each the invariants. It is the same over a
//! personal token and over an index: what they differ in is their [`Stage`].

use {
    crate::{
        cast::{Coalition, key},
        draft::{Call, Step, send},
        report,
    },
    solana_signer::Signer,
    std::{collections::BTreeSet, sync::LazyLock, time::Instant},
    upside_sdk::Pubkey,
    upside_tests::{
        engine::Outcome,
        invariant::{Breach, Findings, Rule},
        people::person,
        rng::Rng,
        shrink,
        world::World,
    },
};

/// Transactions of a sequence.
pub const LENGTH: u64 = 25;
/// Most instructions of a transaction.
const MOST: u64 = 6;

/// A weight and what it makes of a scene; `None` if it finds nothing to do.
pub type Move<S> = (u64, fn(&mut S) -> Option<Call>);

/// Where sequences are tried: a chain with people on it, and what must hold there.
pub trait Stage: Sized {
    /// What the chain says.
    type Facts: Clone;

    /// Who plots here.
    fn coalitions() -> &'static [Coalition];
    /// Sets a scene: what holders have is theirs from then on.
    fn set(seed: u64, group: &'static [&'static str]) -> Self;
    /// Moves of a sequence.
    fn moves(&self, seed: u64) -> Vec<Move<Self>>;
    /// A copy that goes its own way by other chances.
    fn fork(&self, seed: u64) -> Self;
    /// Chance.
    fn rng(&mut self) -> &mut Rng;
    /// The chain.
    fn world(&mut self) -> &mut World;
    /// What it says.
    fn facts(&self) -> &Self::Facts;
    /// Reads it again.
    fn refresh(&mut self);
    /// Who acts now.
    fn group(&self) -> &'static [&'static str];
    /// Lets others act.
    fn act(&mut self, group: &'static [&'static str]);
    /// Calls that landed.
    fn seen(&mut self) -> &mut Vec<Call>;
    /// Seconds until something ends.
    fn ends(&self) -> Vec<i64>;
    /// Other times that pass, in seconds.
    fn times(&self) -> &'static [i64];
    /// What calls did to those who did not sign them.
    fn judge(&self, before: &Self::Facts, signed: &BTreeSet<Pubkey>, calls: &[Call]) -> Findings;
    /// Notes what was since `start`, and checks what only history tells.
    fn watch(&mut self, start: &Self::Facts) -> Findings;
    /// Tries on a copy whether everybody could leave.
    fn exits(&self, found: &mut Findings);

    /// Sends instructions by names.
    fn send(&mut self, calls: &[Call]) -> Outcome {
        send(self.world(), calls)
    }

    /// Remembers a call that landed; the first ones are forgotten.
    fn remember(&mut self, call: &Call) {
        let seen = self.seen();
        if seen.len() >= 24 {
            seen.remove(0);
        }
        seen.push(call.clone());
    }
}

/// A sequence that takes something from somebody.
pub struct Loss {
    /// Where it began.
    pub seed: u64,
    /// Who plotted.
    pub coalition: &'static str,
    /// The transactions that are needed for it.
    pub steps: Vec<Step>,
    /// What is wrong after the last of them.
    pub breaches: Vec<Breach>,
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "seed {}, {}:", self.seed, self.coalition)?;
        for step in &self.steps {
            if step.seconds > 0 {
                writeln!(f, "  {} seconds pass", step.seconds)?;
            }
            let calls: Vec<&str> = step.calls.iter().map(|it| it.what.as_str()).collect();
            if !calls.is_empty() {
                writeln!(f, "  [{}]", calls.join("; "))?;
            }
        }
        for breach in &self.breaches {
            let who = breach
                .who
                .map_or(String::new(), |who| format!(" of {}", name(&who)));
            writeln!(f, "  -> {:?}{who}: {}", breach.rule, breach.what)?;
        }
        Ok(())
    }
}

fn name(wallet: &Pubkey) -> String {
    let all = crate::cast::EVERYBODY.into_iter().flatten();
    let mut all = all.filter(|name| key(name) == *wallet);
    all.next()
        .map_or(wallet.to_string(), |name| (*name).to_string())
}

/// How long it takes until the next transaction.
fn pause<S: Stage>(scene: &mut S) -> i64 {
    if scene.rng().percent(60) {
        return 0;
    }
    // To where something ends, or a second before or after.
    let mut ends = scene.ends();
    ends.retain(|end| *end > 1);
    if scene.rng().percent(40)
        && let Some(end) = scene.rng().one(&ends)
    {
        return end + scene.rng().below(3) as i64 - 1;
    }
    let times = scene.times();
    scene.rng().one(times).unwrap_or(1)
}

/// Some move.
fn any<S: Stage>(scene: &mut S, moves: &[Move<S>]) -> Option<Call> {
    let total: u64 = moves.iter().map(|(weight, _)| weight).sum();
    let mut at = scene.rng().below(total);
    for (weight, make) in moves {
        if at < *weight {
            return make(scene);
        }
        at -= weight;
    }
    None
}

/// Puts a transaction together: each call lands on a copy before the next is chosen, so
/// that later ones can use what earlier ones made. Each is a transaction of its own there,
/// and checked as such.
fn compose<S: Stage>(scene: &mut S, moves: &[Move<S>]) -> (Vec<Call>, Findings) {
    let seed = scene.rng().roll();
    let mut draft = scene.fork(seed);
    let start = scene.facts().clone();
    let most = scene.rng().within(1, MOST);
    let mut calls = Vec::new();
    let mut found = Findings::default();
    let mut tries = 0;
    while (calls.len() as u64) < most && tries < most * 3 && found.breaches.is_empty() {
        tries += 1;
        let Some(made) = any(&mut draft, moves) else {
            continue;
        };
        let sent = draft.send(std::slice::from_ref(&made));
        report::probed(&sent);
        if sent.error.is_none() {
            let before = draft.facts().clone();
            draft.refresh();
            draft.remember(&made);
            found.add(judge(&before, &draft, std::slice::from_ref(&made)));
            found.add(named(draft.watch(&start)));
            calls.push(made);
        }
    }
    (calls, found)
}

/// Lets time pass and sends; what the transaction did.
fn perform<S: Stage>(scene: &mut S, step: &Step) -> Option<Findings> {
    let before = scene.facts().clone();
    scene.world().pass(step.seconds);
    scene.world().engine.pass_slots(1);
    if step.calls.is_empty() {
        scene.refresh();
        return None;
    }
    let sent = scene.send(&step.calls);
    report::sent(&step.calls, &sent);
    scene.refresh();
    if sent.error.is_some() {
        return None;
    }
    for call in &step.calls {
        scene.remember(call);
    }
    let mut found = judge(&before, scene, &step.calls);
    found.add(named(scene.watch(&before)));
    Some(found)
}

/// Only breaches of the rules that `UPSIDE_RULES` names, if it does.
static RULES: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("UPSIDE_RULES").ok());

/// What calls did to those who did not sign them.
fn judge<S: Stage>(before: &S::Facts, scene: &S, calls: &[Call]) -> Findings {
    let mut signed: BTreeSet<Pubkey> = BTreeSet::new();
    let names = calls.iter().flat_map(|it| &it.signers);
    signed.extend(names.map(|name| key(name)));
    signed.insert(person("payer").pubkey());
    named(scene.judge(before, &signed, calls))
}

fn named(mut found: Findings) -> Findings {
    if let Some(rules) = RULES.as_ref() {
        let named = |it: &Breach| rules.contains(&format!("{:?}", it.rule));
        found.breaches.retain(named);
    }
    found
}

/// Runs one sequence; returns how many transactions it sent, and what it took.
pub fn sequence<S: Stage>(seed: u64) -> (u64, Option<Loss>) {
    run::<S>(seed, |_| {})
}

/// The same in a scene that `change` alters, without being counted.
pub fn tried<S: Stage>(seed: u64, change: impl FnOnce(&mut S)) -> (u64, Option<Loss>) {
    let was = report::quiet(true);
    let done = run(seed, change);
    report::quiet(was);
    done
}

fn run<S: Stage>(seed: u64, change: impl FnOnce(&mut S)) -> (u64, Option<Loss>) {
    let all = S::coalitions();
    let coalition: &Coalition = &all[(seed % all.len() as u64) as usize];
    let mut scene = S::set(seed, coalition.plot);
    change(&mut scene);
    let start = scene.fork(0);
    let moves = scene.moves(seed);
    let mut steps = Vec::new();
    for _ in 0..LENGTH {
        let honest = !coalition.honest.is_empty() && scene.rng().percent(25);
        scene.act(if honest {
            coalition.honest
        } else {
            coalition.plot
        });
        let seconds = pause(&mut scene);
        if seconds > 0 {
            let step = Step {
                seconds,
                calls: Vec::new(),
            };
            perform(&mut scene, &step);
            steps.push(step);
        }
        let (calls, mut found) = compose(&mut scene, &moves);
        if calls.is_empty() {
            continue;
        }
        let step = |calls| Step { seconds: 0, calls };
        if found.breaches.is_empty() {
            steps.push(step(calls));
            let done = perform(&mut scene, steps.last().expect("a step"));
            found.add(done.unwrap_or_default());
        } else {
            // One transaction each.
            steps.extend(calls.into_iter().map(|call| step(vec![call])));
        }
        if found.breaches.is_empty() && scene.rng().percent(15) {
            scene.exits(&mut found);
        }
        report::checked(found.checks);
        if let Some(first) = found.breaches.first() {
            let rule = first.rule;
            let sent = sent(&steps);
            let (steps, breaches) = shrink(&start, steps, rule, found.breaches);
            let loss = Loss {
                seed,
                coalition: coalition.title,
                steps,
                breaches,
            };
            return (sent, Some(loss));
        }
    }
    report::sequence(coalition.title);
    (sent(&steps), None)
}

/// How many of these steps are transactions.
fn sent(steps: &[Step]) -> u64 {
    steps.iter().filter(|step| !step.calls.is_empty()).count() as u64
}

/// What a replay of these steps breaks of a rule.
fn replay<S: Stage>(start: &S, steps: &[Step], rule: Rule) -> Option<Vec<Breach>> {
    let mut scene = start.fork(0);
    for step in steps {
        let mut found = perform(&mut scene, step).unwrap_or_default();
        if rule == Rule::Exit {
            scene.exits(&mut found);
        }
        if found.breaches.iter().any(|it| it.rule == rule) {
            return Some(found.breaches);
        }
    }
    None
}

/// Leaves out transactions, then calls of those that are left, that are not needed to break
/// the rule; until none is left out, or until the deadline.
fn shrink<S: Stage>(
    start: &S,
    steps: Vec<Step>,
    rule: Rule,
    breaches: Vec<Breach>,
) -> (Vec<Step>, Vec<Breach>) {
    let was = report::quiet(true);
    let deadline = shrink::deadline();
    let fails = |steps: &[Step]| replay(start, steps, rule);
    let (mut steps, mut breaches) = shrink::shortest(steps, breaches, deadline, fails);
    loop {
        let before = size(&steps);
        for place in 0..steps.len() {
            let calls = steps[place].calls.clone();
            let with = |calls: &[Call]| {
                let mut fewer = steps.clone();
                fewer[place].calls = calls.to_vec();
                // A transaction without calls is left out with its time, as a step.
                let found = (!calls.is_empty()).then(|| fails(&fewer));
                found.flatten()
            };
            let (calls, found) = shrink::shortest(calls, breaches, deadline, with);
            (steps[place].calls, breaches) = (calls, found);
        }
        (steps, breaches) = shrink::shortest(steps, breaches, deadline, fails);
        if size(&steps) == before || Instant::now() >= deadline {
            break;
        }
    }
    report::quiet(was);
    (steps, breaches)
}

/// Steps and calls.
fn size(steps: &[Step]) -> usize {
    steps.iter().map(|step| 1 + step.calls.len()).sum()
}
