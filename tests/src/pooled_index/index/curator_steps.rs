//! What the curator and the guardian decide.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    upside_sdk::index::{ParametersInput, Role},
};

pub const STEPS: &[Weighted] = &[
    (2, lower_fees),
    (1, clear_role),
    (2, accept_curator),
    (1, pause),
    (3, unpause),
    (2, wind_down),
    (2, resign),
];

fn lower_fees(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let now = rules_of(run, &index).parameters;
    // Now and then one step too high.
    let beyond = u64::from(run.rng.percent(20));
    let mut lower = |fee: u16| run.rng.below(u64::from(fee) + 1 + beyond) as u16;
    let args = ParametersInput {
        management_fee_bps: lower(now.management_fee_bps),
        entry_fee_bps: lower(now.entry_fee_bps),
        exit_fee_bps: lower(now.exit_fee_bps),
    };
    let call = ix::lower_fees(&index, args);
    let (who, what) = (
        index.data.curator,
        format!("{name} lowers fees to {args:?}"),
    );
    Some(Step::new(what, call, &[&name], move |model| {
        model.lower_fees(&index.key, &who, &args)
    }))
}

fn clear_role(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let role = run.rng.one(&Role::ALL).expect("there are roles");
    let whose = match run.rng.below(2) {
        0 => index.data.curator,
        _ => index.data.role(role),
    };
    let whose = run.name(&whose);
    let name = or_other(run, whose);
    let who = run.key(&name);
    let clear = ix::clear_role(&index, &who, role);
    let what = format!("{name} clears {role:?}");
    Some(Step::new(what, clear, &[&name], move |model| {
        model.clear_role(&index.key, &who, role)
    }))
}

/// The curator announces a successor, who is named after the notice.
fn names_successor(run: &mut Run, index: &Account<PooledIndex>) -> Option<()> {
    let nonce =
        crate::pooled_index::announcement::steps::announces_role(run, index, Role::PendingCurator)?;
    let at = rules_of(run, index).announced.get(&nonce)?.effective_at;
    run.pass_until(at);
    let apply = crate::pooled_index::announcement::steps::applying(run, index, nonce);
    run.send(apply).then_some(())
}

fn accept_curator(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    if run.name(&index.data.pending_curator).is_none() && run.rng.percent(50) {
        names_successor(run, &index);
        index = run.pool.world.get(&index.key);
    }
    let proposed = run.name(&index.data.pending_curator);
    if proposed.is_none() && !run.rng.percent(10) {
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
    if run.rng.percent(50) {
        run.pass_until(index.data.pausable_from);
    }
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
    if !index.data.is_paused(run.model.now) && !run.rng.percent(5) {
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
fn ends(run: &mut Run) -> Option<Account<PooledIndex>> {
    let index = any(run);
    let seldom = index.key == run.pool.index;
    (!seldom || run.rng.percent(20)).then_some(index)
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
