//! What others can do to a holder, on a page: in the words of the text.

use {
    super::parts::{facts, foreign},
    crate::text::{
        NEVER, Names, Row, asset_risks, attesters, changes, concentration, dilution,
        identity_facts, powers,
    },
    maud::{Markup, html},
    upside_core::inspect::Disclosure,
};

/// Longest fact that is shown whole.
const FACT: usize = 600;

/// Facts in words, as they may come from the chain.
pub fn rows(rows: Vec<Row>) -> Vec<(&'static str, Markup)> {
    let row = |(what, text): Row| (what, foreign(&text, FACT));
    rows.into_iter().map(row).collect()
}

/// The powers as a list, and what they hang on. `quote` names the quote mint.
pub fn disclosure(shown: &Disclosure, names: &Names, quote: &str) -> Markup {
    let mut all = dilution(shown);
    all.extend(changes(shown, quote));
    all.extend(attesters(shown));
    all.extend(concentration(shown));
    all.extend(identity_facts(shown));
    all.extend(asset_risks(shown, names));
    html! {
        ul.powers {
            @for (what, sentence) in powers(shown, names, quote) {
                li { b { (what) } " " (foreign(&sentence, FACT)) }
            }
        }
        p.lead { (NEVER) }
        (facts(rows(all)))
    }
}
