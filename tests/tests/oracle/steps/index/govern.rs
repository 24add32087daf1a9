//! What the curator and the guardian decide.

use {super::*, crate::Weighted, upside_sdk::index::ParametersArgs};

pub const STEPS: &[Weighted] = &[
    (2, propose_parameters),
    (2, apply_parameters),
    (3, propose_weights),
    (4, apply_weights),
    (1, set_roles),
    (1, propose_curator),
    (2, accept_curator),
    (1, pause),
    (3, unpause),
    (2, wind_down),
    (2, resign),
];

fn propose_parameters(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    // Now and then one step beyond the limits.
    let beyond = u64::from(run.dice.percent(20));
    let args = ParametersArgs {
        management_fee_bps: run.dice.below(501 + beyond) as u16,
        entry_fee_bps: run.dice.below(301 + beyond) as u16,
        exit_fee_bps: (run.dice.below(101) + beyond * run.dice.below(2)) as u16,
        max_harvest_age: run.dice.within(60 - beyond, 7 * 86_400) as u32,
    };
    let propose = ix::propose_parameters(&index, args);
    let (who, what) = (index.data.curator, format!("{name} proposes {args:?}"));
    Some(Step::new(what, propose, &[&name], move |model| {
        model.propose_parameters(&index.key, &who, &args)
    }))
}

/// Mostly waits until `at`.
fn wait(run: &mut Run, at: i64) {
    if at > 0 && run.dice.percent(85) {
        run.pass_until(at);
    }
}

fn apply_parameters(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let at = rules_of(run, &index).parameters_at;
    if at == 0 && !run.dice.percent(10) {
        return None;
    }
    wait(run, at);
    let apply = ix::apply_parameters(&index);
    Some(Step::new(
        "parameters are applied",
        apply,
        &[],
        move |model| model.apply_parameters(&index.key),
    ))
}

pub fn propose_weights(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let it = run.model.accrued(&index.key);
    let supply = it.effective().ok()?.max(1);
    let mut weights = Vec::new();
    for (slot, held) in it.used() {
        // What it has now is this weight; half or double of it makes a trade.
        let now = u128::from(held.counter) * 1_000_000_000 / u128::from(supply);
        let now = u64::try_from(now).ok()?;
        match run.dice.below(4) {
            0 => weights.push((slot, now / 2)),
            1 => weights.push((slot, now.saturating_mul(2) + 1)),
            2 => weights.push((slot, run.dice.amount(now.saturating_mul(4)))),
            _ => {}
        }
    }
    match run.dice.below(25) {
        0 => weights.push((60, 1)),
        1 => weights.extend(weights.first().copied()),
        2 => weights.clear(),
        _ => {}
    }
    let propose = ix::propose_weights(&index, weights.clone());
    let (who, what) = (index.data.curator, format!("{name} proposes {weights:?}"));
    Some(Step::new(what, propose, &[&name], move |model| {
        model.propose_weights(&index.key, &who, &weights)
    }))
}

pub fn apply_weights(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let at = rules_of(run, &index).weights_at;
    if at == 0 && !run.dice.percent(5) {
        return None;
    }
    wait(run, at);
    let who = run.key(&name);
    let apply = ix::apply_weights(&index, &who);
    let what = format!("{name} applies weights");
    Some(Step::new(what, apply, &[&name], move |model| {
        model.apply_weights(&index.key, &who)
    }))
}

/// A key of somebody, or of nobody.
fn or_nobody(run: &mut Run) -> Pubkey {
    if run.dice.percent(15) {
        return Pubkey::default();
    }
    let name = actor(run);
    run.key(&name)
}

fn set_roles(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let guardian = or_nobody(run);
    let fees = match run.dice.below(4) {
        0 => or_nobody(run),
        _ => run.key("treasury"),
    };
    let set = ix::set_index_roles(&index, &guardian, &fees);
    let (who, what) = (
        index.data.curator,
        format!("{name} names guardian {guardian}, fees to {fees}"),
    );
    Some(Step::new(what, set, &[&name], move |model| {
        model.set_index_roles(&index.key, &who, &guardian, &fees)
    }))
}

fn propose_curator(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let next = or_nobody(run);
    let propose = ix::propose_curator(&index, &next);
    let (who, what) = (index.data.curator, format!("{name} proposes {next}"));
    Some(Step::new(what, propose, &[&name], move |model| {
        model.propose_curator(&index.key, &who, &next)
    }))
}

fn accept_curator(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let proposed = run.name(&index.data.pending_curator);
    if proposed.is_none() && !run.dice.percent(10) {
        return None;
    }
    let name = or_other(run, proposed);
    index.data.pending_curator = run.key(&name);
    let accept = ix::accept_curator(&index);
    let who = index.data.pending_curator;
    let what = format!("{name} takes the index over");
    Some(Step::new(what, accept, &[&name], move |model| {
        model.accept_curator(&index.key, &who)
    }))
}

fn pause(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let guardian = run.name(&index.data.guardian);
    let name = or_other(run, guardian);
    let who = run.key(&name);
    let pause = ix::pause(&index, &who);
    let what = format!("{name} pauses the index");
    Some(Step::new(what, pause, &[&name], move |model| {
        model.pause_index(&index.key, &who)
    }))
}

fn unpause(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    if index.data.paused == 0 && !run.dice.percent(5) {
        return None;
    }
    let name = curator(run, &mut index);
    let (who, unpause) = (index.data.curator, ix::unpause(&index));
    let what = format!("{name} unpauses the index");
    Some(Step::new(what, unpause, &[&name], move |model| {
        model.unpause_index(&index.key, &who)
    }))
}

/// The end: seldom of the first index, or little else would happen.
fn ends(run: &mut Run) -> Option<Account<Index>> {
    let index = any(run);
    let seldom = index.key == run.pool.index;
    (!seldom || run.dice.percent(20)).then_some(index)
}

fn wind_down(run: &mut Run) -> Option<Step> {
    let mut index = ends(run)?;
    let name = curator(run, &mut index);
    let (who, end) = (index.data.curator, ix::wind_down(&index));
    let what = format!("{name} winds the index down");
    Some(Step::new(what, end, &[&name], move |model| {
        model.wind_down(&index.key, &who)
    }))
}

fn resign(run: &mut Run) -> Option<Step> {
    let mut index = ends(run)?;
    let name = curator(run, &mut index);
    let (who, end) = (index.data.curator, ix::resign_curator(&index));
    let what = format!("{name} resigns as curator");
    Some(Step::new(what, end, &[&name], move |model| {
        model.resign_curator(&index.key, &who)
    }))
}
