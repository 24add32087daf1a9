//! Shares for help.

use {
    super::Move,
    crate::{
        cast::key,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        instruction as ix,
        state::{Account, Grant, GrantOffer, GrantTerms},
    },
    upside_tests::world::{DAY, ONE},
};

pub const MOVES: &[Move] = &[
    (10, offer),
    (10, accept),
    (3, cancel),
    (8, collect),
    (8, revoke),
    (1, close),
];

fn offer(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let to = scene.actor();
    let most = scene
        .rng
        .one(&[100 * ONE, 1_000_000 * ONE, 1_000_000_000 * ONE])?;
    let atoms = scene.share_amount(most);
    let now = scene.world.now();
    let terms = GrantTerms {
        shares: atoms,
        start: now + scene.rng.one(&[0, -100 * DAY, 200 * DAY])?,
        cliff_seconds: scene.rng.one(&[0, 86_400])?,
        duration_seconds: scene.rng.one(&[86_400, 365 * 86_400, 3_650 * 86_400])?,
        revocable: scene.rng.percent(70),
    };
    let offer = GrantOffer {
        beneficiary: key(to),
        terms,
        expires_at: now + 10 * DAY,
        reference: 0,
    };
    let token = scene.token();
    let made = ix::offer_grant(&token, &scene.payer(), token.data.grants, offer);
    call(format!("{owner} offers {to} {atoms}"), made, &[owner])
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
    scene.rng.one(&grants)
}

/// The actor who may accept and collect.
fn beneficiary(scene: &mut Scene, grant: &Account<Grant>) -> Option<&'static str> {
    scene.named(&grant.data.beneficiary)
}

fn accept(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    let to = beneficiary(scene, &grant)?;
    call(
        format!("{to} accepts grant {}", grant.data.number),
        ix::accept_grant(&scene.token(), &grant),
        &[to],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    let by = scene.actor();
    call(
        format!("{by} ends the offer of grant {}", grant.data.number),
        ix::cancel_grant(&grant, &key(by)),
        &[by],
    )
}

fn collect(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    let to = beneficiary(scene, &grant)?;
    call(
        format!("{to} collects grant {}", grant.data.number),
        ix::collect_grant(&grant, &scene.payer()),
        &[to],
    )
}

fn revoke(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let grant = grant(scene)?;
    let revoke = ix::revoke_grant(&scene.token(), &grant, &key(owner));
    call(
        format!("{owner} revokes grant {}", grant.data.number),
        revoke,
        &[owner],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let grant = grant(scene)?;
    call(
        format!("grant {} is closed", grant.data.number),
        ix::close_grant(&grant),
        &[],
    )
}
