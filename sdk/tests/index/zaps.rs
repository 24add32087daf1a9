//! From cash to shares and back.

use {
    crate::*,
    upside_sdk::{
        error::SdkError,
        index::action::{Redeem, Unzap, Zap},
    },
};

fn zap(world: &World, wallet: &Keypair, budget: u64, shares: Option<u64>) -> Zap {
    Zap {
        wallet: wallet.pubkey(),
        mint: world.currency,
        budget,
        shares,
        slippage_bps: 10,
        deadline: world.deadline(),
    }
}

async fn cash(world: &World, wallet: &Keypair) -> u64 {
    let program = upside_sdk::address::TOKEN_PROGRAM;
    let account =
        upside_sdk::address::find_associated(&wallet.pubkey(), &world.currency, &program).0;
    tokens::balance(&world.client, &account).await.unwrap()
}

#[tokio::test]
async fn cash_becomes_shares_and_shares_become_cash() {
    let world = World::launched(5).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
        // A reserve, for the way back.
        let token = world.token(person).await.unwrap();
        let give = ix::deposit_reserve(
            &token,
            &person.pubkey(),
            &world.currency,
            upside_sdk::Atoms(1_000 * ONE),
        );
        world.run(vec![give.unwrap()], &[person]).await.unwrap();
    }
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    let had = cash(&world, &backer).await;
    let budget = 100 * ONE;
    let pool = world.pool().await.unwrap();
    let plan = plan::zap(&world.client, &pool, &zap(&world, &backer, budget, None))
        .await
        .unwrap();
    assert_eq!(plan.quote.purchases.len(), 5);
    assert!(plan.quote.spent <= budget && plan.quote.spent > budget * 99 / 100);
    println!("zap of 5 people: {} transactions", plan.steps.len());
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let shares = world.shares(&backer).await.unwrap();
    assert_eq!(shares, plan.quote.contribution.minted);
    let spent = had - cash(&world, &backer).await;
    assert!(spent <= plan.quote.spent);

    let pool = world.pool().await.unwrap();
    let wish = Unzap {
        redeem: Redeem {
            wallet: backer.pubkey(),
            shares,
            slippage_bps: 10,
            deadline: world.deadline(),
            allow_stale: false,
        },
    };
    let before = cash(&world, &backer).await;
    let plan = plan::unzap(&world.client, &pool, &wish).await.unwrap();
    assert_eq!((plan.quote.redeemed.len(), plan.quote.kept.len()), (5, 0));
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let got = cash(&world, &backer).await - before;
    let quoted: u64 = plan.quote.redeemed.iter().map(|(_, paid)| paid[0]).sum();
    let in_kind = plan.quote.payout.redemption.amounts.last().unwrap().1;
    assert_eq!(got, quoted + in_kind);
}

#[tokio::test]
async fn a_zap_that_failed_half_way_goes_on_with_what_was_bought() {
    let world = World::launched(12).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
    }
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    let pool = world.pool().await.unwrap();
    let first = plan::zap(&world.client, &pool, &zap(&world, &backer, 200 * ONE, None))
        .await
        .unwrap();
    let had = cash(&world, &backer).await;
    let half = first.steps.len() - 2;
    world.send(&first.steps[..half], &[&backer]).await.unwrap();
    let pool = world.pool().await.unwrap();
    let shares = Some(first.quote.contribution.shares);
    let rest = plan::zap(
        &world.client,
        &pool,
        &zap(&world, &backer, 200 * ONE, shares),
    )
    .await
    .unwrap();
    assert!(rest.quote.purchases.len() < 12);
    world.send(&rest.steps, &[&backer]).await.unwrap();
    assert_eq!(
        world.shares(&backer).await.unwrap(),
        first.quote.contribution.minted
    );
    // Nothing was bought twice.
    assert!(had - cash(&world, &backer).await <= first.quote.spent + 12);
}

#[tokio::test]
async fn a_zap_that_cannot_be_says_why() {
    let world = World::launched(2).await.unwrap();
    world.open_round(&world.people[0]).await.unwrap();
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    let pool = world.pool().await.unwrap();
    let error = plan::zap(&world.client, &pool, &zap(&world, &backer, ONE, None))
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::NotFound { .. }), "{error}");
}
