//! The look-through as a tree that unfolds: a token's shares, the kinds of backing, each
//! claim and each vault.

use {
    super::{
        bars::{CLASSES, of_class},
        claims::{claim, class, is_past},
        parts::{amount, amounts, chip, facts, key, name, rest},
    },
    crate::text::Names,
    maud::{Markup, html},
    upside_core::inspect::{AssetReport, TokenReport},
};

/// Members of an asset that have their place below.
const KNOWN: [&str; 12] = [
    "mint",
    "vault",
    "reserve",
    "escrow",
    "payouts",
    "balance",
    "per_share",
    "seizable",
    "freezable",
    "pausable",
    "immovable",
    "payout",
];

/// Everything below a token.
pub fn below(names: &Names, token: &TokenReport) -> Markup {
    let open = |kind: &str| {
        let claims = token.claims.iter();
        let mut claims = claims.filter(|claim| !is_past(claim) && class(claim) == kind);
        claims.next().is_some()
    };
    let past = token.claims.iter().any(is_past);
    html! {
        @for (kind, note) in CLASSES {
            @let amounts_of = of_class(&token.backing, kind);
            @if kind == "liquid" || !amounts_of.is_empty() || open(kind) {
                details.node open {
                    summary {
                        (chip(kind, kind)) " " span.note { (note) }
                        span.brief { (amounts(amounts_of, |mint| names.of(mint))) }
                    }
                    @if kind == "liquid" {
                        @for asset in &token.assets { (vault(names, asset)) }
                        @if token.assets.is_empty() { p.empty { "No asset is listed." } }
                    } @else {
                        @for one in token.claims.iter().filter(|one| !is_past(one) && class(one) == kind) {
                            (claim(names, &token.quote_mint, one))
                        }
                    }
                }
            }
        }
        @if past {
            details.node {
                summary { (chip("plain", "past")) " " span.note { "claims that are closed or written off" } }
                @for one in token.claims.iter().filter(|one| is_past(one)) {
                    (claim(names, &token.quote_mint, one))
                }
            }
        }
    }
}

/// One asset of the vault.
fn vault(names: &Names, asset: &AssetReport) -> Markup {
    html! {
        details.node {
            summary {
                b { (name(&names.of(&asset.mint))) } " " span.note { "vault" }
                @if asset.payout { " " (chip("plain", "pays out")) }
                @for risk in asset.risks() { " " (chip("warn", risk)) }
                span.brief { (amount(&asset.reserve)) " in reserve" }
            }
            (facts(vec![
                ("reserve", amount(&asset.reserve)),
                ("one share redeems for", amount(&asset.per_share)),
                ("in escrow of rounds", amount(&asset.escrow)),
                ("owed by streams", amount(&asset.payouts)),
                ("the vault holds", amount(&asset.balance)),
                ("issuer can seize it", html! { (if asset.seizable { "yes" } else { "no" }) }),
                ("issuer can freeze the vault", html! { (if asset.freezable { "yes" } else { "no" }) }),
                ("issuer can pause it", html! { (if asset.pausable { "yes" } else { "no" }) }),
                ("moves now", html! { (asset.immovable.map_or("yes".to_string(), |why| format!("no: {why}"))) }),
                ("mint", key(&asset.mint)),
                ("vault", key(&asset.vault)),
            ]))
            @if let Some(more) = rest(asset, &KNOWN) { (more) }
        }
    }
}
