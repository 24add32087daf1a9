//! Terms, roles, endings.

use {
    super::Move,
    crate::{
        chance,
        scene::{Call, Scene, call, key},
    },
    upside_sdk::{
        instruction as ix,
        state::{Account, Amendment, Change},
    },
    upside_tests::world::ONE,
};

pub const MOVES: &[Move] = &[
    (6, propose),
    (6, approve),
    (6, apply),
    (1, heartbeat),
    (1, set_executor),
    (2, wind_up),
    (1, set_bearer_cap),
    (1, pause),
    (1, unpause),
];

fn propose(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let change = match scene.dice.below(6) {
        0 => Change::SupplyCap(chance::edge(&mut scene.dice, 100_000_000 * ONE, &[])),
        1 => Change::Floor(u64::MAX),
        2 => Change::CashOutTax(scene.dice.below(10_001) as u16),
        3 => Change::Royalty(scene.dice.below(5_001) as u16),
        4 => Change::ReserveShare(scene.dice.below(10_001) as u16),
        _ => Change::Dissolve,
    };
    let propose =
        ix::propose_amendment(&scene.token(), &scene.payer(), change, [6; 32], 30 * 86_400);
    call(format!("{owner} proposes {change:?}"), propose, &[owner])
}

fn open(scene: &mut Scene) -> Option<Account<Amendment>> {
    let number = scene.facts.token.open_amendment.checked_sub(1)?;
    let key = upside_sdk::address::find_amendment(&scene.facts.key, number).0;
    Some(scene.world.get(&key))
}

fn approve(scene: &mut Scene) -> Option<Call> {
    let (who, open) = (scene.actor(), open(scene)?);
    call(
        format!("{who} approves"),
        ix::approve_amendment(&open, &key(who)),
        &[who],
    )
}

fn apply(scene: &mut Scene) -> Option<Call> {
    let (who, open) = (scene.actor(), open(scene)?);
    call(
        format!("{who} applies"),
        ix::apply_amendment(&scene.token(), &open, &key(who)),
        &[who],
    )
}

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
    let cap = chance::edge(&mut scene.dice, 1_000_000 * ONE, &[]);
    let set = ix::set_bearer_cap(&scene.token(), crate::scene::shares(cap));
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
