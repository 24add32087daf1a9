//! The look-through of an index as text, in parts that commands put together.

use {
    super::{Names, announced::fees},
    crate::{
        error::Result,
        style::{self, Column, cell, colored, facts, grouped, heading, listed, paint, span, table},
        values::stamp,
    },
    comfy_table::Color,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        identity::{self, Trust},
        index::{
            fetch::Pool,
            inspect::{self, ConstituentReport, IndexReport},
        },
        inspect::MintAmount,
        lookalike,
    },
};

/// An index looked through, with names for its mints.
pub struct IndexLook {
    /// The look-through.
    pub report: IndexReport,
    /// What its mints are called.
    pub names: Names,
}

/// Looks through an index, as somebody who trusts these.
pub async fn of_index(pool: &Pool, client: &RpcClient, trust: &Trust) -> Result<IndexLook> {
    let below = inspect::below(client, pool).await?;
    let mut report = inspect::build(pool, &below)?;
    let slots = report.constituents.iter_mut();
    let mut people: Vec<_> = slots.filter_map(|slot| slot.token.as_mut()).collect();
    identity::mark(client, &mut people, trust).await?;
    lookalike::mark(client, &mut people).await?;
    let cash = report
        .constituents
        .iter()
        .filter(|slot| slot.token.is_none());
    let cash = cash.map(|slot| slot.key.as_str());
    let tokens = report
        .constituents
        .iter()
        .filter_map(|slot| slot.token.as_ref());
    let assets = tokens.clone().flat_map(|token| &token.assets);
    let claims = tokens.flat_map(|token| &token.claims);
    let mints = assets
        .map(|asset| asset.mint.as_str())
        .chain(claims.filter_map(|claim| claim.mint.as_deref()))
        .chain(cash);
    let names = Names::fetch(client, mints).await?;
    Ok(IndexLook { report, names })
}

impl IndexLook {
    /// What a slot is called: a person's symbol, or a mint's name.
    pub fn name(&self, slot: &ConstituentReport) -> String {
        match &slot.token {
            Some(token) if !token.symbol.is_empty() => token.symbol.clone(),
            _ => self.names.of(&slot.key),
        }
    }

    /// What stands in a slot is called.
    pub fn slot_name(&self, number: u8) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.slot == number);
        found.map_or_else(|| format!("slot {number}"), |slot| self.name(slot))
    }

    /// What a personal token or a mint of the index is called.
    pub fn key_name(&self, key: &str) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.key == key);
        found.map_or_else(|| self.names.of(key), |slot| self.name(slot))
    }

    /// Amounts of mints in one line.
    pub fn amounts(&self, amounts: &[MintAmount]) -> String {
        listed(amounts, |mint| self.names.of(mint))
    }
}

/// Which index, and who runs it.
pub fn index_identity(look: &IndexLook) -> String {
    let report = &look.report;
    let name = paint(style::BOLD, format!("{} ({})", report.name, report.symbol));
    let status = match report.status {
        "active" => paint(style::GOOD, "active"),
        "seeding" => paint(style::WARN, "seeding: not launched yet"),
        _ => paint(
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
    let curator = report.curator.clone();
    let curator = curator.unwrap_or_else(|| "nobody: the curator left".to_string());
    let mut rows = vec![
        ("index", report.index.clone()),
        ("share mint", report.mint.clone()),
        ("curator", curator),
    ];
    if report.curator.as_ref() != Some(&report.creator) {
        rows.push(("creator", report.creator.clone()));
    }
    let named = [
        ("proposed curator", &report.pending_curator),
        ("launcher", &report.launcher),
        ("admissions", &report.admissions),
        ("guardian", &report.guardian),
    ];
    let named = named.iter();
    rows.extend(named.filter_map(|(what, key)| Some((*what, (*key).clone()?))));
    rows.push((
        "as of",
        format!("{}, slot {}", stamp(report.time), report.slot),
    ));
    text + &facts(&rows)
}

/// What was promised for good, and what changes under notice.
pub fn index_terms(look: &IndexLook) -> String {
    let (terms, parameters) = (&look.report.terms, &look.report.parameters);
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
    rows.extend(named.filter_map(|(what, key)| Some((*what, (*key).clone()?))));
    let recipients = look.report.fee_recipients.iter();
    rows.extend(recipients.map(|it| ("fee recipient", format!("{} % {}", it.portion, it.key))));
    heading("Terms") + &facts(&rows)
}

/// Where its shares are.
pub fn index_supply(look: &IndexLook) -> String {
    let supply = &look.report.supply;
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
            &look.report.locked,
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
pub fn index_backing(look: &IndexLook) -> String {
    let (all, one) = (&look.report.backing, &look.report.backing_per_share);
    let classes = [
        (
            "liquid",
            &all.liquid,
            &one.liquid,
            "what redeeming pays now, after people's taxes",
        ),
        (
            "immovable",
            &all.immovable,
            &one.immovable,
            "frozen, paused or behind tickets: not paid now",
        ),
        (
            "custody",
            &all.custody,
            &one.custody,
            "tokenized equity held by claims",
        ),
        (
            "attested",
            &all.attested,
            &one.attested,
            "third parties signed lately",
        ),
        ("stale", &all.stale, &one.stale, "their signatures expired"),
        (
            "declared",
            &all.declared,
            &one.declared,
            "people's word: cost, or most to come",
        ),
    ];
    let columns = [
        Column::Words("class"),
        Column::Words("all shares"),
        Column::Words("one share"),
        Column::Words(""),
    ];
    let rows = classes.iter().map(|(class, all, one, note)| {
        let color = match (*class, all.is_empty()) {
            (_, true) => Color::DarkGrey,
            ("immovable" | "stale" | "declared", _) => Color::Yellow,
            _ => Color::Green,
        };
        vec![
            colored(color, class),
            cell(look.amounts(all)),
            cell(look.amounts(one)),
            colored(Color::DarkGrey, note),
        ]
    });
    let title = format!(
        "Backing  {}",
        paint(style::DIM, "through both levels, by class, never added up")
    );
    heading(&title) + &table(&columns, rows.collect())
}

/// What it holds, one line a slot.
pub fn index_slots(look: &IndexLook) -> String {
    let columns = [
        Column::Numbers("slot"),
        Column::Words("what"),
        Column::Numbers("holds"),
        Column::Numbers("% of them"),
        Column::Numbers("a share has"),
        Column::Numbers("in baskets"),
        Column::Words("harvested"),
    ];
    let rows = look.report.constituents.iter().map(|slot| {
        let harvested = slot.harvested_seconds_ago;
        let harvested = harvested.map_or("-".to_string(), |ago| format!("{} ago", span(ago)));
        let name = if slot.seizable {
            colored(Color::Yellow, format!("{}, seizable", look.name(slot)))
        } else {
            cell(look.name(slot))
        };
        vec![
            cell(slot.slot),
            name,
            cell(grouped(&slot.amount)),
            cell(slot.part.as_deref().unwrap_or("-")),
            cell(grouped(&slot.per_share)),
            cell(grouped(&slot.in_baskets)),
            cell(harvested),
        ]
    });
    heading("Holds") + &table(&columns, rows.collect())
}

/// Who came in.
pub fn index_members(look: &IndexLook) -> String {
    let memberships = &look.report.memberships;
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
    let now = look.report.time;
    let rows = memberships.iter().map(|member| {
        let left = |at: i64| match at.saturating_sub(now) {
            left if left > 0 => format!("in {}", span(left)),
            _ => "now".to_string(),
        };
        let status = match (member.status, member.ends_at, member.successor_at) {
            ("ending", Some(at), _) => colored(Color::Yellow, format!("ends {}", left(at))),
            ("active", _, Some(at)) => {
                let who = member
                    .successor
                    .as_deref()
                    .map_or("-".to_string(), style::short);
                colored(Color::Yellow, format!("{who} takes over {}", left(at)))
            }
            ("active", _, None) => colored(Color::Green, "member"),
            (status, ..) => colored(Color::DarkGrey, status),
        };
        let wallet = member
            .member
            .as_deref()
            .map_or("-".to_string(), style::short);
        vec![
            cell(look.key_name(&member.token)),
            status,
            cell(grouped(&member.token_shares)),
            cell(grouped(&member.index_shares)),
            cell(grouped(&member.locked)),
            cell(look.amounts(&member.collectable)),
            cell(wallet),
        ]
    });
    heading("Members") + &table(&columns, rows.collect())
}

/// The rebalance that is drafted, announced or traded.
pub fn index_rebalance(look: &IndexLook) -> String {
    let Some(rebalance) = &look.report.rebalance else {
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
            cell(order.side),
            cell(look.slot_name(order.slot)),
            cell(grouped(&order.held)),
            cell(grouped(&order.target)),
            cell(grouped(&order.left)),
            cell(&order.low),
            cell(&order.high),
            cell(order.price.as_deref().unwrap_or("-")),
        ]
    });
    let traded = match rebalance.status {
        "draft" => "a draft: nobody can trade it".to_string(),
        status => format!(
            "number {}, {status}, traded {} to {}",
            rebalance.nonce,
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
