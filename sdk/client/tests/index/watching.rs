//! What time brings to an index, and what a watcher tells of it.

use {
    crate::*,
    upside_sdk::{
        index::{
            AnnouncementKind, instruction as index_ix,
            plan::{self as planning, PlanRequest},
            watch::{Fact, Watcher, look},
        },
        state::Admission,
        state::Policy,
    },
};

async fn news(world: &World, watcher: &mut Watcher) -> Vec<Fact> {
    let seen = look(&world.client, &world.index).await.unwrap();
    watcher.news(&seen).unwrap()
}

/// Transfers of a person's shares are as the policy says, after the token's notice.
async fn set_transfers(world: &World, person: &Keypair, transfer_policy: u8) {
    let token = world.token(person).await.unwrap();
    let policy = Policy {
        admission: Admission::Open,
        transfer_policy: transfer_policy.try_into().unwrap(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let propose = ix::propose_policy(&token, policy);
    world.run(vec![propose], &[person]).await.unwrap();
    let token = world.token(person).await.unwrap();
    if let Some((_, at)) = token.data.pending_policy().unwrap() {
        world.chain.advance(at - world.chain.now()).unwrap();
        let apply = ix::apply_policy(&token.key, &person.pubkey());
        world.run(vec![apply], &[person]).await.unwrap();
    }
}

#[tokio::test]
async fn a_rebalance_is_followed_from_its_notice_to_its_end() {
    let world = World::launched(2).await.unwrap();
    world.open_round(&world.people[0]).await.unwrap();
    let mut watcher = Watcher::default();
    assert_eq!(news(&world, &mut watcher).await, []);

    let pool = world.pool().await.unwrap();
    let market = planning::market(&world.client, &pool).await.unwrap();
    let mut request = PlanRequest::new(world.currency);
    request.targets.insert(0, 1_000);
    request.rest = Some(2);
    let drawn = planning::draw_up(&pool, None, &market, &request).unwrap();
    let curator = world.curator.pubkey();
    let how = (drawn.pace, drawn.duration);
    let first = &drawn.rebalances[0];
    let plan = planning::announce(&world.client, &pool, None, &curator, first, how)
        .await
        .unwrap();
    world.send(&plan.steps, &[&world.curator]).await.unwrap();
    let (nonce, kind) = (1, AnnouncementKind::Rebalance);
    let told = news(&world, &mut watcher).await;
    let [Fact::Waiting { effective_at, .. }] = told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(news(&world, &mut watcher).await, []);

    world
        .chain
        .advance(effective_at - world.chain.now())
        .unwrap();
    let told = news(&world, &mut watcher).await;
    let until = effective_at + i64::from(drawn.duration);
    assert_eq!(told[0], Fact::Effective { nonce, kind, until });
    let prices: Vec<_> = told[1..]
        .iter()
        .map(|fact| match fact {
            Fact::Price {
                slot, price, left, ..
            } => (*slot, *price, *left > 0),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(prices, [(0, 475_000_000, true), (2, 1_000_000_000, true)]);
    // A second later prices are as good as the same; half a day later they are not.
    world.chain.advance(1).unwrap();
    assert_eq!(news(&world, &mut watcher).await, []);
    world.chain.advance(DAY / 2).unwrap();
    let told = news(&world, &mut watcher).await;
    let [Fact::Price { slot: 0, price, .. }] = told[..] else {
        panic!("{told:?}");
    };
    assert!((490_000_000..510_000_000).contains(&price), "{price}");
    world.chain.advance(DAY).unwrap();
    let told = news(&world, &mut watcher).await;
    assert_eq!(told, [Fact::Expired { nonce, kind }]);
    assert_eq!(news(&world, &mut watcher).await, []);
}

#[tokio::test]
async fn a_slot_that_cannot_move_is_told_until_it_moves_again() {
    let world = World::launched(2).await.unwrap();
    let person = &world.people[1];
    let mut watcher = Watcher::default();
    set_transfers(&world, person, 2).await;
    let slot = 1;
    let told = news(&world, &mut watcher).await;
    assert_eq!(
        told,
        [Fact::Stuck {
            slot,
            wraps_from: None
        }]
    );

    let pool = world.pool().await.unwrap();
    let note = plan::note_stuck(&pool, slot).unwrap();
    world.send(&note.steps, &[&world.curator]).await.unwrap();
    let wraps_from = Some(world.chain.now() + 7 * DAY);
    let told = news(&world, &mut watcher).await;
    assert_eq!(told, [Fact::Stuck { slot, wraps_from }]);

    world.chain.advance(7 * DAY).unwrap();
    let pool = world.pool().await.unwrap();
    let wrap = plan::wrap(&pool, &world.curator.pubkey(), slot).unwrap();
    world.send(&wrap.steps, &[&world.curator]).await.unwrap();
    assert_eq!(news(&world, &mut watcher).await, [Fact::Wrapped { slot }]);
    assert_eq!(news(&world, &mut watcher).await, []);
    set_transfers(&world, person, 0).await;
    let told = news(&world, &mut watcher).await;
    assert_eq!(told, [Fact::Unwrappable { slot }]);
}

#[tokio::test]
async fn a_slot_that_moves_again_before_it_is_wrapped_is_told() {
    let world = World::launched(1).await.unwrap();
    let mut watcher = Watcher::default();
    set_transfers(&world, &world.people[0], 2).await;
    assert_eq!(news(&world, &mut watcher).await.len(), 1);
    set_transfers(&world, &world.people[0], 0).await;
    let told = news(&world, &mut watcher).await;
    assert_eq!(told, [Fact::Moves { slot: 0 }]);
}

#[tokio::test]
async fn pauses_and_dues_are_told_as_time_brings_them() {
    let world = World::launched(2).await.unwrap();
    let mut watcher = Watcher::default();
    let index = fetch::index(&world.client, &world.index).await.unwrap();
    let curator = world.curator.pubkey();
    let pause = index_ix::pause(&index, &curator);
    world.run(vec![pause], &[&world.curator]).await.unwrap();
    let until = world.chain.now() + 14 * DAY;
    assert_eq!(news(&world, &mut watcher).await, [Fact::Paused { until }]);
    world.chain.advance(14 * DAY).unwrap();
    assert_eq!(news(&world, &mut watcher).await, [Fact::Resumed]);

    let person = &world.people[0];
    let token = world.token(person).await.unwrap();
    let terms = upside_sdk::state::ClaimTerms::RevenueShare {
        name: "Concerts".into(),
        share_bps: 1_000,
        payer: person.pubkey(),
        mint: world.currency,
        total: 1_000_000 * ONE,
        ends_at: world.chain.now() + 1_000 * DAY,
        uri: String::new(),
        document: [1; 32],
    };
    let declare = ix::declare_claim(&token, &person.pubkey(), terms);
    world.run(vec![declare], &[person]).await.unwrap();
    let token = world.token(person).await.unwrap();
    let claim = tokens::claim(&world.client, &token.key, 0).await.unwrap();
    let atoms = upside_sdk::Atoms(5_000 * ONE);
    let pay = ix::pay_revenue(&token, &claim, &person.pubkey(), atoms);
    world.run(vec![pay.unwrap()], &[person]).await.unwrap();
    let mut last = 0;
    for _ in 0..12 {
        world.chain.advance(DAY / 2).unwrap();
        for fact in news(&world, &mut watcher).await {
            let Fact::Due { slot: 2, atoms } = fact else {
                panic!("{fact:?}");
            };
            assert!(atoms >= last * 2);
            last = atoms;
        }
    }
    assert!(last > 0);
}
