//! Shares for help.

use {
    super::{Move, shares::payout_mint},
    crate::scene::{Call, Scene, call, key},
    upside_sdk::{
        address::find_holder,
        instruction as ix,
        state::{Account, Grant, GrantTerms},
    },
    upside_tests::world::{DAY, ONE},
};

pub const MOVES: &[Move] = &[
    (10, make),
    (6, collect),
    (8, collect_dividend),
    (8, revoke),
    (1, close),
];

fn make(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let to = scene.actor();
    let most = scene
        .dice
        .one(&[100 * ONE, 1_000_000 * ONE, 1_000_000_000 * ONE])?;
    let atoms = scene.share_amount(most);
    let now = scene.world.now();
    let terms = GrantTerms {
        shares: atoms,
        start: now + scene.dice.one(&[0, -100 * DAY, 3_000 * DAY])?,
        cliff_seconds: scene.dice.one(&[0, 86_400])?,
        duration_seconds: scene.dice.one(&[86_400, 365 * 86_400, 3_650 * 86_400])?,
        revocable: scene.dice.percent(70),
    };
    let made = ix::make_grant(&scene.token(), &scene.payer(), &key(to), terms);
    call(
        format!("{owner} grants {atoms} to {to}"),
        made,
        &[owner, to],
    )
}

fn grant(scene: &mut Scene) -> Option<Account<Grant>> {
    let grants: Vec<_> = scene
        .facts
        .grants
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.dice.one(&grants)
}

fn collect(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    call(
        format!("what vested of grant {} is collected", grant.data.number),
        ix::claim_grant(&grant),
        &[],
    )
}

fn collect_dividend(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    let mint = payout_mint(scene);
    let collect = ix::claim_grant_dividend(&scene.token(), &grant, &mint).ok()?;
    call(
        format!("dividends of grant {} are collected", grant.data.number),
        collect,
        &[],
    )
}

fn revoke(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let grant = grant(scene)?;
    let revoke = ix::revoke_grant(&scene.token(), &grant);
    call(
        format!("{owner} revokes grant {}", grant.data.number),
        revoke,
        &[owner],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    let holder = Account {
        key: find_holder(&scene.facts.key, &grant.key).0,
        data: *scene.facts.holders.get(&grant.key)?,
    };
    call(
        format!("grant {} is closed", grant.data.number),
        ix::close_grant(&grant, &holder),
        &[],
    )
}
