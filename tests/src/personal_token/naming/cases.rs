//! Announced and former names.

use {crate::cases::*, upside_sdk::state::NameTexts};

/// Longer texts than before.
pub fn longer_texts() -> NameTexts {
    NameTexts {
        name: Some("Ada, Countess of Lovelace".into()),
        symbol: Some("COUNTESS".into()),
        uri: Some("https://ada.example/a/much/longer/place/token.json".into()),
    }
}

pub(crate) fn announce_name() -> Case {
    owner(|w| ix::announce_name(&w.token(), &payer(w), longer_texts()))
}

/// A world in which somebody else has shares, too, and longer texts are announced.
pub fn with_announced_name() -> World {
    let mut w = World::new();
    w.issue("bob", ONE);
    let announce = ix::announce_name(&w.token(), &payer(&w), longer_texts());
    w.send(&announce, &[&person("founder")]).ok();
    w
}

pub(crate) fn announce_name_again() -> Case {
    let mut w = with_announced_name();
    let texts = NameTexts {
        symbol: Some("KING".into()),
        ..NameTexts::default()
    };
    let announce = ix::announce_name(&w.token(), &payer(&w), texts);
    by(w, announce, &["founder"])
}

pub(crate) fn apply_name() -> Case {
    let mut w = with_announced_name();
    w.pass(7 * DAY);
    let apply = ix::apply_name(&w.token(), &payer(&w));
    by(w, apply, &[])
}

pub(crate) fn cancel_name() -> Case {
    let mut w = with_announced_name();
    let cancel = ix::cancel_name(&w.token(), &payer(&w));
    by(w, cancel, &["founder"])
}
