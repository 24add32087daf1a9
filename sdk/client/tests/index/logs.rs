//! Nodes keep 10,000 bytes of a log: plans are packed so that no event is lost.

use {
    super::*,
    upside_sdk::{
        history::{self, History, Query},
        index::action::{Contribute, Redeem},
        lookup_table,
        state::ClaimTerms,
    },
};

/// An index of people who all have dividends for it.
async fn earning(count: usize) -> Result<World> {
    let world = World::launched(count).await?;
    for person in &world.people {
        let (token, owner) = (world.token(person).await?, person.pubkey());
        let terms = ClaimTerms::RevenueShare {
            name: "Concerts".into(),
            share_bps: 1_000,
            payer: owner,
            mint: world.currency,
            total: 1_000_000 * ONE,
            ends_at: world.chain.now() + 1_000 * DAY,
            uri: String::new(),
            document: [1; 32],
        };
        let declare = ix::declare_claim(&token, &owner, terms);
        world.run(vec![declare], &[person]).await?;
        let token = world.token(person).await?;
        let claim = tokens::claim(&world.client, &token.key, 0).await?;
        let pay = ix::pay_revenue(&token, &claim, &owner, upside_sdk::Atoms(50 * ONE))?;
        world.run(vec![pay], &[person]).await?;
    }
    world.chain.advance(30 * DAY)?;
    Ok(world)
}

async fn ledger(world: &World) -> Result<History> {
    let index = fetch::index(&world.client, &world.index).await?;
    let query = Query::whole(index.data.sequence);
    Ok(history::read(&world.client, &index.key, &query, |_| {}).await?)
}

fn is_whole(ledger: &History) -> bool {
    ledger.gaps.is_empty() && ledger.truncated.is_empty() && ledger.reaches_start
}

/// Sends a plan and returns how many of its transactions lost a part of their log.
async fn lost(world: &World, steps: &[Step]) -> Result<usize> {
    let landed = world.send(steps, &[&world.curator]).await?;
    let cut = landed.iter().filter(|one| history::is_truncated(&one.logs));
    Ok(cut.count())
}

/// A world whose curator has a lookup table from contributing, and dividends due again;
/// and the plan to redeem with the harvests that are due.
async fn redeeming() -> Result<(World, Vec<Step>)> {
    let world = earning(10).await?;
    let wallet = world.curator.pubkey();
    let request = Contribute {
        wallet,
        shares: 10 * INDEX_ONE,
        slippage_bps: 0,
        deadline: world.deadline(),
    };
    let plan = plan::contribute(&world.client, &world.pool().await?, &request).await?;
    assert_eq!(lost(&world, &plan.steps).await?, 0);
    for person in &world.people {
        let token = world.token(person).await?;
        let claim = tokens::claim(&world.client, &token.key, 0).await?;
        let amount = upside_sdk::Atoms(50 * ONE);
        let pay = ix::pay_revenue(&token, &claim, &person.pubkey(), amount)?;
        world.run(vec![pay], &[person]).await?;
    }
    world.chain.advance(30 * DAY)?;
    let exit = Redeem {
        wallet,
        shares: 10 * INDEX_ONE,
        slippage_bps: 0,
        deadline: world.deadline(),
        leave_dues: false,
    };
    let plan = plan::redeem(&world.client, &world.pool().await?, &exit).await?;
    assert_eq!(plan.quote.harvests.len(), 10);
    let again = plan.steps.iter().all(|step| step.label == "redeem");
    assert!(again, "a table is made again");
    Ok((world, plan.steps))
}

#[tokio::test]
async fn a_plan_that_would_lose_events_is_split_and_keeps_them() -> Result<()> {
    // In one transaction it fits by size, accounts and compute units, and is cut short.
    let (world, steps) = redeeming().await?;
    let instructions = steps.iter().flat_map(|step| step.instructions.clone());
    let whole = Step::new("redeem", instructions.collect());
    let payer = world.curator.pubkey();
    let whole = lookup_table::fit(&world.client, &payer, vec![whole]).await?;
    assert_eq!(lost(&world, &whole).await?, 1);
    let cut = ledger(&world).await?;
    assert_eq!(cut.truncated.len(), 1);
    assert!(!is_whole(&cut), "the events after the cut are missing");

    let (world, steps) = redeeming().await?;
    assert!((2..=3).contains(&steps.len()));
    assert_eq!(lost(&world, &steps).await?, 0);
    let ledger = ledger(&world).await?;
    assert!(is_whole(&ledger), "{:?}", ledger.gaps);
    let named = |name| {
        ledger
            .entries
            .iter()
            .filter(move |one| one.event.name() == name)
    };
    // Only the redemption harvests: a contribution pays for what is due as it is.
    assert_eq!(named("Harvested").count(), 10);
    assert_eq!(named("SharesRedeemed").count(), 1);
    Ok(())
}

#[tokio::test]
async fn many_harvests_at_once_keep_all_their_events() -> Result<()> {
    let world = earning(20).await?;
    let (pool, curator) = (world.pool().await?, world.curator.pubkey());
    let plan = plan::harvest_due(&world.client, &pool, &curator).await?;
    assert_eq!(plan.quote.len(), 20);
    assert_eq!(lost(&world, &plan.steps).await?, 0);
    assert!(is_whole(&ledger(&world).await?));
    Ok(())
}
