//! Terms, roles, endings.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::instruction as ix,
    upside_tests::world::ONE,
};

pub const MOVES: &[Move] = &[
    (1, heartbeat),
    (1, set_executor),
    (2, wind_up),
    (1, set_bearer_cap),
    (1, pause),
    (1, unpause),
];

fn heartbeat(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    call(
        format!("{owner} lives"),
        ix::heartbeat(&scene.token()),
        &[owner],
    )
}

fn set_executor(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    call(
        format!("{owner} names the executor"),
        ix::set_executor(&scene.token(), &key("executor")),
        &[owner],
    )
}

fn wind_up(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    call(
        format!("{who} winds up"),
        ix::wind_up_by_executor(&scene.facts.key, &key(who)),
        &[who],
    )
}

fn set_bearer_cap(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let cap = chance::edge(&mut scene.rng, 1_000_000 * ONE, &[]);
    let set = ix::set_bearer_cap(&scene.token(), crate::draft::shares(cap));
    call(format!("{owner} sets the bearer cap {cap}"), set, &[owner])
}

fn pause(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    call(
        format!("{who} pauses"),
        ix::pause(&scene.token(), &key(who)),
        &[who],
    )
}

fn unpause(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    call(
        format!("{owner} ends the pause"),
        ix::unpause(&scene.token()),
        &[owner],
    )
}
