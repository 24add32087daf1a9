//! What stands of a token and needs somebody's eye: news when it begins, and when it is over.

use {
    super::{disclosure::coming, powers::brief_text, view::TokenView},
    crate::{style::grouped, time::stamp, words::Word},
    serde::Serialize,
    upside_core::{
        Pubkey,
        inspect::{ClaimReport, RoundPhase},
        state::TokenStatus,
    },
};

/// One thing that stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// The token's address.
    pub token: String,
    /// Its symbol.
    pub symbol: String,
    /// `poll`, `announced`, `round`, `revenue`, `dispute`, `asset`, `dividend` or `token`.
    pub about: &'static str,
    /// What it is, with its dates.
    pub text: String,
}

fn claim(claim: &ClaimReport, quote: &str) -> Vec<(&'static str, String)> {
    let (number, name) = (claim.number, brief_text(&claim.name));
    let mut all = Vec::new();
    if let Some(reports) = &claim.reports {
        if !reports.overdue.is_zero() {
            let overdue = grouped(&reports.overdue);
            let text = format!("claim {number} ({name}): {overdue} {quote} of revenue overdue");
            all.push(("revenue", text));
        }
        if reports.missing_months > 0 {
            let months = reports.missing_months;
            let text = format!("claim {number} ({name}): months without a report: {months}");
            all.push(("revenue", text));
        }
    }
    if claim.disputed_by_holders || !claim.disputed_by.is_empty() {
        all.push(("dispute", format!("claim {number} ({name}) is disputed")));
    }
    all
}

/// Everything that stands of a token, for a wallet that holds it.
pub fn notices(view: &TokenView, wallet: &Pubkey) -> Vec<Notice> {
    let report = &view.report;
    let quote = view.names.of(&report.quote_mint);
    let mut all: Vec<(&'static str, String)> = coming(&report.disclosure, &quote);
    for round in &report.rounds {
        let end = match round.status {
            RoundPhase::Open => format!("is open until {}", stamp(round.closes_at)),
            RoundPhase::Over => "is over and can be closed".to_string(),
            _ => continue,
        };
        all.push(("round", format!("round {} {end}", round.number)));
    }
    for one in &report.claims {
        all.extend(claim(one, &quote));
    }
    for asset in &report.assets {
        if let Some(why) = asset.immovable {
            let name = view.names.of(&asset.mint);
            all.push(("asset", format!("{name} cannot move: {}", why.word())));
        }
    }
    let holder = report
        .holders
        .iter()
        .find(|holder| holder.wallet == *wallet);
    // What streams grows by the second: only that there is something.
    for owed in holder.iter().flat_map(|holder| &holder.collectable) {
        let text = format!(
            "dividends in {} can be collected",
            view.names.of(&owed.mint)
        );
        all.push(("dividend", text));
    }
    if report.paused {
        all.push(("token", "new money is stopped: it is paused".to_string()));
    }
    if report.governance.status == TokenStatus::WindDown {
        all.push((
            "token",
            "it is wound up: redeem, and collect what it shares out".to_string(),
        ));
    }
    let notice = |(about, text)| Notice {
        token: report.token.to_string(),
        symbol: report.symbol.clone(),
        about,
        text,
    };
    all.into_iter().map(notice).collect()
}
