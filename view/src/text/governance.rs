use {
    super::view::TokenView,
    crate::{
        style::{self, facts, grouped, heading, paint},
        time::stamp,
        words::{Word, figures},
    },
    upside_core::{
        inspect::{Percent, PollPhase, PollReport, PollTally, Voice},
        state::{ChangeClass, TokenStatus},
    },
};

/// Places of a tally's bar.
const BAR: usize = 20;

/// `████████▏···········` with a mark where the threshold is.
fn bar(tally: &PollTally) -> String {
    let places = |percent: Percent| {
        let whole = usize::try_from(percent.millionths()).unwrap_or(usize::MAX);
        (whole.saturating_mul(BAR) / 1_000_000).min(BAR)
    };
    let (done, needed) = (places(tally.part), places(tally.threshold));
    (0..BAR)
        .map(|place| match place {
            _ if place < done => '█',
            _ if place < needed => '░',
            _ => '·',
        })
        .collect()
}

/// What it takes to pass a poll of a class.
pub fn class(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::AgainstHolders => {
            "may take something from holders: the threshold, fewer than a tenth against, the notice"
        }
        ChangeClass::AgainstOwner => {
            "takes something from the owner: two thirds of the eligible, a quarter of all shares"
        }
        ChangeClass::ForHolders => {
            "takes nothing from holders: two thirds of the eligible, a tenth of all shares"
        }
    }
}

fn next(symbol: &str, poll: &PollReport, tally: &PollTally) -> String {
    let number = poll.number;
    if poll.status == PollPhase::Lapsed {
        return format!("it has lapsed: `upside poll close {symbol} {number}`");
    }
    if tally.applicable {
        return format!("it can be applied: `upside poll apply {symbol} {number}`");
    }
    if tally.objected {
        return "a tenth objects: it does not pass while they do".to_string();
    }
    match tally.effective_at {
        Some(from) if tally.passed => format!("it has passed: to be applied from {}", stamp(from)),
        _ => format!("too few approve: `upside poll vote {symbol} {number} for` by holders"),
    }
}

/// One poll: what would change, and where it stands.
pub fn poll(symbol: &str, poll: &PollReport) -> String {
    let mut rows = vec![("changes", poll.changes.word().to_string())];
    rows.extend(poll.claim.map(|claim| ("claim", claim.to_string())));
    rows.extend(poll.attester.map(|key| ("attester", key.to_string())));
    rows.extend(poll.asset.map(|mint| ("asset", mint.to_string())));
    rows.push(("from", figures(&poll.before)));
    rows.push(("to", figures(&poll.after)));
    rows.push(("class", class(poll.class).to_string()));
    rows.extend(poll.document.map(|hash| ("sha256", hash.to_string())));
    rows.push(("put", format!("{} by {}", stamp(poll.put_at), poll.put_by)));
    if let Some(tally) = &poll.tally {
        let (yes, needed) = (grouped(&tally.in_favor), grouped(&tally.needed));
        let all = grouped(&tally.eligible);
        let style = if tally.passed {
            style::GOOD
        } else {
            style::WARN
        };
        let bar = paint(style, bar(tally));
        rows.push((
            "for",
            format!(
                "{bar} {} % of {} % needed: {yes} of {needed} shares, {all} eligible",
                tally.part, tally.threshold
            ),
        ));
        let stops = tally.objection.as_ref().map_or_else(
            || "objections do not stop it".to_string(),
            |objection| format!("{} stop it", grouped(objection)),
        );
        rows.push(("against", format!("{}; {stops}", grouped(&tally.against))));
        rows.push(("lapses", stamp(poll.lapses_at)));
        rows.push(("so", next(symbol, poll, tally)));
    }
    rows.extend(poll.applied_at.map(|at| ("applied", stamp(at))));
    let title = format!("Poll {} of {symbol}, {}", poll.number, poll.status.word());
    heading(&title) + &facts(&rows)
}

/// Who can answer polls.
fn voice(voice: &Voice) -> String {
    let (eligible, answering) = (grouped(&voice.eligible), grouped(&voice.answering));
    let can = format!("{answering} of {eligible} eligible shares can answer");
    if voice.silent {
        let note = format!(
            "{can}, {} are needed: no poll against holders passes",
            grouped(&voice.needed)
        );
        return paint(style::WARN, note);
    }
    can
}

/// Status, announcements, open polls, the executor.
pub fn governance(view: &TokenView) -> String {
    let (report, governance) = (&view.report, &view.report.governance);
    let mut rows = Vec::new();
    rows.push((
        "status",
        match governance.status {
            TokenStatus::WindDown => paint(
                style::WARN,
                "wind-down: redemption without tax, claims only exit, nothing new",
            ),
            TokenStatus::Active => governance.status.word().to_string(),
        },
    ));
    if let Some(policy) = &governance.announced {
        let (admission, transfers) = (policy.admission.word(), policy.transfer_policy.word());
        let from = stamp(policy.effective_at);
        rows.push((
            "announced",
            format!("admission {admission}, transfers {transfers}, from {from}"),
        ));
    }
    let executor = match &governance.executor {
        Some(key) if governance.status == TokenStatus::WindDown => {
            format!("{key}, manages what is left")
        }
        Some(key) => format!(
            "{key}, from {} if the owner stays silent",
            stamp(governance.executor_from)
        ),
        None => "nobody".to_string(),
    };
    rows.push(("executor", executor));
    rows.extend(governance.voice.as_ref().map(|it| ("polls", voice(it))));
    let text = heading("Governance") + &facts(&rows);
    let polls = governance.polls.iter();
    polls.fold(text, |text, open| text + &poll(&report.symbol, open))
}
