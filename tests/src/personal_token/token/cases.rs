//! Creating and governing a token.

use {crate::cases::*, upside_sdk::state::NameTexts};

pub(crate) fn create_token() -> Case {
    let world = World::empty(crate::engine::Engine::lite());
    let instruction = world.create_token(token_args());
    by(world, instruction, &["founder"])
}

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

pub(crate) fn set_venue_announced() -> Case {
    let mut w = World::new();
    w.issue("bob", ONE);
    let set = ix::set_venue(&w.token(), &key("bob"), true);
    by(w, set, &["founder"])
}

pub(crate) fn apply_venue() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = set_venue_announced();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(7 * DAY);
    let apply = ix::apply_venue(&w.token, &key("bob"));
    by(w, apply, &[])
}

pub(crate) fn accept_ownership() -> Case {
    let mut w = World::new();
    w.issue("founder", 7 * ONE);
    w.issue("bob", 3 * ONE);
    let propose = ix::propose_owner(&w.token(), &key("bob"));
    w.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&w.token(), &key("bob"));
    by(w, accept, &["bob"])
}

pub(crate) fn pause_guardian() -> Case {
    let mut w = World::new();
    let pause = ix::pause(&w.token(), &key("guardian"));
    by(w, pause, &["guardian"])
}

pub(crate) fn unpause() -> Case {
    owner(|w| {
        let pause = ix::pause(&w.token(), &key("founder"));
        w.send(&pause, &[&person("founder")]).ok();
        ix::unpause(&w.token())
    })
}
