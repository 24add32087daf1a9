//! The search: transactions of one to six instructions, each put together call by call on
//! a copy of the chain, then sent as one; after each the invariants.

use {
    crate::{
        cast::{COALITIONS, Coalition, key},
        draft::{Call, Step, send},
        exits,
        moves::{self, Move},
        report,
        scene::Scene,
    },
    solana_signer::Signer,
    std::{collections::BTreeSet, sync::LazyLock},
    upside_sdk::Pubkey,
    upside_tests::{
        dice::Dice,
        invariant::{self, Breach, Facts, Findings, Rule},
        world::DAY,
    },
};

/// Transactions of a sequence.
pub const LENGTH: u64 = 25;
/// Most instructions of a transaction.
const MOST: u64 = 6;

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
    let mut all = crate::cast::PASSIVE.into_iter().chain(crate::cast::ACTORS);
    all.find(|name| key(name) == *wallet)
        .map_or(wallet.to_string(), str::to_string)
}

/// The subjects of a sequence: some, so that what takes many calls of one kind comes
/// about; now and then all.
fn subjects(seed: u64, wound_up: bool) -> Vec<Move> {
    let mut dice = Dice(seed ^ 0x5eed);
    let all = dice.percent(25);
    let mut chosen = Vec::new();
    for (place, moves) in moves::SUBJECTS.iter().enumerate() {
        // Shares always move.
        if dice.percent(45) || place == 0 || all {
            chosen.extend_from_slice(moves);
        }
    }
    // A wind-down pays out, whatever else is tried.
    if wound_up {
        for _ in 0..2 {
            chosen.extend_from_slice(moves::endings::MOVES);
        }
    }
    chosen
}

/// How long it takes until the next transaction.
fn pause(scene: &mut Scene) -> i64 {
    if scene.dice.percent(60) {
        return 0;
    }
    let now = scene.world.now();
    // To where something ends, or a second before or after.
    let mut ends: Vec<i64> = scene
        .facts
        .rounds
        .values()
        .map(|it| it.closes_at - now)
        .collect();
    ends.extend(scene.facts.token.streams.iter().map(|it| it.end - now));
    let auctions = scene.facts.claims.values().map(|it| it.auction);
    ends.extend(auctions.flat_map(|it| [it.starts_at - now, it.ends_at - now]));
    let notice = i64::from(scene.facts.token.terms.notice_seconds);
    let polls = scene.facts.token.polls.iter().map(|it| it.passed_at);
    ends.extend(polls.map(|passed| passed + notice - now));
    ends.retain(|end| *end > 1);
    if scene.dice.percent(40)
        && let Some(end) = scene.dice.one(&ends)
    {
        return end + scene.dice.below(3) as i64 - 1;
    }
    let hour = 3_600;
    let times = [
        1,
        hour,
        DAY,
        DAY + 1,
        8 * DAY,
        31 * DAY,
        95 * DAY,
        366 * DAY,
    ];
    scene.dice.one(&times).unwrap_or(1)
}

/// Puts a transaction together: each call lands on a copy before the next is chosen, so
/// that later ones can use what earlier ones made. Each is a transaction of its own there,
/// and checked as such.
fn compose(scene: &mut Scene, moves: &[Move]) -> (Vec<Call>, Findings) {
    let seed = scene.dice.roll();
    let mut draft = scene.fork(seed);
    let start = scene.facts.clone();
    let most = scene.dice.within(1, MOST);
    let mut calls = Vec::new();
    let mut found = Findings::default();
    let mut tries = 0;
    while (calls.len() as u64) < most && tries < most * 3 && found.breaches.is_empty() {
        tries += 1;
        let Some(made) = moves::any(&mut draft, moves) else {
            continue;
        };
        let sent = draft.send(std::slice::from_ref(&made));
        report::probed(&sent);
        if sent.error.is_none() {
            let before = draft.facts.clone();
            draft.refresh();
            draft.remember(&made);
            found.add(judge(&before, &draft, std::slice::from_ref(&made)));
            draft.least.note(&start, &draft.facts);
            found.add(named(draft.least.check(&draft.facts)));
            calls.push(made);
        }
    }
    (calls, found)
}

/// Lets time pass and sends; what the transaction did.
fn perform(scene: &mut Scene, step: &Step) -> Option<Findings> {
    let before = scene.facts.clone();
    scene.world.pass(step.seconds);
    scene.world.engine.pass_slots(1);
    if step.calls.is_empty() {
        scene.refresh();
        return None;
    }
    let sent = send(&mut scene.world, &step.calls);
    report::sent(&step.calls, &sent);
    scene.refresh();
    if sent.error.is_some() {
        return None;
    }
    for call in &step.calls {
        scene.remember(call);
    }
    let mut found = judge(&before, scene, &step.calls);
    scene.least.note(&before, &scene.facts);
    found.add(named(scene.least.check(&scene.facts)));
    Some(found)
}

/// Only breaches of the rules that `UPSIDE_RULES` names, if it does.
static RULES: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("UPSIDE_RULES").ok());

/// What calls did to those who did not sign them.
fn judge(before: &Facts, scene: &Scene, calls: &[Call]) -> Findings {
    let mut signed: BTreeSet<Pubkey> = BTreeSet::new();
    let names = calls.iter().flat_map(|it| &it.signers);
    signed.extend(names.map(|name| key(name)));
    signed.insert(scene.world.payer.pubkey());
    let mut found = invariant::check(before, &scene.facts, &signed);
    if let [_] = calls {
        // Thirteen periods of 30 days, the current one among them.
        let earlier = scene.created_at(scene.facts.now - 365 * DAY);
        let launch = scene.launch;
        found.add(invariant::check_one(before, &scene.facts, earlier, launch));
    }
    named(found)
}

fn named(mut found: Findings) -> Findings {
    if let Some(rules) = RULES.as_ref() {
        let named = |it: &Breach| rules.contains(&format!("{:?}", it.rule));
        found.breaches.retain(named);
    }
    found
}

/// Runs one sequence; returns how many transactions it sent, and what it took.
pub fn sequence(seed: u64) -> (u64, Option<Loss>) {
    run(seed, |_| {})
}

/// The same in a scene that `change` alters, without being counted.
pub fn tried(seed: u64, change: impl FnOnce(&mut Scene)) -> (u64, Option<Loss>) {
    let was = report::quiet(true);
    let done = run(seed, change);
    report::quiet(was);
    done
}

fn run(seed: u64, change: impl FnOnce(&mut Scene)) -> (u64, Option<Loss>) {
    let coalition: &Coalition = &COALITIONS[(seed % COALITIONS.len() as u64) as usize];
    let mut scene = Scene::set(seed, coalition.plot);
    change(&mut scene);
    let start = scene.fork(0);
    let moves = subjects(seed, scene.facts.token.wound_up_at != 0);
    let mut steps = Vec::new();
    for _ in 0..LENGTH {
        let honest = !coalition.honest.is_empty() && scene.dice.percent(25);
        scene.group = if honest {
            coalition.honest
        } else {
            coalition.plot
        };
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
        if found.breaches.is_empty() && scene.dice.percent(15) {
            exits::check(&scene, &mut found);
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
fn replay(start: &Scene, steps: &[Step], rule: Rule) -> Option<Vec<Breach>> {
    let mut scene = start.fork(0);
    for step in steps {
        let mut found = perform(&mut scene, step).unwrap_or_default();
        if rule == Rule::Exit {
            exits::check(&scene, &mut found);
        }
        if found.breaches.iter().any(|it| it.rule == rule) {
            return Some(found.breaches);
        }
    }
    None
}

/// Leaves out whatever is not needed to break the rule.
fn shrink(
    start: &Scene,
    mut steps: Vec<Step>,
    rule: Rule,
    mut breaches: Vec<Breach>,
) -> (Vec<Step>, Vec<Breach>) {
    let was = report::quiet(true);
    let mut at = steps.len();
    while at > 0 {
        at -= 1;
        let mut fewer = steps.clone();
        fewer.remove(at);
        if let Some(found) = replay(start, &fewer, rule) {
            (steps, breaches) = (fewer, found);
        }
    }
    for place in 0..steps.len() {
        let mut at = steps[place].calls.len();
        while at > 0 && steps[place].calls.len() > 1 {
            at -= 1;
            let mut fewer = steps.clone();
            fewer[place].calls.remove(at);
            if let Some(found) = replay(start, &fewer, rule) {
                (steps, breaches) = (fewer, found);
            }
        }
    }
    report::quiet(was);
    (steps, breaches)
}
