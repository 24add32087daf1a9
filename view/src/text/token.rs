use {
    super::{
        disclosure::former_names,
        people::{looks_like, verified_by},
        view::{Row, TokenView},
    },
    crate::{
        style::{self, facts, grouped, heading, paint, span},
        time::stamp,
        words::Word,
    },
    upside_core::inspect::{Amount, TermsReport, TokenReport},
};

/// Who it is, and that nobody vouches for it.
pub fn identity(view: &TokenView) -> String {
    let report = &view.report;
    let name = paint(style::BOLD, format!("{} ({})", report.name, report.symbol));
    let mut text = format!("{name}  {}\n", verified(report));
    if let Some(note) = looks_like(&report.looks_like) {
        text.push_str(&format!("{}\n", paint(style::BAD, note)));
    }
    if report.paused {
        let note = "paused: no new money; exits, dividends and transfers go on";
        text.push_str(&format!("{}\n", paint(style::WARN, note)));
    }
    let mut rows = vec![
        ("token", report.token.to_string()),
        ("mint", report.mint.to_string()),
        ("creator", report.creator.to_string()),
    ];
    let silent = span(report.time.saturating_sub(report.owner_seen));
    if report.owner == report.creator {
        rows.push(("owner", format!("the creator, last signed {silent} ago")));
    } else {
        rows.push((
            "owner",
            format!("{}, last signed {silent} ago", report.owner),
        ));
    }
    rows.extend(former_names(&report.disclosure));
    rows.push((
        "name hash",
        report.disclosure.identity.name_hash.to_string(),
    ));
    let named = [
        ("proposed owner", &report.pending_owner),
        ("guardian", &report.guardian),
        ("registrar", &report.registrar),
    ];
    rows.extend(
        named
            .iter()
            .filter_map(|(what, key)| Some((*what, key.as_ref()?.to_string()))),
    );
    let quote = view.names.of(&report.quote_mint);
    let quote = if quote == style::short(&report.quote_mint) {
        report.quote_mint.to_string()
    } else {
        format!("{}  {quote}", report.quote_mint)
    };
    rows.push(("quote mint", quote));
    rows.extend(report.uri.clone().map(|uri| ("uri", uri)));
    rows.push((
        "as of",
        format!("{}, slot {}", stamp(report.time), report.slot),
    ));
    text + &facts(&rows)
}

fn verified(report: &TokenReport) -> String {
    match verified_by(&report.identity) {
        Some(by) => paint(style::GOOD, by),
        None => {
            let why = report.identity.missing();
            let why = why.unwrap_or("nobody vouches that this key is that person's");
            paint(style::WARN, format!("unverified: {why}"))
        }
    }
}

fn cap(amount: Option<&Amount>) -> String {
    amount.map_or_else(|| "none".to_string(), grouped)
}

/// Terms, one a row. `quote` names the quote mint.
pub fn of_terms(terms: &TermsReport, quote: &str) -> Vec<Row> {
    let seconds = |seconds: u32| span(i64::from(seconds));
    vec![
        ("supply cap", grouped(&terms.supply_cap)),
        (
            "launch",
            format!(
                "the first {} shares take no yearly room",
                grouped(&terms.launch_shares)
            ),
        ),
        (
            "yearly room",
            format!("{} % of all shares beyond them", terms.room),
        ),
        ("bearer cap", cap(terms.bearer_cap.as_ref())),
        (
            "floor",
            format!(
                "{} {quote} of exits' profit stay the owner's",
                grouped(&terms.floor)
            ),
        ),
        (
            "payouts",
            format!(
                "{} % to the reserve, the rest streams over {}",
                terms.reserve,
                seconds(terms.drip_seconds)
            ),
        ),
        (
            "losses",
            format!(
                "lower that result to {} {quote} below zero at most",
                grouped(&terms.loss_limit)
            ),
        ),
        ("cash-out tax", format!("{} %", terms.cash_out_tax)),
        (
            "royalty",
            format!("{} % of a seller's profit", terms.royalty),
        ),
        (
            "polls",
            format!(
                "against holders by {} % of eligible shares, after {} of notice",
                terms.poll_threshold,
                seconds(terms.notice_seconds)
            ),
        ),
        ("inactivity", seconds(terms.inactivity_seconds)),
    ]
}

/// What the owner promised.
pub fn terms(view: &TokenView) -> String {
    let report = &view.report;
    let mut rows = vec![
        ("admission", report.admission.word().to_string()),
        ("transfers", report.transfer_policy.word().to_string()),
    ];
    rows.extend(of_terms(&report.terms, &view.names.of(&report.quote_mint)));
    heading("Terms") + &facts(&rows)
}

/// Where the shares are.
pub fn supply(view: &TokenView) -> String {
    let supply = &view.report.supply;
    let holders = match supply.holders {
        1 => "1 holder".to_string(),
        many => format!("{many} holders"),
    };
    let mut rows = vec![
        ("total", &supply.total, "in existence".to_string()),
        (
            "registered",
            &supply.held,
            format!("with {holders}: earn, vote, redeem"),
        ),
        (
            "uncollected",
            &supply.uncollected,
            "sold in rounds, to be collected: earn".to_string(),
        ),
        (
            "warming",
            &supply.warming,
            "deposited lately: redeem, earn and vote within a day".to_string(),
        ),
        (
            "bearer",
            &supply.bearer,
            "in wallets: redeem, do not earn or vote".to_string(),
        ),
        (
            "offered",
            &supply.offered,
            "in open rounds and grants: would be new".to_string(),
        ),
    ];
    let existing = &view.report.disclosure.dilution.existing;
    rows.extend([
        (
            "cap",
            &supply.fully_diluted,
            format!("may exist: fully diluted; what exists is {existing} % of it"),
        ),
        (
            "launch left",
            &supply.launch_left,
            "of the first shares, which take no yearly room".to_string(),
        ),
        (
            "room left",
            &supply.room_left,
            "of this year's room beyond them".to_string(),
        ),
        (
            "creatable",
            &supply.creatable,
            "may be created or put on offer now".to_string(),
        ),
    ]);
    let shown: Vec<_> = rows.iter().map(|(_, amount, _)| grouped(amount)).collect();
    let width = shown.iter().map(String::len).max().unwrap_or(0);
    let lines: Vec<_> = rows
        .iter()
        .zip(&shown)
        .map(|((what, _, note), amount)| {
            (
                *what,
                format!("{amount:>width$}  {}", paint(style::DIM, note)),
            )
        })
        .collect();
    heading("Supply") + &facts(&lines)
}

/// What exits brought so far, and where the next profit goes.
pub fn exits(view: &TokenView) -> String {
    let report = &view.report;
    let quote = view.names.of(&report.quote_mint);
    heading("Exits")
        + &facts(&[
            (
                "result so far",
                format!("{} {quote}", grouped(&report.result)),
            ),
            (
                "so",
                "profit above the floor is paid to holders".to_string(),
            ),
        ])
}
