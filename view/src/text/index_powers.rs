//! Powers over an index in words: one name and one sentence for each.

use {
    super::{names::Names, powers::in_one_line, view::Row},
    crate::style::span,
    upside_core::index::inspect::{IndexAct, IndexDisclosure, IndexPower, IndexWhen, IndexWho},
};

/// What nobody can do, whoever signs.
pub const INDEX_NEVER: &str = "Nobody can take your shares, nor close the exit: redeeming pays \
                               your part of everything that moves, at any time. What is announced \
                               does not touch you if you leave before.";

fn who(who: IndexWho) -> &'static str {
    match who {
        IndexWho::Curator => "the curator",
        IndexWho::Launcher => "the launcher",
        IndexWho::Admissions => "admissions",
        IndexWho::Guardian => "the guardian",
        IndexWho::Holders => "holders",
        IndexWho::Persons => "its persons",
        IndexWho::Issuer => "an issuer",
        IndexWho::Anybody => "anybody",
    }
}

fn when(when: IndexWhen) -> String {
    match when {
        IndexWhen::AtOnce => "at once".to_string(),
        IndexWhen::AfterNotice { notice_seconds } => format!(
            "after notice of {}, unless a fifth vetoes",
            span(notice_seconds.into())
        ),
        IndexWhen::AfterWait { wait_seconds } => {
            format!("after waiting {}", span(wait_seconds.into()))
        }
        IndexWhen::AfterTheirNotice => "after their notice".to_string(),
        IndexWhen::ByMajority { notice_seconds } => format!(
            "by majority of all shares, locked for {}",
            span(notice_seconds.into())
        ),
    }
}

/// What an act is called.
fn called(act: &IndexAct) -> &'static str {
    match act {
        IndexAct::TakeFees { .. } => "take fees",
        IndexAct::RaiseFees { .. } => "raise fees",
        IndexAct::NameKeys => "name keys",
        IndexAct::ChangeCoins => "change coins",
        IndexAct::Trade { .. } => "trade",
        IndexAct::AdmitMembers { .. } => "admit members",
        IndexAct::EndMembers => "end memberships",
        IndexAct::AddSlots => "add slots",
        IndexAct::ChangeFile => "change file",
        IndexAct::Tighten => "tighten",
        IndexAct::Pause { .. } => "pause",
        IndexAct::WindDown => "wind down",
        IndexAct::ReplaceCurator => "replace curator",
        IndexAct::LiftTurnover => "lift turnover",
        IndexAct::Veto => "veto",
        IndexAct::CreatePersonalShares { .. } => "create personal shares",
        IndexAct::StopPersonalShares => "stop personal shares",
        IndexAct::Wrap => "wrap",
        IndexAct::TouchMint { .. } => "touch mint",
    }
}

/// What an act does.
fn act(act: &IndexAct, names: &Names) -> String {
    match act {
        IndexAct::TakeFees {
            management,
            entry,
            exit,
        } => format!(
            "take {management} % of all shares a year, {entry} % of what comes and {exit} % of \
             what leaves; anybody mints these shares to whom they were promised"
        ),
        IndexAct::RaiseFees {
            management,
            entry,
            exit,
        } => format!(
            "raise fees, to {management} % a year, {entry} % of what comes and {exit} % of what \
             leaves at most"
        ),
        IndexAct::NameKeys => {
            "name who receives fees, who launches, admits and guards, and propose a curator, who \
             accepts"
                .to_string()
        }
        IndexAct::ChangeCoins => {
            "change in which mints dividends are collected: what people pay in \
                                  others waits, and belongs to whoever holds shares when such a \
                                  mint is listed"
                .to_string()
        }
        IndexAct::Trade {
            in_30_days,
            in_a_year,
        } => format!(
            "sell up to {in_30_days} % of each slot in 30 days, {in_a_year} % in a year, and buy \
             of others, at prices that were announced: they may be bad ones; a person's shares \
             never for less than redeeming pays in the same asset"
        ),
        IndexAct::AdmitMembers { most, equal_share } => format!(
            "give up to {most} % of everything in a year to people who give shares of themselves, \
             which may be worth less; members share {equal_share} % of dividends"
        ),
        IndexAct::EndMembers => "end a membership; what is owed stays collectable".to_string(),
        IndexAct::AddSlots => "add people and mints of which nothing is held yet".to_string(),
        IndexAct::ChangeFile => {
            "change the file that wallets show: picture, description, links".to_string()
        }
        IndexAct::Tighten => {
            "make prices of a rebalance better for the index, or stop it".to_string()
        }
        IndexAct::Pause { pause_seconds } => format!(
            "stop new money for {}, then not again for a notice; exits, harvests and claims go on",
            span(i64::try_from(*pause_seconds).unwrap_or(i64::MAX))
        ),
        IndexAct::WindDown => {
            "end the index for good: from then on it only pays out, without fees".to_string()
        }
        IndexAct::ReplaceCurator => {
            "replace the curator by one who stands for it; everything announced falls".to_string()
        }
        IndexAct::LiftTurnover => {
            "let a rebalance sell more of a slot than these limits".to_string()
        }
        IndexAct::Veto => {
            "cancel what is announced with a fifth of all shares, locked for a third \
                           of its notice; the same again within 180 days takes a third, then half"
                .to_string()
        }
        IndexAct::CreatePersonalShares { persons } => format!(
            "create shares of themselves within cap and room, {persons} of them now: your part of \
             their claims falls, not of their reserves"
        ),
        IndexAct::StopPersonalShares => {
            "stop their shares from moving, by a policy of their token: your part of them waits, \
             and becomes tickets"
                .to_string()
        }
        IndexAct::Wrap => {
            "put tickets in the place of what does not move, so that the rest goes on".to_string()
        }
        IndexAct::TouchMint { mint } => {
            format!("seize or freeze {} in the index", names.of(mint))
        }
    }
}

/// Every power: its name, and a sentence.
pub fn index_powers(facts: &IndexDisclosure, names: &Names) -> Vec<Row> {
    let sentence = |power: &IndexPower| {
        let text = act(&power.act, names);
        let text = format!("{} can, {}: {text}.", who(power.who), when(power.when));
        (called(&power.act), text)
    };
    facts.powers.iter().map(sentence).collect()
}

/// Every power by its name, those of the same people at the same time in one line.
pub fn brief(facts: &IndexDisclosure) -> Vec<Row> {
    let powers = facts.powers.iter();
    in_one_line(powers.map(|power| (who(power.who), when(power.when), called(&power.act))))
}
