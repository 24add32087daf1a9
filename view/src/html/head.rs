//! The top of a page: who it is, that nobody vouches for it, and of when it is.

use {
    super::parts::{chip, name, time},
    maud::{Markup, html},
    upside_core::Pubkey,
};

/// What stands at the top.
pub struct Head<'a> {
    /// `personal token` or `index`.
    pub what: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its symbol.
    pub symbol: &'a str,
    /// Its address.
    pub address: Pubkey,
    /// Its state, as a chip's class and text.
    pub chips: Vec<(&'a str, &'a str)>,
    /// What a reader has to know first.
    pub warnings: Vec<&'a str>,
    /// Slot of the reading.
    pub slot: u64,
    /// Time of the reading, unix seconds.
    pub time: i64,
}

impl Head<'_> {
    /// The top of the page.
    pub fn markup(&self) -> Markup {
        html! {
            header {
                p.kind { (self.what) }
                h1 { (name(self.name)) " " span.symbol { (name(self.symbol)) } }
                p.chips { @for (class, text) in &self.chips { (chip(class, text)) " " } }
                p.address { code { (self.address) } }
                p.asof { "As of " (time(self.time)) ", slot " (self.slot) }
                @for warning in &self.warnings { p.warning role="note" { (warning) } }
            }
        }
    }

    /// The title of the page.
    pub fn title(&self) -> String {
        use crate::sanitize::{cut, visible};
        let (name, symbol) = (visible(self.name), visible(self.symbol));
        let brief = |text: &str| cut(text, 60).unwrap_or(text).to_string();
        format!("{} ({}), looked through", brief(&name), brief(&symbol))
    }
}

/// That nobody vouches that a key is a person's, or that somebody does.
pub fn identity(verified: bool) -> (&'static str, &'static str) {
    if verified {
        ("good", "verified")
    } else {
        ("warn", "unverified")
    }
}

/// What unverified means.
pub const UNVERIFIED: &str = "Unverified: nobody vouches that this key is that person's. \
                              Anyone can type anyone's name into a token.";
