//! The page of an index.

use {
    super::{
        announced::announced,
        bars::{self, atoms, legend, mints, parts_in, row, stacked},
        disclosure,
        document::document,
        governance,
        head::{Head, identity},
        index_disclosure, members, money,
        parts::{Column, amount, amounts, chip, facts, key, name, seconds, section, table, tile},
        rounds, tree,
    },
    crate::{
        error::Result,
        text::{IndexView, looks_like, slot_state},
        words::{Word, multiplied},
    },
    maud::{Markup, html},
    upside_core::{
        Pubkey,
        index::{
            IndexStatus,
            inspect::{
                ConstituentReport, IndexReport, MembershipPhase, ParametersReport, RecipientReport,
            },
        },
        inspect::TokenReport,
    },
};

/// The look-through of an index as a page.
///
/// # Errors
/// `Other` where it cannot be drawn.
pub fn index(view: &IndexView) -> Result<String> {
    let report = &view.report;
    let mut head = Head {
        what: "index of people",
        name: &report.name,
        symbol: &report.symbol,
        address: report.index,
        chips: vec![match report.status {
            IndexStatus::Active => ("good", "active"),
            IndexStatus::Seeding => ("warn", "seeding: not launched yet"),
            IndexStatus::WindDown => ("warn", "winding down"),
        }],
        warnings: Vec::new(),
        slot: report.slot,
        time: report.time,
    };
    let people = || {
        report
            .constituents
            .iter()
            .filter_map(|slot| slot.token.as_ref())
    };
    if people().any(|token| !token.verified) {
        head.warnings.push(
            "Some of these people are unverified: nobody vouches that their keys are theirs.",
        );
    }
    if report.paused {
        head.chips.push(("warn", "paused"));
        head.warnings
            .push("Paused: no new money. Redemptions, harvests and claims go on.");
    }
    if !report.announcements.is_empty() {
        head.chips.push(("warn", "changes are announced"));
    }
    let backing = bars::backing(&report.backing, Some(&report.backing_per_share), |mint| {
        view.names.of(mint)
    });
    let through = "Through both levels, in each mint by itself; classes are never added up.";
    let body = html! {
        (head.markup())
        main {
            (tiles(view))
            (section("others", "What others can do to you", "Who can do what, when, and what it hangs on.", &index_disclosure::others(view)))
            (section("tree", "Looked through", "Share of the index, person, claim, vault.", &levels(view)))
            (section("backing", "Backing", through, &backing))
            (section("redeems", "What redeeming pays", "Every slot: whether it moves, what it pays, how many shares of a person there may be.", &index_disclosure::exits(view)))
            (section("constituents", "Constituents", "What stands behind one share of the index, person by person.", &constituents(view)))
            (section("holds", "Holdings", "", &holdings(view)))
            (section("members", "Members", "People who came in with shares of themselves.", &members::members(view)))
            @if let Some(rebalance) = &report.rebalance { (section("rebalance", "Rebalance", "", &members::rebalance(view, rebalance))) }
            @if !report.announcements.is_empty() { (section("announced", "Announced", "Holders veto what they do not want; whoever leaves is paid.", &announced(view))) }
            (section("fees", "Fees and terms", "", &fees(view)))
            (section("people", "Keys and people", "", &keys(view)))
        }
    };
    Ok(document(&head.title(), &body))
}

/// Every member of a report has its section: a new one does not compile until it has.
fn every_member_is_shown(report: &IndexReport) {
    let IndexReport {
        // At the top.
        index: _,
        name: _,
        symbol: _,
        status: _,
        paused: _,
        slot: _,
        time: _,
        // What others can do.
        disclosure: _,
        paused_until: _,
        // Looked through, backing, constituents, holdings.
        constituents: _,
        backing: _,
        backing_per_share: _,
        // Members, rebalance, announced.
        memberships: _,
        offers: _,
        rebalance: _,
        announcements: _,
        // Fees and terms.
        parameters: _,
        terms: _,
        supply: _,
        locked: _,
        // Keys and people.
        mint: _,
        creator: _,
        curator: _,
        pending_curator: _,
        launcher: _,
        admissions: _,
        guardian: _,
        fee_recipients: _,
    } = report;
}

/// A person's own books, beside what the tree shows.
fn books(view: &IndexView, token: &TokenReport) -> Markup {
    let quote = view.names.of(&token.quote_mint);
    html! {
        (super::token::supply(token))
        (facts(vec![
            ("owner", key(&token.owner)),
            ("share mint", key(&token.mint)),
        ]))
        @for stream in &token.streams { (money::stream_now(&view.names.of(&stream.mint), stream)) }
        @for round in &token.rounds {
            h3 { "Round " (round.number) ", " (round.status.word()) }
            (rounds::figures(round, &quote))
        }
        (super::token::terms(token, &quote))
        (governance::governance(token))
    }
}

fn tiles(view: &IndexView) -> Markup {
    let report = &view.report;
    every_member_is_shown(report);
    let people = report
        .constituents
        .iter()
        .filter(|slot| slot.token.is_some());
    let members = report.memberships.iter();
    let members = members
        .filter(|member| member.status != MembershipPhase::Ended)
        .count();
    html! {
        div.tiles {
            (tile("Shares", &amount(&report.supply.total), &html! { (amount(&report.supply.locked)) " locked for good" }))
            (tile("People", &html! { (people.count()) }, &html! { (members) " are members" }))
            @if let Some(liquid) = report.backing_per_share.liquid.first() {
                (tile("Liquid behind a share", &amount(&liquid.amount), &name(&view.names.of(&liquid.mint))))
            }
            (tile("Management fee", &html! { (report.parameters.management_fee) " %" }, &html! { "a year" }))
        }
    }
}

fn levels(view: &IndexView) -> Markup {
    let report = &view.report;
    html! {
        details.node.root open {
            summary {
                b { "All shares of " (name(&report.symbol)) } " "
                span.brief { (amount(&report.supply.total)) " shares" }
            }
            @if report.constituents.is_empty() { p.empty { "It holds nothing yet." } }
            @for slot in &report.constituents { (node(view, slot)) }
        }
    }
}

fn node(view: &IndexView, slot: &ConstituentReport) -> Markup {
    html! {
        details.node {
            summary {
                b { (name(&view.name(slot))) } " "
                @if let Some(token) = &slot.token {
                    span.note { (slot.kind.word()) ", " (name(&token.name)) } " "
                    @let (class, text) = identity(token.verified);
                    (chip(class, text))
                    @if let Some(alike) = looks_like(&token.looks_like) {
                        " " span title=(alike) { (chip("bad", "look-alike")) }
                    }
                } @else { span.note { (slot.kind.word()) } }
                @if slot.seizable { " " (chip("warn", "seizable")) }
                @if let Some(by) = slot.multiplier { " " (chip("warn", &multiplied(by))) }
                span.brief { (amount(&slot.amount)) @if let Some(part) = &slot.part { ", " (part) " %" } }
            }
            (facts(slot_rows(view, slot)))
            (bars::backing(&slot.backing, Some(&slot.backing_per_share), |mint| view.names.of(mint)))
            @if let Some(token) = &slot.token {
                details.node {
                    summary {
                        b { "All shares of " (name(&token.symbol)) } " "
                        span.note { "not of the index's part alone" }
                        span.brief { (amount(&token.supply.total)) " shares" }
                    }
                    (tree::below(&view.names, token))
                }
                details.node {
                    summary { span.note { "The token's own books" } }
                    (books(view, token))
                }
                details.node {
                    summary { span.note { "What others can do to its holders" } }
                    @let quote = view.names.of(&token.quote_mint);
                    (disclosure::disclosure(&token.disclosure, &view.names, &quote))
                }
            }
        }
    }
}

/// Every member of a slot that the tree does not show.
fn slot_rows(view: &IndexView, slot: &ConstituentReport) -> Vec<(&'static str, Markup)> {
    let ConstituentReport {
        // In the line above, and below.
        slot: _,
        kind: _,
        seizable: _,
        multiplier: _,
        backing: _,
        backing_per_share: _,
        token,
        key: address,
        custody,
        amount: held,
        in_baskets,
        per_share,
        owed_to_members,
        state,
        part,
        harvestable,
        harvested_seconds_ago,
    } = slot;
    let names = |mint: &Pubkey| view.names.of(mint);
    let mut rows = vec![
        ("the index holds", amount(held)),
        ("a share of the index has", amount(per_share)),
        ("in baskets", amount(in_baskets)),
        ("now", html! { (slot_state(*state)) }),
    ];
    let owed = owed_to_members.as_ref();
    rows.extend(owed.map(|owed| ("owed to members", amount(owed))));
    rows.extend(part.map(|part| ("part of the person's shares", html! { (part) " %" })));
    rows.extend(harvested_seconds_ago.map(|ago| ("harvested", html! { (seconds(ago)) " ago" })));
    if token.is_some() {
        rows.push(("a harvest would bring", amounts(harvestable, names)));
    }
    let what = if token.is_some() { "token" } else { "mint" };
    rows.push((what, key(address)));
    rows.push(("custody", key(custody)));
    rows
}

/// What stands behind one share of the index: for each mint the constituents side by side,
/// on one scale.
fn constituents(view: &IndexView) -> Markup {
    let all = &view.report.constituents;
    let backings = || all.iter().map(|slot| &slot.backing_per_share);
    let in_mint = |slot: &ConstituentReport, mint: &Pubkey| {
        let parts = parts_in(&slot.backing_per_share, mint);
        let sum = parts
            .iter()
            .fold(0u128, |sum, part| sum.saturating_add(atoms(&part.amount)));
        (sum, parts)
    };
    html! {
        @if mints(backings()).is_empty() { p.empty { "Nothing stands behind a share yet." } }
        @for mint in mints(backings()) {
            @let widest = all.iter().map(|slot| in_mint(slot, &mint).0).max().unwrap_or(0);
            h3 { "In " (name(&view.names.of(&mint))) }
            @for slot in all {
                @let (sum, parts) = in_mint(slot, &mint);
                @if sum > 0 {
                    @let bar = stacked(&view.name(slot), &parts, Some(widest));
                    (row(&name(&view.name(slot)), &bar, &html! {}))
                    div.below { (legend(&parts, &html! {})) }
                }
            }
        }
    }
}

fn holdings(view: &IndexView) -> Markup {
    let columns = [
        Column::Numbers("slot"),
        Column::Words("what"),
        Column::Numbers("holds"),
        Column::Numbers("% of them"),
        Column::Numbers("a share has"),
        Column::Numbers("in baskets"),
    ];
    let rows = view.report.constituents.iter().map(|slot| {
        vec![
            html! { (slot.slot) },
            name(&view.name(slot)),
            amount(&slot.amount),
            html! { @if let Some(part) = slot.part { (part) } @else { "-" } },
            amount(&slot.per_share),
            amount(&slot.in_baskets),
        ]
    });
    table("What the index holds", &columns, rows.collect())
}

fn fee_rows(parameters: &ParametersReport) -> Vec<(&'static str, Markup)> {
    vec![
        (
            "management fee",
            html! { (parameters.management_fee) " % a year" },
        ),
        ("entry fee", html! { (parameters.entry_fee) " %" }),
        ("exit fee", html! { (parameters.exit_fee) " %" }),
    ]
}

fn fees(view: &IndexView) -> Markup {
    let (report, terms) = (&view.report, &view.report.terms);
    let mut rows = fee_rows(&report.parameters);
    rows.extend([
        (
            "fee shares accrued, to be minted",
            amount(&report.supply.pending_fees),
        ),
        ("shares in existence", amount(&report.supply.total)),
        ("locked for good, of these", amount(&report.supply.locked)),
        (
            "locked for members until they have left",
            amount(&report.supply.for_members),
        ),
        (
            "locked by holders, so that they count",
            amount(&report.locked),
        ),
        (
            "equal share of dividends among members",
            html! { (terms.equal_share) " %" },
        ),
        (
            "for members within a year at most",
            html! { (terms.dilution) " % of all shares" },
        ),
        ("notice", seconds(terms.notice_seconds)),
    ]);
    let shown = [
        ("credential that members show", &terms.credential),
        ("its schema", &terms.schema),
    ];
    for (what, account) in shown {
        rows.extend(account.as_ref().map(|account| (what, key(account))));
    }
    facts(rows)
}

fn keys(view: &IndexView) -> Markup {
    let report = &view.report;
    let mut rows = vec![
        ("index", key(&report.index)),
        ("share mint", key(&report.mint)),
        ("creator", key(&report.creator)),
        (
            "curator",
            report
                .curator
                .as_ref()
                .map_or(html! { "nobody: the curator left" }, key),
        ),
    ];
    let recipient =
        |it: &RecipientReport| ("fee recipient", html! { (it.portion) " % " (key(&it.key)) });
    rows.extend(report.fee_recipients.iter().map(recipient));
    let named = [
        ("proposed curator", &report.pending_curator),
        ("launcher", &report.launcher),
        ("admissions", &report.admissions),
        ("guardian", &report.guardian),
    ];
    for (what, person) in named {
        rows.extend(person.as_ref().map(|person| (what, key(person))));
    }
    facts(rows)
}
