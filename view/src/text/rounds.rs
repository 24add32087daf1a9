use {
    super::{disclosure::contributors, view::TokenView},
    crate::{
        style::{self, grouped, heading, paint, span, wrap},
        time::stamp,
        words::Word,
    },
    upside_core::inspect::{RoundPhase, RoundReport},
};

/// Every round, with its stages.
pub fn rounds<'a>(view: &TokenView, rounds: impl IntoIterator<Item = &'a RoundReport>) -> String {
    let mut text = heading("Rounds");
    let before = text.len();
    for round in rounds {
        text.push_str(&one(view, round));
    }
    if text.len() == before {
        text.push_str(&format!("  {}\n", paint(style::DIM, "none")));
    }
    text
}

fn one(view: &TokenView, round: &RoundReport) -> String {
    let quote = view.names.of(&view.report.quote_mint);
    let status = match round.status {
        RoundPhase::Open | RoundPhase::Succeeded | RoundPhase::Settled => {
            paint(style::GOOD, round.status.word())
        }
        RoundPhase::Failed => paint(style::BAD, round.status.word()),
        RoundPhase::Over => paint(style::WARN, "over, to be closed"),
        RoundPhase::Upcoming => paint(style::DIM, round.status.word()),
    };
    let goal = match &round.min_raise {
        Some(least) => format!("of at least {}", grouped(least)),
        None => "no minimum".to_string(),
    };
    let raised = format!(
        "raised {} {quote} {}",
        grouped(&round.raised),
        paint(style::DIM, goal)
    );
    let mut text = format!("  {:>2}  {status}  {raised}\n", round.number);
    let mut line = |what: &str, value: String| {
        text.push_str(&format!(
            "      {}  {value}\n",
            paint(style::DIM, format!("{what:<9}"))
        ));
    };
    for (place, stage) in round.stages.iter().enumerate() {
        let (sold, shares) = (grouped(&stage.sold), grouped(&stage.shares));
        let what = if place == 0 { "stages" } else { "" };
        line(
            what,
            format!(
                "{sold} of {shares} shares sold at {} {quote}",
                grouped(&stage.price)
            ),
        );
    }
    line("time", time(round, view.report.time));
    let count = match round.contributions {
        1 => "1 contribution".to_string(),
        many => format!("{many} contributions"),
    };
    let least = grouped(&round.min_contribution);
    let limits = match &round.backer_cap {
        Some(cap) => format!("from {least} to {} {quote} each", grouped(cap)),
        None => format!("from {least} {quote}, without a cap"),
    };
    let approval = if round.by_approval {
        ", by approval"
    } else {
        ""
    };
    line(
        "backers",
        format!("{count}; each backer gives {limits}{approval}"),
    );
    for (what, text) in contributors(round) {
        for (place, part) in wrap(&text, 83).into_iter().enumerate() {
            line(if place == 0 { what } else { "" }, part);
        }
    }
    line("proceeds", format!("{} % to the reserve", round.reserve));
    if !round.uncollected.is_zero() {
        line(
            "uncollected",
            format!("{} shares", grouped(&round.uncollected)),
        );
    }
    text
}

fn time(round: &RoundReport, now: i64) -> String {
    let (opens, closes) = (stamp(round.opens_at), stamp(round.closes_at));
    match round.status {
        RoundPhase::Upcoming => format!(
            "opens in {}: {opens} to {closes}",
            span(round.opens_at - now)
        ),
        RoundPhase::Open => format!("closes in {}: {closes}", span(round.closes_at - now)),
        _ => format!("{opens} to {closes}"),
    }
}
