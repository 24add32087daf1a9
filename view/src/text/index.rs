//! The look-through of an index as text, in parts that commands put together.

use {
    super::{announced::fees, index_view::IndexView},
    crate::{
        style::{self, Column, cell, colored, facts, grouped, heading, paint, span, table},
        time::stamp,
        words::{Word, backing_note},
    },
    comfy_table::Color,
    upside_core::{
        index::{
            IndexStatus,
            inspect::{MembershipPhase, RebalancePhase},
        },
        inspect::BackingClass,
    },
};

/// Which index, and who runs it.
pub fn index_identity(view: &IndexView) -> String {
    let report = &view.report;
    let name = paint(style::BOLD, format!("{} ({})", report.name, report.symbol));
    let status = match report.status {
        IndexStatus::Active => paint(style::GOOD, "active"),
        IndexStatus::Seeding => paint(style::WARN, "seeding: not launched yet"),
        IndexStatus::WindDown => paint(
            style::WARN,
            "winding down: redemptions, harvests and claims only",
        ),
    };
    let mut text = format!("{name}  {status}\n");
    if let Some(until) = report.paused_until {
        let note = format!(
            "paused until {}: no new money; redemptions, harvests and claims go on",
            stamp(until)
        );
        text.push_str(&format!("{}\n", paint(style::WARN, note)));
    }
    let curator = report.curator.map(|key| key.to_string());
    let curator = curator.unwrap_or_else(|| "nobody: the curator left".to_string());
    let mut rows = vec![
        ("index", report.index.to_string()),
        ("share mint", report.mint.to_string()),
        ("curator", curator),
    ];
    if report.curator.as_ref() != Some(&report.creator) {
        rows.push(("creator", report.creator.to_string()));
    }
    let named = [
        ("proposed curator", &report.pending_curator),
        ("launcher", &report.launcher),
        ("admissions", &report.admissions),
        ("guardian", &report.guardian),
    ];
    let named = named.iter();
    rows.extend(named.filter_map(|(what, key)| Some((*what, key.as_ref()?.to_string()))));
    rows.push((
        "as of",
        format!("{}, slot {}", stamp(report.time), report.slot),
    ));
    text + &facts(&rows)
}

/// What was promised for good, and what changes under notice.
pub fn index_terms(view: &IndexView) -> String {
    let (terms, parameters) = (&view.report.terms, &view.report.parameters);
    let mut rows = vec![
        (
            "equal share",
            format!(
                "{} % of dividends, equally among members",
                terms.equal_share
            ),
        ),
        (
            "memberships",
            format!("at most {} % of all shares within a year", terms.dilution),
        ),
        ("notice", span(terms.notice_seconds.into())),
        ("fees", fees(parameters)),
    ];
    let named = [
        ("credential", &terms.credential),
        ("its schema", &terms.schema),
    ];
    let named = named.iter();
    rows.extend(named.filter_map(|(what, key)| Some((*what, key.as_ref()?.to_string()))));
    let recipients = view.report.fee_recipients.iter();
    rows.extend(recipients.map(|it| ("fee recipient", format!("{} % {}", it.portion, it.key))));
    heading("Terms") + &facts(&rows)
}

/// Where its shares are.
pub fn index_supply(view: &IndexView) -> String {
    let supply = &view.report.supply;
    let rows = [
        ("total", &supply.total, "in existence"),
        ("locked", &supply.locked, "of these, for good"),
        (
            "members",
            &supply.for_members,
            "of these, locked for members until they have left",
        ),
        (
            "voting",
            &view.report.locked,
            "of these, locked by holders so that they count",
        ),
        (
            "fees",
            &supply.pending_fees,
            "accrued, to be minted: count like the others",
        ),
    ];
    let shown: Vec<_> = rows.iter().map(|(_, amount, _)| grouped(amount)).collect();
    let width = shown.iter().map(String::len).max().unwrap_or(0);
    let line = |((what, _, note), amount): (&(&'static str, _, &str), &String)| {
        (
            *what,
            format!("{amount:>width$}  {}", paint(style::DIM, note)),
        )
    };
    let lines: Vec<_> = rows.iter().zip(&shown).map(line).collect();
    heading("Supply") + &facts(&lines)
}

/// What stands behind all shares and behind one, by class: never one number.
pub fn index_backing(view: &IndexView) -> String {
    let (all, one) = (&view.report.backing, &view.report.backing_per_share);
    let columns = [
        Column::Words("class"),
        Column::Words("all shares"),
        Column::Words("one share"),
        Column::Words(""),
    ];
    let rows = BackingClass::ALL.iter().map(|class| {
        let held = all.of(*class);
        let color = match class {
            _ if held.is_empty() => Color::DarkGrey,
            BackingClass::Immovable | BackingClass::Stale | BackingClass::Declared => Color::Yellow,
            BackingClass::Liquid | BackingClass::Custody | BackingClass::Attested => Color::Green,
        };
        vec![
            colored(color, class.word()),
            cell(view.amounts(held)),
            cell(view.amounts(one.of(*class))),
            colored(Color::DarkGrey, backing_note(*class)),
        ]
    });
    let title = format!(
        "Backing  {}",
        paint(style::DIM, "through both levels, by class, never added up")
    );
    heading(&title) + &table(&columns, rows.collect())
}

/// What it holds, one line a slot.
pub fn index_slots(view: &IndexView) -> String {
    let columns = [
        Column::Numbers("slot"),
        Column::Words("what"),
        Column::Numbers("holds"),
        Column::Numbers("% of them"),
        Column::Numbers("a share has"),
        Column::Numbers("in baskets"),
        Column::Words("harvested"),
    ];
    let rows = view.report.constituents.iter().map(|slot| {
        let harvested = slot.harvested_seconds_ago;
        let harvested = harvested.map_or("-".to_string(), |ago| format!("{} ago", span(ago)));
        let name = if slot.seizable {
            colored(Color::Yellow, format!("{}, seizable", view.name(slot)))
        } else {
            cell(view.name(slot))
        };
        vec![
            cell(slot.slot),
            name,
            cell(grouped(&slot.amount)),
            cell(slot.part.map_or("-".to_string(), |part| part.to_string())),
            cell(grouped(&slot.per_share)),
            cell(grouped(&slot.in_baskets)),
            cell(harvested),
        ]
    });
    heading("Holds") + &table(&columns, rows.collect())
}

/// Who came in.
pub fn index_members(view: &IndexView) -> String {
    let memberships = &view.report.memberships;
    if memberships.is_empty() {
        return heading("Members") + &format!("  {}\n", paint(style::DIM, "none"));
    }
    let columns = [
        Column::Words("who"),
        Column::Words("status"),
        Column::Numbers("gave"),
        Column::Numbers("got"),
        Column::Numbers("of them locked"),
        Column::Words("equal share to collect"),
        Column::Words("member"),
    ];
    let now = view.report.time;
    let rows = memberships.iter().map(|member| {
        let left = |at: i64| match at.saturating_sub(now) {
            left if left > 0 => format!("in {}", span(left)),
            _ => "now".to_string(),
        };
        let status = match (member.status, member.ends_at, member.successor_at) {
            (MembershipPhase::Ending, Some(at), _) => {
                colored(Color::Yellow, format!("ends {}", left(at)))
            }
            (MembershipPhase::Active, _, Some(at)) => {
                let who = member.successor.as_ref();
                let who = who.map_or("-".to_string(), style::short);
                colored(Color::Yellow, format!("{who} takes over {}", left(at)))
            }
            (MembershipPhase::Active, _, None) => colored(Color::Green, "member"),
            (status, ..) => colored(Color::DarkGrey, status.word()),
        };
        let wallet = member.member.as_ref();
        let wallet = wallet.map_or("-".to_string(), style::short);
        vec![
            cell(view.key_name(&member.token)),
            status,
            cell(grouped(&member.token_shares)),
            cell(grouped(&member.index_shares)),
            cell(grouped(&member.locked)),
            cell(view.amounts(&member.collectable)),
            cell(wallet),
        ]
    });
    heading("Members") + &table(&columns, rows.collect())
}

/// The rebalance that is drafted, announced or traded.
pub fn index_rebalance(view: &IndexView) -> String {
    let Some(rebalance) = &view.report.rebalance else {
        return String::new();
    };
    let columns = [
        Column::Words("side"),
        Column::Words("of"),
        Column::Numbers("a share holds"),
        Column::Numbers("shall hold"),
        Column::Numbers("left"),
        Column::Numbers("low"),
        Column::Numbers("high"),
        Column::Numbers("price now"),
    ];
    let rows = rebalance.orders.iter().map(|order| {
        vec![
            cell(order.side.word()),
            cell(view.slot_name(order.slot)),
            cell(grouped(&order.held)),
            cell(grouped(&order.target)),
            cell(grouped(&order.left)),
            cell(order.low),
            cell(order.high),
            cell(
                order
                    .price
                    .map_or("-".to_string(), |price| price.to_string()),
            ),
        ]
    });
    let traded = match rebalance.status {
        RebalancePhase::Draft => "a draft: nobody can trade it".to_string(),
        status => format!(
            "number {}, {}, traded {} to {}",
            rebalance.nonce,
            status.word(),
            stamp(rebalance.starts_at),
            stamp(rebalance.ends_at)
        ),
    };
    let against = format!(
        "{} shares locked against it, {} for it",
        grouped(&rebalance.against),
        grouped(&rebalance.support)
    );
    let rows = table(&columns, rows.collect());
    heading("Rebalance") + &facts(&[("status", traded), ("votes", against)]) + &rows
}
