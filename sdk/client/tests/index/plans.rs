//! Contributing and redeeming, at once and through baskets.

use {
    crate::*,
    upside_sdk::index::{
        BasketKind,
        action::{Contribute, Redeem},
        quote,
    },
};

fn request(world: &World, wallet: &Keypair, shares: u64) -> Contribute {
    Contribute {
        wallet: wallet.pubkey(),
        shares,
        slippage_bps: 0,
        deadline: world.deadline(),
    }
}

fn exit(world: &World, wallet: &Keypair, shares: u64) -> Redeem {
    Redeem {
        wallet: wallet.pubkey(),
        shares,
        slippage_bps: 0,
        deadline: world.deadline(),
        leave_dues: false,
    }
}

#[tokio::test]
async fn ten_people_are_contributed_to_and_redeemed_in_one_transaction_each() {
    let world = World::launched(10).await.unwrap();
    let curator = &world.curator;
    let pool = world.pool().await.unwrap();
    let plan = plan::contribute(
        &world.client,
        &pool,
        &request(&world, curator, 10 * INDEX_ONE),
    )
    .await
    .unwrap();
    // The first time a lookup table is made; it is found again.
    assert_eq!(plan.steps.last().unwrap().lookup_tables.len(), 1);
    world.send(&plan.steps, &[curator]).await.unwrap();
    let pool = world.pool().await.unwrap();
    let plan = plan::contribute(
        &world.client,
        &pool,
        &request(&world, curator, 10 * INDEX_ONE),
    )
    .await
    .unwrap();
    assert_eq!(plan.steps.len(), 1);
    let before = world.shares(curator).await.unwrap();
    let landed = world.send(&plan.steps, &[curator]).await.unwrap();
    let got = world.shares(curator).await.unwrap() - before;
    assert_eq!(got, plan.quote.minted);
    println!("contribute to 10 and cash: {:?} CU", landed[0].units);
    assert!(landed[0].units.unwrap() < 130_000);

    let pool = world.pool().await.unwrap();
    let plan = plan::redeem(&world.client, &pool, &exit(&world, curator, 5 * INDEX_ONE))
        .await
        .unwrap();
    assert_eq!((plan.steps.len(), plan.quote.basket), (1, None));
    let landed = world.send(&plan.steps, &[curator]).await.unwrap();
    println!("redeem from 10 and cash: {:?} CU", landed[0].units);
    assert!(landed[0].units.unwrap() < 130_000);
}

#[tokio::test]
async fn a_new_backer_gets_a_table_and_every_account_that_is_missing() {
    let world = World::launched(8).await.unwrap();
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    for person in &world.people {
        let token = token_of(person);
        let (from, to) = (world.curator.pubkey(), backer.pubkey());
        let open = ix::open_holder(&token, &to, &to, &to);
        let give = ix::transfer_shares(&token, &from, &to, Shares(100 * ONE), None);
        world
            .run(vec![open, give], &[&backer, &world.curator])
            .await
            .unwrap();
    }
    let pool = world.pool().await.unwrap();
    let plan = plan::contribute(
        &world.client,
        &pool,
        &request(&world, &backer, 20 * INDEX_ONE),
    )
    .await
    .unwrap();
    let last = plan.steps.last().unwrap();
    assert_eq!(last.label, "contribute");
    assert_eq!(last.lookup_tables.len(), 1);
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let got = world.shares(&backer).await.unwrap();
    assert_eq!(got, plan.quote.minted);
}

#[tokio::test]
async fn stale_people_are_harvested_in_the_same_plan() {
    let world = World::launched(3).await.unwrap();
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
    world
        .run(
            vec![ix::declare_claim(&token, &person.pubkey(), terms)],
            &[person],
        )
        .await
        .unwrap();
    let token = world.token(person).await.unwrap();
    let claim = tokens::claim(&world.client, &token.key, 0).await.unwrap();
    let pay = ix::pay_revenue(
        &token,
        &claim,
        &person.pubkey(),
        upside_sdk::Atoms(5_000 * ONE),
    );
    world.run(vec![pay.unwrap()], &[person]).await.unwrap();
    world.chain.advance(30 * DAY).unwrap();

    let pool = world.pool().await.unwrap();
    assert_eq!(quote::harvestable(&pool).unwrap(), [0]);
    let due = quote::harvests(&pool, 0).unwrap();
    assert!(due[0].amount.0 > 0);
    let curator = &world.curator;
    let request = request(&world, curator, 10 * INDEX_ONE);
    let plan = plan::contribute(&world.client, &pool, &request)
        .await
        .unwrap();
    assert_eq!(plan.steps.len(), 1);
    let before = pool.index.data.constituents[3].counter;
    world.send(&plan.steps, &[curator]).await.unwrap();
    let after = world.pool().await.unwrap();
    let cash = plan.quote.amounts.iter().find(|(slot, _)| *slot == 3);
    // It is paid for, and stays due.
    let grown = after.index.data.constituents[3].counter - before;
    assert_eq!(grown, cash.unwrap().1);
    let part = u128::from(due[0].amount.0) * 10 * u128::from(INDEX_ONE);
    let supply = u128::from(quote::effective_supply(&pool).unwrap());
    assert!(u128::from(grown) >= part / supply);
    assert_eq!(quote::harvestable(&after).unwrap(), [0]);
}

#[tokio::test]
async fn thirty_people_go_through_a_basket() {
    let world = World::launched(30).await.unwrap();
    let curator = &world.curator;
    let pool = world.pool().await.unwrap();
    let before = world.shares(curator).await.unwrap();
    let plan = plan::contribute(
        &world.client,
        &pool,
        &request(&world, curator, 10 * INDEX_ONE),
    )
    .await
    .unwrap();
    println!("30 people: {} transactions to contribute", plan.steps.len());
    world.send(&plan.steps, &[curator]).await.unwrap();
    let got = world.shares(curator).await.unwrap() - before;
    assert_eq!(got, plan.quote.minted);

    let pool = world.pool().await.unwrap();
    let plan = plan::redeem(&world.client, &pool, &exit(&world, curator, 10 * INDEX_ONE))
        .await
        .unwrap();
    println!("30 people: {} transactions to redeem", plan.steps.len());
    assert_eq!(plan.quote.basket, Some(0));
    world.send(&plan.steps, &[curator]).await.unwrap();
    let left = fetch::baskets(&world.client, &world.index, None).await;
    assert!(left.unwrap().is_empty());
}

#[tokio::test]
async fn a_basket_left_half_way_is_resumed_or_cancelled() {
    let world = World::launched(20).await.unwrap();
    let curator = &world.curator;
    let pool = world.pool().await.unwrap();
    for resumed in [true, false] {
        let request = request(&world, curator, 10 * INDEX_ONE);
        let plan = plan::contribute(&world.client, &pool, &request)
            .await
            .unwrap();
        let mut baskets = Vec::new();
        for step in &plan.steps {
            if baskets.is_empty() {
                world
                    .send(std::slice::from_ref(step), &[curator])
                    .await
                    .unwrap();
                baskets = fetch::baskets(&world.client, &world.index, Some(&curator.pubkey()))
                    .await
                    .unwrap();
            }
        }
        assert_eq!(baskets.len(), 1);
        assert_eq!(baskets[0].data.kind().unwrap(), BasketKind::Contribution);
        let before = world.shares(curator).await.unwrap();
        let pool = world.pool().await.unwrap();
        let rest = if resumed {
            plan::resume(&world.client, &pool, &baskets[0]).await
        } else {
            plan::cancel(&world.client, &pool, &baskets[0]).await
        };
        let rest = rest.unwrap();
        assert_eq!(rest.quote, Vec::<u8>::new());
        world.send(&rest.steps, &[curator]).await.unwrap();
        let got = world.shares(curator).await.unwrap() - before;
        assert_eq!(got, if resumed { plan.quote.minted } else { 0 });
        let left = fetch::baskets(&world.client, &world.index, None).await;
        assert!(left.unwrap().is_empty());
        let after = world.pool().await.unwrap();
        assert!(after.constituents().all(|(_, slot)| slot.pending == 0));
    }
}

#[tokio::test]
async fn what_does_not_move_stays_collectable() {
    let world = World::launched(3).await.unwrap();
    let curator = &world.curator;
    // A backer without a holder account of a person who closes admission.
    let backer = key(4, 1);
    world.fund(&backer).unwrap();
    let pool = world.pool().await.unwrap();
    let account =
        upside_sdk::index::instruction::share_account(&pool.index.data, &curator.pubkey());
    let theirs = upside_sdk::index::instruction::share_account(&pool.index.data, &backer.pubkey());
    let program = upside_sdk::address::TOKEN_2022_PROGRAM;
    let make = ix::create_associated(
        &backer.pubkey(),
        &backer.pubkey(),
        &pool.index.data.mint,
        &program,
    );
    let mut data = vec![12];
    data.extend_from_slice(&(50 * INDEX_ONE).to_le_bytes());
    data.push(9);
    let meta = solana_program::instruction::AccountMeta::new;
    let read = solana_program::instruction::AccountMeta::new_readonly;
    let give = Instruction {
        program_id: program,
        accounts: vec![
            meta(account, false),
            read(pool.index.data.mint, false),
            meta(theirs, false),
            read(curator.pubkey(), true),
        ],
        data,
    };
    world
        .run(vec![make, give], &[&backer, curator])
        .await
        .unwrap();
    // Admission by approval: the policy is a byte of the account.
    let token = token_of(&world.people[1]);
    let mut bytes = world.chain.account(&token).unwrap();
    bytes.data[8 + 3] = 1;
    world.put(vec![(token, bytes)]).unwrap();

    let pool = world.pool().await.unwrap();
    let plan = plan::redeem(&world.client, &pool, &exit(&world, &backer, 50 * INDEX_ONE))
        .await
        .unwrap();
    assert_eq!(plan.quote.stuck, [1]);
    let basket = plan.quote.basket.unwrap();
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let baskets = fetch::baskets(&world.client, &world.index, Some(&backer.pubkey()))
        .await
        .unwrap();
    assert_eq!(baskets[0].data.nonce, basket);
    let owed = baskets[0].data.amount(1).unwrap();
    assert!(owed > 0 && baskets[0].data.amount(0).unwrap() == 0);

    // The owner admits the backer later: the rest is paid.
    let owner = &world.people[1];
    let admit = ix::open_holder(&token, &owner.pubkey(), &owner.pubkey(), &backer.pubkey());
    world.run(vec![admit], &[owner]).await.unwrap();
    let pool = world.pool().await.unwrap();
    let rest = plan::resume(&world.client, &pool, &baskets[0])
        .await
        .unwrap();
    world.send(&rest.steps, &[&backer]).await.unwrap();
    let holder = tokens::holder(&world.client, &token, &backer.pubkey())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(holder.data.shares, owed);
}
