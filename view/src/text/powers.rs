//! Powers in words: one name and one sentence for each.

use {
    super::{names::Names, view::Row},
    crate::{
        sanitize::cut,
        style::{grouped, span},
        time::stamp,
    },
    upside_core::inspect::{Act, Disclosure, Power, When, Who},
};

/// Longest foreign text in a sentence.
const NAME: usize = 64;

/// A text from the chain, cut.
pub fn brief_text(text: &str) -> String {
    match cut(text, NAME) {
        Some(head) => format!("{head}…"),
        None => text.to_string(),
    }
}

/// What nobody can do, whoever signs.
pub const NEVER: &str = "Nobody can take your shares, what they earned, or their part of the \
                         reserve without your signature, nor close the exit.";

fn who(who: Who) -> &'static str {
    match who {
        Who::Owner => "the owner",
        Who::Guardian => "the guardian",
        Who::Registrar => "the registrar",
        Who::Executor => "the executor",
        Who::Holders => "holders",
        Who::Attesters => "attesters",
        Who::Issuer => "an issuer",
    }
}

fn when(when: When) -> String {
    match when {
        When::AtOnce => "at once".to_string(),
        When::AfterNotice { notice_seconds } => {
            format!("after notice of {}", span(notice_seconds.into()))
        }
        When::AfterPoll { notice_seconds } => {
            format!("after poll and {} of notice", span(notice_seconds.into()))
        }
        When::ByPoll => "by poll".to_string(),
        When::AfterSilence { executor_from } => {
            format!("after silence of the owner, from {}", stamp(executor_from))
        }
    }
}

/// What an act is called.
fn called(act: &Act) -> &'static str {
    match act {
        Act::CreateShares { .. } => "create shares",
        Act::KeepFloor { .. } => "keep floor",
        Act::CarryLosses { .. } => "carry losses",
        Act::ExitClaims => "exit claims",
        Act::AuctionCustody => "auction custody",
        Act::SpendRaises => "spend raises",
        Act::Pause => "pause",
        Act::ChangePolicy => "change policy",
        Act::ApproveTransfers => "approve transfers",
        Act::AdmitHolders => "admit holders",
        Act::Rename => "rename",
        Act::StopWithdrawals => "stop withdrawals",
        Act::HandOver => "hand over",
        Act::RaiseSupply => "raise supply",
        Act::RaiseTax { .. } => "raise tax",
        Act::RaiseRoyalty { .. } => "raise royalty",
        Act::ChangePayouts => "change payouts",
        Act::ChangeRevenue => "change revenue",
        Act::RaiseLossLimit => "raise loss limit",
        Act::ChangeRules => "change rules",
        Act::AcceptAttesters => "accept attesters",
        Act::EndDisputes => "end disputes",
        Act::ExemptAssets => "exempt assets",
        Act::WindUp => "wind up",
        Act::AttestCosts { .. } => "attest costs",
        Act::TouchAsset { .. } => "touch asset",
    }
}

/// What an act does. `quote` names the quote mint.
fn act(act: &Act, names: &Names, quote: &str) -> String {
    match act {
        Act::CreateShares {
            creatable,
            offered,
            room,
        } => {
            let mut text = format!(
                "create up to {} shares more now, beyond the launch {room} % of all a year; each \
                 brings its part of reserve and streams, and your part of claims falls",
                grouped(creatable)
            );
            if !offered.is_zero() {
                text.push_str(&format!("; {} are on offer already", grouped(offered)));
            }
            text
        }
        Act::KeepFloor { floor } => format!(
            "keep the profit of exits until {} {quote} of it are theirs",
            grouped(floor)
        ),
        Act::CarryLosses { loss_limit } => format!(
            "carry losses of exits forward, up to {} {quote}, which later profits make up first",
            grouped(loss_limit)
        ),
        Act::ExitClaims => "exit claims on paper at prices that they agree on, write claims off, \
                            and declare new ones"
            .to_string(),
        Act::AuctionCustody => "announce an auction of tokenized equity in custody, open to all; \
                                its proceeds are an exit's"
            .to_string(),
        Act::SpendRaises => "spend what rounds pay them as they like".to_string(),
        Act::Pause => "stop new money; exits, dividends and transfers go on".to_string(),
        Act::ChangePolicy => "change who may hold, and how shares move".to_string(),
        Act::ApproveTransfers => "refuse a transfer to another holder; exits stay open".to_string(),
        Act::AdmitHolders => "admit holders, or not".to_string(),
        Act::Rename => "change the name; former names stay in sight".to_string(),
        Act::StopWithdrawals => "stop further withdrawals of shares to wallets".to_string(),
        Act::HandOver => "hand the token over to somebody else, who accepts".to_string(),
        Act::RaiseSupply => "raise the cap or the yearly room".to_string(),
        Act::RaiseTax { most } => format!("raise the cash-out tax, to {most} % at most"),
        Act::RaiseRoyalty { most } => {
            format!("raise the royalty, to {most} % at most, on shares bought from then on")
        }
        Act::ChangePayouts => {
            "change what goes to the reserve instead of the stream, and how long it streams"
                .to_string()
        }
        Act::ChangeRevenue => "change or end a revenue claim".to_string(),
        Act::RaiseLossLimit => "raise what losses of exits may carry forward".to_string(),
        Act::ChangeRules => {
            "change notice, threshold and the owner's silence, for what comes later".to_string()
        }
        Act::AcceptAttesters => "accept attesters, whose word on costs counts".to_string(),
        Act::EndDisputes => "end a dispute of a claim".to_string(),
        Act::ExemptAssets => {
            "exempt an asset that cannot move from what new shares bring".to_string()
        }
        Act::WindUp => "wind the token up: from then on it only pays out".to_string(),
        Act::AttestCosts {
            threshold,
            attesters,
            chosen_by_owner,
        } => {
            let chosen = match chosen_by_owner {
                0 => String::new(),
                some => format!("; the owner chose {some} of them before others held shares"),
            };
            format!(
                "sign what claims cost, {threshold} of {attesters} together: a cost counts against \
                 holders{chosen}"
            )
        }
        Act::TouchAsset {
            mint,
            seizable,
            freezable,
            pausable,
        } => {
            let can = [
                (*seizable, "seize or rescale"),
                (*freezable, "freeze"),
                (*pausable, "pause"),
            ];
            let can: Vec<_> = can.iter().filter(|(can, _)| *can).collect();
            let can: Vec<_> = can.iter().map(|(_, word)| *word).collect();
            format!(
                "{} {} in the reserve",
                can.join(", "),
                brief_text(&names.of(mint))
            )
        }
    }
}

/// Every power: its name, and a sentence.
pub fn powers(facts: &Disclosure, names: &Names, quote: &str) -> Vec<Row> {
    let sentence = |power: &Power| {
        let text = act(&power.act, names, quote);
        let text = format!("{} can, {}: {text}.", who(power.who), when(power.when));
        (called(&power.act), text)
    };
    facts.powers.iter().map(sentence).collect()
}

/// Every power by its name, those of the same people at the same time in one line.
pub fn brief(facts: &Disclosure) -> Vec<Row> {
    let powers = facts.powers.iter();
    in_one_line(powers.map(|power| (who(power.who), when(power.when), called(&power.act))))
}

/// Names of powers, those in a row of the same people at the same time in one line.
pub fn in_one_line(powers: impl Iterator<Item = (&'static str, String, &'static str)>) -> Vec<Row> {
    let mut rows: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for (by, at, name) in powers {
        match rows.last_mut() {
            Some((who, when, names)) if *who == by && *when == at => names.push(name),
            _ => rows.push((by, at, vec![name])),
        }
    }
    let line = |(by, at, names): (&'static str, String, Vec<&str>)| {
        (by, format!("{at}: {}", names.join(", ")))
    };
    rows.into_iter().map(line).collect()
}
