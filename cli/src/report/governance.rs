use {
    super::Look,
    crate::{
        style::{self, facts, grouped, heading, paint},
        values::stamp,
    },
    upside_sdk::{
        amount,
        inspect::{AmendmentReport, TallyReport},
    },
};

/// Places of a tally's bar.
const BAR: usize = 20;

/// `████████▏···········` with a mark where the threshold is.
fn bar(tally: &TallyReport) -> String {
    // Percent have two decimals: so these are basis points of the bar.
    let places = |percent: &str| {
        let bps = amount::parse(percent, 2).unwrap_or(0);
        let whole = usize::try_from(bps).unwrap_or(0).saturating_mul(BAR);
        (whole / 10_000).min(BAR)
    };
    let (done, needed) = (places(&tally.part), places(&tally.threshold));
    (0..BAR)
        .map(|place| match place {
            _ if place < done => '█',
            _ if place < needed => '░',
            _ => '·',
        })
        .collect()
}

/// What an amendment sets, with a date for the unix time behind an `@`.
pub fn figures(text: &str) -> String {
    let dated = text.split_once('@').and_then(|(head, time)| {
        let time = time.parse().ok()?;
        Some(format!("{head}{}", stamp(time)))
    });
    dated.unwrap_or_else(|| text.to_string())
}

fn next(symbol: &str, amendment: &AmendmentReport, tally: &TallyReport) -> String {
    if tally.expired {
        return format!("it has expired: `upside amendment expire {symbol}`");
    }
    if tally.applicable {
        return format!("it can be applied: `upside amendment apply {symbol}`");
    }
    if tally.passed {
        let from = stamp(amendment.effective_at);
        return format!("it has passed: to be applied from {from}");
    }
    format!("too few approve: `upside amendment approve {symbol}` by holders")
}

/// One amendment: what changes, and where the vote stands.
pub fn amendment(symbol: &str, amendment: &AmendmentReport) -> String {
    let mut rows = vec![("changes", amendment.changes.to_string())];
    rows.extend(amendment.claim.map(|claim| ("claim", claim.to_string())));
    rows.push(("from", figures(&amendment.before)));
    rows.push(("to", figures(&amendment.after)));
    rows.push(("sha256", amendment.document.clone()));
    rows.push(("proposed", stamp(amendment.proposed_at)));
    if let Some(tally) = &amendment.tally {
        let (yes, all) = (grouped(&tally.approving), grouped(&tally.eligible));
        let style = if tally.passed {
            style::GOOD
        } else {
            style::WARN
        };
        let bar = paint(style, bar(tally));
        rows.push((
            "approve",
            format!(
                "{bar} {} % of {} % needed: {yes} of {all} shares",
                tally.part, tally.threshold
            ),
        ));
        let until = stamp(amendment.expires_at);
        let window = format!("{} to {until}", stamp(amendment.effective_at));
        rows.push(("applies", window));
        rows.push(("so", next(symbol, amendment, tally)));
    }
    rows.extend(amendment.applied_at.map(|at| ("applied", stamp(at))));
    let title = format!(
        "Amendment {} of {symbol}, {}",
        amendment.number, amendment.status
    );
    heading(&title) + &facts(&rows)
}

/// Status, announcements, the open amendment, the executor.
pub fn governance(look: &Look) -> String {
    let (report, governance) = (&look.report, &look.report.governance);
    let mut rows = Vec::new();
    rows.push((
        "status",
        match governance.status {
            "wind_down" => paint(
                style::WARN,
                "wind-down: redemption without tax, claims only exit, nothing new",
            ),
            other => other.to_string(),
        },
    ));
    if let Some(policy) = &governance.announced {
        let (admission, transfers) = (policy.admission, policy.transfer_policy);
        let from = stamp(policy.effective_at);
        rows.push((
            "announced",
            format!("admission {admission}, transfers {transfers}, from {from}"),
        ));
    }
    let executor = match &governance.executor {
        Some(key) if governance.status == "wind_down" => format!("{key}, manages what is left"),
        Some(key) => format!(
            "{key}, from {} if the owner stays silent",
            stamp(governance.executor_from)
        ),
        None => "nobody".to_string(),
    };
    rows.push(("executor", executor));
    let text = heading("Governance") + &facts(&rows);
    match &governance.amendment {
        Some(open) => text + &amendment(&report.symbol, open),
        None => text,
    }
}
