//! The page of a personal token.

use {
    super::{
        bars, disclosure,
        document::document,
        governance,
        head::{Head, UNVERIFIED, identity},
        holders, money,
        parts::{amount, chip, facts, key, name, of, seconds, section, tile, time, uri},
        rounds, tree,
    },
    crate::{
        error::Result,
        style::short,
        text::{self, TokenView},
        words::Word,
    },
    maud::{Markup, html},
    upside_core::inspect::{Amount, Percent, TokenReport},
};

/// The look-through of a token as a page.
///
/// # Errors
/// `Sdk` where its books do not add up, `Other` where a chart cannot be drawn.
pub fn token(view: &TokenView) -> Result<String> {
    let report = &view.report;
    let alike = text::looks_like(&report.looks_like);
    let mut head = Head {
        what: "personal token",
        name: &report.name,
        symbol: &report.symbol,
        address: report.token,
        chips: vec![identity(report.verified)],
        warnings: Vec::new(),
        slot: report.slot,
        time: report.time,
    };
    if !report.verified {
        head.warnings.push(UNVERIFIED);
    }
    if let Some(alike) = &alike {
        head.chips.push(("bad", "look-alike"));
        head.warnings.push(alike);
    }
    if report.paused {
        head.chips.push(("warn", "paused"));
        head.warnings
            .push("Paused: no new money. Exits, dividends and transfers go on.");
    }
    let below = html! {
        details.node.root open {
            summary {
                b { "All shares of " (name(&report.symbol)) } " "
                span.brief { (amount(&report.supply.total)) " shares" }
            }
            (tree::below(&view.names, report))
        }
    };
    let quote = view.names.of(&report.quote_mint);
    let backing = bars::backing(&report.backing, None, |mint| view.names.of(mint));
    let four = "Different kinds of things, in each mint by itself, never added up.";
    let body = html! {
        (head.markup())
        main {
            (tiles(view))
            (section("others", "What others can do to you", "Who can do what, when, and what it hangs on.", &others(view)))
            (section("tree", "Looked through", "Every share down to each claim, with evidence and age, and each vault.", &below))
            (section("backing", "Backing", four, &backing))
            (section("redeem", "What a share redeems for", "", &money::redemption(view)?))
            (section("streams", "Payouts", "Revenue and profits stream to registered shares.", &money::streams(view)?))
            (section("rounds", "Rounds", "", &rounds::rounds(view)?))
            (section("supply", "Supply", "", &supply(report)))
            (section("holders", "Holders", "", &holders::holders(view)))
            (section("terms", "Terms", "What the owner promised.", &terms(report, &quote)))
            (section("governance", "Governance", "Status, polls, who ends it.", &governance::governance(report)))
            (section("people", "Keys and people", "", &people(view)))
        }
    };
    Ok(document(&head.title(), &body))
}

/// Every member of a report has its section: a new one does not compile until it has.
fn every_member_is_shown(report: &TokenReport) {
    let TokenReport {
        // At the top.
        token: _,
        name: _,
        symbol: _,
        verified: _,
        looks_like: _,
        paused: _,
        slot: _,
        time: _,
        // What others can do.
        disclosure: _,
        identity: _,
        // Looked through, backing, what a share redeems for, payouts, rounds, supply, holders.
        claims: _,
        assets: _,
        backing: _,
        streams: _,
        rounds: _,
        supply: _,
        holders: _,
        // Terms.
        admission: _,
        transfer_policy: _,
        terms: _,
        result: _,
        // Governance.
        governance: _,
        announced_name: _,
        // Keys and people.
        mint: _,
        quote_mint: _,
        uri: _,
        creator: _,
        owner: _,
        owner_seen: _,
        pending_owner: _,
        guardian: _,
        registrar: _,
        former_names: _,
        attestation_threshold: _,
        attesters: _,
    } = report;
}

fn tiles(view: &TokenView) -> Markup {
    let report = &view.report;
    every_member_is_shown(report);
    let quote = view.names.of(&report.quote_mint);
    let liquid = report
        .assets
        .iter()
        .find(|asset| asset.mint == report.quote_mint);
    let claims = report.claims.iter();
    let open = claims
        .filter(|claim| !super::claims::is_past(claim))
        .count();
    html! {
        div.tiles {
            (tile("Shares", &amount(&report.supply.total), &html! { (report.supply.holders) " holders" }))
            @if let Some(asset) = liquid {
                (tile("A share redeems for", &amount(&asset.per_share), &name(&quote)))
                (tile("Reserve", &amount(&asset.reserve), &name(&quote)))
            }
            (tile("Claims", &html! { (open) }, &html! { "open, of " (report.claims.len()) }))
        }
    }
}

fn others(view: &TokenView) -> Markup {
    let quote = view.names.of(&view.report.quote_mint);
    disclosure::disclosure(&view.report.disclosure, &view.names, &quote)
}

/// Where the shares are.
pub fn supply(report: &TokenReport) -> Markup {
    let supply = &report.supply;
    let parts = [
        bars::Part::new("liquid", "registered", &supply.held),
        bars::Part::new("stale", "uncollected", &supply.uncollected),
        bars::Part::new("declared", "warming", &supply.warming),
        bars::Part::new("custody", "bearer", &supply.bearer),
    ];
    html! {
        (bars::stacked("Where the shares are", &parts, None))
        (bars::legend(&parts, &html! { "shares" }))
        (facts(vec![
            ("in existence", amount(&supply.total)),
            ("registered: earn, vote, redeem", amount(&supply.held)),
            ("sold in rounds, to be collected: earn", amount(&supply.uncollected)),
            ("deposited lately: redeem, earn and vote within a day", amount(&supply.warming)),
            ("bearer: redeem, do not earn or vote", amount(&supply.bearer)),
            ("on offer in rounds and grants: would be new", amount(&supply.offered)),
            ("may exist: fully diluted", amount(&supply.fully_diluted)),
            ("left below the cap", amount(&supply.cap_left)),
            ("left of the launch", amount(&supply.launch_left)),
            ("left of this year's room", amount(&supply.room_left)),
            ("may be created now", amount(&supply.creatable)),
            ("holders", html! { (supply.holders) }),
        ]))
    }
}

fn capped(cap: Option<&Amount>) -> Markup {
    cap.map_or(html! { "none" }, amount)
}

/// What the owner promised. `quote` names the quote mint.
pub fn terms(report: &TokenReport, quote: &str) -> Markup {
    let terms = &report.terms;
    let percent = |part: &Percent, of: &str| html! { (part) " % " (of) };
    html! {
        (facts(vec![
            ("admission", html! { (report.admission.word()) }),
            ("transfers", html! { (report.transfer_policy.word()) }),
            ("supply cap", amount(&terms.supply_cap)),
            ("launch: the first shares, without yearly room", amount(&terms.launch_shares)),
            ("yearly room beyond them", percent(&terms.room, "of the supply")),
            ("bearer cap", capped(terms.bearer_cap.as_ref())),
            ("floor: the owner's part of exits' profit", of(&terms.floor, quote)),
            ("result of exits so far", of(&report.result, quote)),
            ("payouts to the reserve", percent(&terms.reserve, "")),
            ("payouts stream over", seconds(terms.drip_seconds)),
            ("cash-out tax", percent(&terms.cash_out_tax, "")),
            ("royalty", percent(&terms.royalty, "of a seller's profit")),
            ("polls against holders", percent(&terms.poll_threshold, "of eligible shares")),
            ("notice", seconds(terms.notice_seconds)),
            ("inactivity", seconds(terms.inactivity_seconds)),
        ]))
    }
}

fn people(view: &TokenView) -> Markup {
    let report = &view.report;
    let ago = report.time.saturating_sub(report.owner_seen);
    let mut rows = vec![
        ("token", key(&report.token)),
        ("share mint", key(&report.mint)),
        ("creator", key(&report.creator)),
        ("owner", key(&report.owner)),
        (
            "owner last signed",
            html! { (time(report.owner_seen)) ", " (seconds(ago)) " ago" },
        ),
    ];
    let named = [
        ("proposed owner", &report.pending_owner),
        ("guardian", &report.guardian),
        ("registrar", &report.registrar),
    ];
    for former in &report.former_names {
        let called = html! { (name(&former.name)) " (" (name(&former.symbol)) "), until " (time(former.until_at)) };
        rows.push(("formerly", called));
    }
    for (what, person) in named {
        rows.extend(person.as_ref().map(|person| (what, key(person))));
    }
    let quote = view.names.of(&report.quote_mint);
    rows.push((
        "quote mint",
        html! {
            (key(&report.quote_mint))
            @if quote != short(&report.quote_mint) { " " (name(&quote)) }
        },
    ));
    let link = report.uri.as_deref();
    rows.extend(link.map(|link| ("further metadata", uri(link))));
    html! {
        (facts(rows))
        h3 { "Attesters" }
        @if report.attesters.is_empty() {
            p.empty { "None: every claim on paper stays declared." }
        } @else {
            p.note { (report.attestation_threshold) " fresh signatures of these make a claim "
                (chip("attested", "attested")) }
            ul {
                @for one in &report.attesters {
                    li {
                        (key(&one.attester)) ", "
                        (text::chosen(one))
                        ", since " (time(one.since))
                        @if one.is_owner { " " (chip("bad", "the owner: counts nothing")) }
                        @if let (Some(to), Some(at)) = (&one.successor, one.handover_at) {
                            ", hands its seat to " (key(to)) " from " (time(at)) " on"
                        }
                    }
                }
            }
        }
    }
}
