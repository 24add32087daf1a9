//! The look-through as a tree that unfolds: a token's shares, the kinds of backing, each
//! claim and each vault.

use {
    super::{
        claims::{claim, is_past},
        parts::{amount, amounts, chip, facts, key, name},
    },
    crate::{
        text::Names,
        words::{Word, backing_note, multiplied, risks},
    },
    maud::{Markup, html},
    upside_core::inspect::{AssetReport, BackingClass, ClaimReport, TokenReport},
};

/// Everything below a token.
pub fn below(names: &Names, token: &TokenReport) -> Markup {
    let of_class = |claim: &&ClaimReport, class: BackingClass| {
        !is_past(claim) && claim.class.backing() == class
    };
    let open = |class| token.claims.iter().any(|claim| of_class(&claim, class));
    let past = token.claims.iter().any(is_past);
    html! {
        @for class in BackingClass::ALL {
            @let held = token.backing.of(class);
            @let liquid = class == BackingClass::Liquid;
            @if liquid || !held.is_empty() || open(class) {
                details.node open {
                    summary {
                        (chip(class.word(), class.word())) " "
                        span.note { (backing_note(class)) }
                        span.brief { (amounts(held, |mint| names.of(mint))) }
                    }
                    @if liquid {
                        @for asset in &token.assets { (vault(names, asset)) }
                        @if token.assets.is_empty() { p.empty { "No asset is listed." } }
                    } @else {
                        @for one in token.claims.iter().filter(|one| of_class(one, class)) {
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
    let AssetReport {
        mint,
        vault,
        reserve,
        endowment,
        endowment_locked,
        escrow,
        payouts,
        balance,
        per_share,
        seizable,
        freezable,
        pausable,
        immovable,
        payout,
        multiplier,
    } = asset;
    let yes = |is: bool| html! { (if is { "yes" } else { "no" }) };
    html! {
        details.node {
            summary {
                b { (name(&names.of(mint))) } " " span.note { "vault" }
                @if *payout { " " (chip("plain", "pays out")) }
                @for risk in risks(*seizable, *freezable, *pausable, *immovable) {
                    " " (chip("warn", risk))
                }
                @if let Some(by) = multiplier { " " (chip("warn", &multiplied(*by))) }
                span.brief { (amount(reserve)) " in reserve" }
            }
            (facts(vec![
                ("reserve", amount(reserve)),
                ("one share redeems for", amount(per_share)),
                ("the owner keeps ready", amount(endowment)),
                ("of it for rounds and offers", amount(endowment_locked)),
                ("in escrow of rounds", amount(escrow)),
                ("owed by streams", amount(payouts)),
                ("the vault holds", amount(balance)),
                ("issuer can seize it", yes(*seizable)),
                ("issuer can freeze the vault", yes(*freezable)),
                ("issuer can pause it", yes(*pausable)),
                ("moves now", html! {
                    @match immovable { None => "yes", Some(why) => { "no: " (why.word()) } }
                }),
                ("amounts are shown", html! {
                    @match multiplier { None => "as they are", Some(by) => { "times " (by) } }
                }),
                ("mint", key(mint)),
                ("vault", key(vault)),
            ]))
        }
    }
}
