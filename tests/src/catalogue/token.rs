//! Creating and governing a token.

use super::*;

pub(super) fn create_token() -> Case {
    let world = World::empty(crate::engine::Engine::lite());
    let instruction = world.create_token(token_args());
    by(world, instruction, &["founder"])
}

pub(super) fn update_metadata() -> Case {
    owner(|w| {
        let args = MetadataArgs {
            name: Some("Ada, Countess of Lovelace".into()),
            uri: Some("https://ada.example/a/much/longer/place/token.json".into()),
            ..MetadataArgs::default()
        };
        ix::update_metadata(&w.token(), &payer(w), args)
    })
}

pub(super) fn accept_ownership() -> Case {
    let mut w = World::new();
    w.issue("founder", 7 * ONE);
    w.issue("bob", 3 * ONE);
    let propose = ix::propose_owner(&w.token(), &key("bob"));
    w.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&w.token(), &key("bob"));
    by(w, accept, &["bob"])
}

pub(super) fn pause_guardian() -> Case {
    let mut w = World::new();
    let pause = ix::pause(&w.token(), &key("guardian"));
    by(w, pause, &["guardian"])
}

pub(super) fn unpause() -> Case {
    owner(|w| {
        let pause = ix::pause(&w.token(), &key("founder"));
        w.send(&pause, &[&person("founder")]).ok();
        ix::unpause(&w.token())
    })
}
