//! What somebody gets or gives, and what others can do to it, before they agree.

use {
    super::{
        disclosure::{
            assets as asset_risks, attesters, changes, concentration, contributors, dilution,
            identity as identity_facts, never, roles, terms,
        },
        names::Names,
        people::looks_like,
        powers::brief,
        view::Row,
    },
    crate::style::{grouped, heading, listed, wrapped},
    serde::{Serialize, Serializer},
    upside_core::{
        Pubkey,
        inspect::{Preview, Stake},
    },
};

/// A preview with names for its mints.
#[derive(Debug)]
pub struct Before {
    /// The facts.
    pub preview: Preview,
    names: Names,
    quote: String,
    sells: bool,
}

impl Serialize for Before {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.preview.serialize(serializer)
    }
}

/// What shares stand for, and when.
fn stake(stake: &Stake, names: &Names, when: &str) -> Vec<Row> {
    vec![
        ("part", format!("{} % of all shares", stake.part)),
        (
            "fully diluted",
            format!(
                "{} % of the cap: the part of claims if all shares are created",
                stake.fully_diluted
            ),
        ),
        (
            "redeem for",
            format!("{} {when}", listed(&stake.redeems, |mint| names.of(mint))),
        ),
    ]
}

/// What others can do, in short: before a confirmation.
fn before(preview: &Preview, names: &Names, quote: &str) -> String {
    let shown = &preview.disclosure;
    let mut rows = dilution(shown);
    rows.extend(terms(shown, quote));
    rows.extend(attesters(shown));
    rows.extend(changes(shown, quote));
    rows.extend(roles(shown));
    rows.extend(concentration(shown));
    rows.extend(preview.round.iter().flat_map(contributors));
    rows.extend(identity_facts(shown));
    rows.extend(asset_risks(shown, names));
    let mut text = heading("What others can do to you");
    text.push_str(&wrapped(&brief(shown)));
    text.push_str(&never());
    text + &heading("What it hangs on") + &wrapped(&rows)
}

impl Before {
    /// A preview of a token whose quote mint is `quote`. `sells` if shares are given away.
    pub fn new(preview: Preview, names: Names, quote: &Pubkey, sells: bool) -> Self {
        Before {
            quote: names.of(quote),
            preview,
            names,
            sells,
        }
    }

    /// What the shares stand for, and what is held after it.
    pub fn rows(&self) -> Vec<Row> {
        let held = &self.preview.holding;
        let name = |mint: &Pubkey| self.names.of(mint);
        let mut rows = if self.sells {
            let redeems = listed(&self.preview.shares.redeems, name);
            vec![("instead", format!("they redeem for {redeems} now"))]
        } else {
            // Until its round closes nothing of an escrow is anybody's.
            let escrowed = self.preview.round.as_ref();
            let escrowed = escrowed.is_some_and(|round| round.min_raise.is_some());
            let when = if escrowed {
                "if the round closed now"
            } else {
                "right after it"
            };
            stake(&self.preview.shares, &self.names, when)
        };
        rows.push((
            "held then",
            format!(
                "{} shares, {} % of all, {} % of the cap, redeem for {}",
                grouped(&held.shares),
                held.part,
                held.fully_diluted,
                listed(&held.redeems, name)
            ),
        ));
        rows
    }

    /// What others can do, in short.
    pub fn text(&self) -> String {
        before(&self.preview, &self.names, &self.quote)
    }

    /// A warning for whoever is not asked: the token has the looks of another.
    pub fn looks_like(&self) -> Option<String> {
        looks_like(&self.preview.disclosure.identity.looks_like)
    }
}
