//! Creating and governing a token.

use crate::cases::*;

pub(crate) fn create_token() -> Case {
    let world = World::empty(crate::engine::Engine::lite());
    let instruction = world.create_token(token_args());
    by(world, instruction, &["founder"])
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

pub(crate) fn heartbeat() -> Case {
    owner(|w| ix::heartbeat(&w.token()))
}

pub(crate) fn set_executor() -> Case {
    owner(|w| ix::set_executor(&w.token(), &key("executor")))
}

pub(crate) fn wind_up_by_executor() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = set_executor();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(366 * DAY);
    let up = ix::wind_up_by_executor(&w.token, &key("executor"));
    by(w, up, &["executor"])
}
