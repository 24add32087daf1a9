//! The look-through of an index through both levels, as a tree: index, person, claim
//! and atom.

use {
    super::{claims::claim, index_view::IndexView},
    crate::{
        style::{self, grouped, heading, paint, span},
        words::{Word, multiplied, risks},
    },
    upside_core::{
        index::inspect::ConstituentReport,
        inspect::{AssetReport, Backing, BackingClass, TokenReport},
        state::TokenStatus,
    },
};

/// A node: its first line stands beside its branch, the others below.
#[derive(Default)]
struct Node {
    text: String,
    below: Vec<Node>,
}

impl Node {
    fn new(text: impl Into<String>) -> Self {
        Node {
            text: text.into(),
            below: Vec::new(),
        }
    }

    fn draw(&self, before: &str, last: bool, text: &mut String) {
        let (branch, rest) = if last {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        let inner = if self.below.is_empty() {
            "   "
        } else {
            "│  "
        };
        for (place, line) in self.text.lines().enumerate() {
            let lead = match place {
                0 => format!("{before}{branch}"),
                _ => format!("{before}{rest}{inner}"),
            };
            text.push_str(&format!("{}{line}\n", paint(style::DIM, lead)));
        }
        let before = format!("{before}{rest}");
        for (place, node) in self.below.iter().enumerate() {
            node.draw(&before, place + 1 == self.below.len(), text);
        }
    }
}

/// Everything that it holds, down to each claim and each atom.
pub fn index_tree(view: &IndexView) -> String {
    let note = "classes are of the index's part, claims and vaults of all their shares";
    let mut text = heading(&format!("Looked through  {}", paint(style::DIM, note)));
    text.push_str(&format!("  {}\n", paint(style::BOLD, &view.report.symbol)));
    let all = &view.report.constituents;
    if all.is_empty() {
        text.push_str(&format!("  {}\n", paint(style::DIM, "└─ nothing yet")));
    }
    for (place, slot) in all.iter().enumerate() {
        node(view, slot).draw("  ", place + 1 == all.len(), &mut text);
    }
    text
}

fn node(view: &IndexView, slot: &ConstituentReport) -> Node {
    match &slot.token {
        Some(token) => person(view, slot, token),
        None => cash(view, slot),
    }
}

fn person(view: &IndexView, slot: &ConstituentReport, token: &TokenReport) -> Node {
    let mut identity = if token.verified {
        paint(style::GOOD, "verified")
    } else {
        paint(style::WARN, "unverified")
    };
    if token.governance.status == TokenStatus::WindDown {
        identity += &paint(style::WARN, ", wound up");
    }
    if !token.looks_like.is_empty() {
        let note = format!(", looks like {} other", token.looks_like.len());
        identity += &paint(style::BAD, note);
    }
    let name = paint(style::BOLD, format!("{} ({})", token.name, token.symbol));
    let part = slot.part.unwrap_or_default();
    let ago = span(slot.harvested_seconds_ago.unwrap_or(0));
    let mut due = view.amounts(&slot.harvestable);
    if due == "-" {
        due = "nothing".to_string();
    }
    let mut node = Node::new(format!(
        "{name}  {identity}  {}\nholds {} shares, {part} % of all; a share of the index has {}\n\
         harvested {ago} ago, {due} due",
        paint(style::DIM, slot.key),
        grouped(&slot.amount),
        grouped(&slot.per_share),
    ));
    node.below.extend(backing(view, &slot.backing));
    for one in &token.claims {
        let text = claim(&view.names, &token.quote_mint, one);
        // The claim's number stands where lists of claims indent.
        let lines = text
            .lines()
            .map(|line| line.strip_prefix("   ").unwrap_or(line));
        let lines: Vec<_> = lines.collect();
        node.below
            .push(Node::new(format!("claim {}", lines.join("\n"))));
    }
    node.below
        .extend(token.assets.iter().map(|asset| reserve(view, asset)));
    node
}

/// One asset of a person's vault: of all their shares, not of the index's part.
fn reserve(view: &IndexView, asset: &AssetReport) -> Node {
    let risks = risks(
        asset.seizable,
        asset.freezable,
        asset.pausable,
        asset.immovable,
    );
    let multiplied = asset.multiplier.map(multiplied);
    let risks: Vec<&str> = risks.into_iter().chain(multiplied.as_deref()).collect();
    let risks = risks.join(", ");
    let risks = if risks.is_empty() {
        risks
    } else {
        paint(style::WARN, format!("  {risks}"))
    };
    Node::new(format!(
        "vault {}  {} in reserve, {} in escrow, {} to be paid out{risks}",
        view.names.of(&asset.mint),
        grouped(&asset.reserve),
        grouped(&asset.escrow),
        grouped(&asset.payouts)
    ))
}

fn cash(view: &IndexView, slot: &ConstituentReport) -> Node {
    let seizable = if slot.seizable {
        paint(style::WARN, "seizable  ")
    } else {
        String::new()
    };
    let shown = slot.multiplier.map(multiplied);
    let shown = shown.map_or(String::new(), |how| paint(style::WARN, how) + "  ");
    let name = paint(style::BOLD, view.name(slot));
    let owed = slot.owed_to_members.as_ref();
    let owed = owed.map_or("0".to_string(), grouped);
    let mut node = Node::new(format!(
        "{name}  cash  {seizable}{shown}{}\nholds {}; a share of the index has {}; \
         {owed} more is owed to members",
        paint(style::DIM, slot.key),
        grouped(&slot.amount),
        grouped(&slot.per_share),
    ));
    node.below.extend(backing(view, &slot.backing));
    node
}

/// What stands behind the index's part, a branch a class.
fn backing(view: &IndexView, backing: &Backing) -> Vec<Node> {
    let some = BackingClass::ALL.iter().filter_map(|class| {
        let held = backing.of(*class);
        let style = match class {
            BackingClass::Immovable | BackingClass::Stale | BackingClass::Declared => style::WARN,
            BackingClass::Liquid | BackingClass::Custody | BackingClass::Attested => style::GOOD,
        };
        let text = format!("{}  {}", paint(style, class.word()), view.amounts(held));
        (!held.is_empty()).then(|| Node::new(text))
    });
    let mut nodes: Vec<_> = some.collect();
    if nodes.is_empty() {
        let nothing = "nothing behind it: neither money nor claims";
        nodes.push(Node::new(paint(style::DIM, nothing)));
    }
    nodes
}
