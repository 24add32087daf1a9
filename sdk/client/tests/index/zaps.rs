//! From cash to shares and back.

use {
    crate::*,
    std::collections::BTreeMap,
    upside_sdk::{
        IndexError,
        error::SdkError,
        index::action::{HOLDER, LOOKUP_TABLE, Purchase, Redeem, Source, Unzap, Zap, made},
        state::{BidTerms, SaleTerms},
    },
};

/// A zap with no bound but the budget.
fn zap(world: &World, wallet: &Keypair, budget: u64, shares: Option<u64>) -> Zap {
    Zap {
        wallet: wallet.pubkey(),
        mint: world.currency,
        budget,
        shares,
        least_shares: 0,
        most: BTreeMap::new(),
        skip: false,
        slippage_bps: 10,
        deadline: world.deadline(),
    }
}

fn unzap(world: &World, wallet: &Keypair, shares: u64) -> Unzap {
    Unzap {
        redeem: Redeem {
            wallet: wallet.pubkey(),
            shares,
            slippage_bps: 10,
            deadline: world.deadline(),
            leave_dues: false,
        },
        mint: world.currency,
        least: 0,
    }
}

/// A backer with cash and nothing else.
fn backer(world: &World) -> Keypair {
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    backer
}

async fn cash(world: &World, wallet: &Keypair) -> u64 {
    let program = upside_sdk::address::TOKEN_PROGRAM;
    let account =
        upside_sdk::address::find_associated(&wallet.pubkey(), &world.currency, &program).0;
    tokens::balance(&world.client, &account).await.unwrap()
}

async fn lamports(world: &World, wallet: &Keypair) -> u64 {
    world.client.get_balance(&wallet.pubkey()).await.unwrap()
}

/// The curator offers shares of a person.
async fn sell(world: &World, person: &Keypair, number: u64, shares: u64, price: u64) {
    let terms = SaleTerms {
        number,
        shares,
        price,
        buyer: Pubkey::default(),
        expires_at: world.chain.now() + 30 * DAY,
    };
    let curator = &world.curator;
    let open = ix::open_sale(
        &token_of(person),
        &curator.pubkey(),
        &curator.pubkey(),
        terms,
    );
    world.run(vec![open], &[curator]).await.unwrap();
}

/// The curator wants shares of a person.
async fn want(world: &World, person: &Keypair, number: u64, shares: u64, price: u64) {
    let token = world.token(person).await.unwrap();
    let terms = BidTerms {
        number,
        shares,
        price,
        seller: Pubkey::default(),
        expires_at: world.chain.now() + 30 * DAY,
    };
    let curator = &world.curator;
    let open = ix::open_bid(&token, &curator.pubkey(), &curator.pubkey(), terms);
    world.run(vec![open], &[curator]).await.unwrap();
}

/// Cash for a person's reserve.
async fn back(world: &World, person: &Keypair, atoms: u64) {
    let token = world.token(person).await.unwrap();
    let atoms = upside_sdk::Atoms(atoms);
    let give = ix::deposit_reserve(&token, &person.pubkey(), &world.currency, atoms);
    world.run(vec![give.unwrap()], &[person]).await.unwrap();
}

#[tokio::test]
async fn cash_becomes_shares_and_shares_become_cash() {
    let world = World::launched(5).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
        // A reserve, for the way back.
        back(&world, person, 1_000 * ONE).await;
    }
    let backer = backer(&world);
    let had = cash(&world, &backer).await;
    let budget = 100 * ONE;
    let pool = world.pool().await.unwrap();
    let plan = plan::zap(&world.client, &pool, &zap(&world, &backer, budget, None))
        .await
        .unwrap();
    assert_eq!(
        (plan.quote.purchases.len(), plan.quote.skipped.len()),
        (5, 0)
    );
    assert!(plan.quote.spent <= budget && plan.quote.spent > budget * 99 / 100);
    println!("zap of 5 people: {} transactions", plan.steps.len());
    let before = lamports(&world, &backer).await;
    let landed = world.send(&plan.steps, &[&backer]).await.unwrap();
    let shares = world.shares(&backer).await.unwrap();
    assert_eq!(shares, plan.quote.contribution.minted);
    let spent = had - cash(&world, &backer).await;
    assert!(spent <= plan.quote.spent);
    // Rent is quoted to the lamport.
    let fees: u64 = landed.iter().map(|landed| landed.fee.unwrap()).sum();
    let rent: u64 = plan.quote.rents.iter().map(|rent| rent.lamports).sum();
    assert_eq!(before - lamports(&world, &backer).await, fees + rent);

    let pool = world.pool().await.unwrap();
    let before = cash(&world, &backer).await;
    let plan = plan::unzap(&world.client, &pool, &unzap(&world, &backer, shares))
        .await
        .unwrap();
    let all = &plan.quote.exits;
    assert_eq!(all.len(), 5);
    assert!(
        all.iter()
            .all(|exit| exit.sold.is_empty() && exit.kept == 0 && exit.redeemed > 0)
    );
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let got = cash(&world, &backer).await - before;
    assert_eq!(got, plan.quote.proceeds);
}

#[tokio::test]
async fn each_person_is_bought_where_it_is_cheapest() {
    let world = World::launched(3).await.unwrap();
    let [first, second, third] = &world.people[..] else {
        panic!("three people")
    };
    for person in [first, second] {
        world.open_round(person).await.unwrap();
    }
    // Cheaper than the round, too few; dearer; and somebody without a round.
    sell(&world, first, 1, ONE / 10, ONE / 4).await;
    sell(&world, first, 2, 10 * ONE, ONE).await;
    sell(&world, second, 1, 100 * ONE, ONE / 2 + 1).await;
    sell(&world, third, 1, ONE / 10, ONE).await;
    sell(&world, third, 2, 100 * ONE, 2 * ONE).await;
    let backer = backer(&world);
    let pool = world.pool().await.unwrap();
    let request = zap(&world, &backer, 100 * ONE, Some(20 * INDEX_ONE));
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    let seller = world.curator.pubkey();
    let sale = |number| Source::Sale { seller, number };
    let from: Vec<(u8, Source)> = plan
        .quote
        .purchases
        .iter()
        .map(|purchase: &Purchase| (purchase.slot, purchase.from))
        .collect();
    assert_eq!(
        from,
        [
            (0, Source::Round(0)),
            (0, sale(1)),
            (1, Source::Round(0)),
            (2, sale(1)),
            (2, sale(2))
        ]
    );
    // A tenth of a share for a quarter, the rest for a half.
    let [round, cheap, ..] = plan.quote.purchases[..] else {
        panic!("purchases")
    };
    assert_eq!((cheap.shares, cheap.cost), (ONE / 10, ONE / 40));
    assert_eq!(round.cost, round.shares.div_ceil(2));
    let had = cash(&world, &backer).await;
    world.send(&plan.steps, &[&backer]).await.unwrap();
    assert_eq!(
        world.shares(&backer).await.unwrap(),
        plan.quote.contribution.minted
    );
    assert!(had - cash(&world, &backer).await <= plan.quote.spent);
}

/// A person asks a thousandfold for new shares: whoever zaps is bounded by what they
/// signed, not by what the person asks.
#[tokio::test]
async fn nobody_buys_at_any_price() {
    let world = World::launched(2).await.unwrap();
    let [greedy, fair] = &world.people[..] else {
        panic!("two people")
    };
    world.open_round(fair).await.unwrap();
    let backer = backer(&world);
    let pool = world.pool().await.unwrap();
    let refused = |error: SdkError| matches!(error, SdkError::IndexRefused(IndexError::Slippage));

    let request = zap(&world, &backer, 100 * ONE, Some(10 * INDEX_ONE));
    let error = plan::zap(&world.client, &pool, &request).await.unwrap_err();
    assert!(matches!(error, SdkError::NotFound { .. }), "{error}");

    sell(&world, greedy, 1, 100 * ONE, 500 * ONE).await;
    // By the budget, by what is spent on a person, by the shares that must arrive.
    let bounded = |change: &dyn Fn(&mut Zap)| {
        let mut request = zap(&world, &backer, 100 * ONE, None);
        change(&mut request);
        request
    };
    for request in [
        bounded(&|request| (request.shares, request.budget) = (Some(10 * INDEX_ONE), 20 * ONE)),
        bounded(&|request| {
            request.shares = Some(10 * INDEX_ONE);
            request.most = BTreeMap::from([(0, 10 * ONE)]);
        }),
        bounded(&|request| request.least_shares = 90 * INDEX_ONE),
    ] {
        let error = plan::zap(&world.client, &pool, &request).await.unwrap_err();
        assert!(refused(error));
    }
    // With a bound and no number of shares: as many as the bound buys.
    let request = bounded(&|request| request.most = BTreeMap::from([(0, 10 * ONE)]));
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    let paid: u64 = plan
        .quote
        .purchases
        .iter()
        .filter(|purchase| purchase.slot == 0)
        .map(|purchase| purchase.cost)
        .sum();
    assert!(paid <= 10 * ONE && paid > 9 * ONE, "{paid}");
    // What was signed holds: the price rises until it lands.
    let sale = tokens::sales(&world.client, &token_of(greedy))
        .await
        .unwrap();
    let cancel = ix::cancel_sale(&sale[0], &world.curator.pubkey());
    world.run(vec![cancel], &[&world.curator]).await.unwrap();
    sell(&world, greedy, 1, 100 * ONE, 501 * ONE).await;
    let had = cash(&world, &backer).await;
    assert!(world.send(&plan.steps, &[&backer]).await.is_err());
    assert_eq!(cash(&world, &backer).await, had);
}

#[tokio::test]
async fn whom_it_cannot_buy_is_left_out_if_told_to() {
    let world = World::launched(3).await.unwrap();
    let [greedy, fair, _] = &world.people[..] else {
        panic!("three people")
    };
    world.open_round(fair).await.unwrap();
    sell(&world, greedy, 1, 100 * ONE, 500 * ONE).await;
    let backer = backer(&world);
    let pool = world.pool().await.unwrap();
    let request = Zap {
        most: BTreeMap::from([(0, ONE)]),
        skip: true,
        ..zap(&world, &backer, 100 * ONE, Some(10 * INDEX_ONE))
    };
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    let skipped: Vec<(u8, bool)> = plan
        .quote
        .skipped
        .iter()
        .map(|skipped| (skipped.slot, skipped.cost.is_some()))
        .collect();
    assert_eq!(skipped, [(0, true), (2, false)]);
    assert_eq!(plan.quote.purchases.len(), 1);
    world.send(&plan.steps, &[&backer]).await.unwrap();
    assert_eq!(world.shares(&backer).await.unwrap(), 0);
    // The curator gives what was missing; the same zap buys nothing twice.
    let holder =
        |person: &Keypair| upside_sdk::address::find_holder(&token_of(person), &backer.pubkey()).0;
    for person in [greedy, &world.people[2]] {
        let curator = world.curator.pubkey();
        let open = ix::open_holder(
            &token_of(person),
            &backer.pubkey(),
            &backer.pubkey(),
            &backer.pubkey(),
        );
        let give = ix::transfer_shares(
            &token_of(person),
            &curator,
            &backer.pubkey(),
            Shares(ONE),
            None,
        );
        world
            .run(vec![open, give], &[&backer, &world.curator])
            .await
            .unwrap();
    }
    assert!(world.chain.account(&holder(greedy)).is_some());
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    assert_eq!(
        (plan.quote.purchases.len(), plan.quote.skipped.len()),
        (0, 0)
    );
    world.send(&plan.steps, &[&backer]).await.unwrap();
    assert_eq!(
        world.shares(&backer).await.unwrap(),
        plan.quote.contribution.minted
    );
}

#[tokio::test]
async fn the_way_out_takes_bids_or_reserves_whichever_pays_more() {
    let world = World::launched(4).await.unwrap();
    let [bid, reserve, both, neither] = &world.people[..] else {
        panic!("four people")
    };
    for person in &world.people {
        world.open_round(person).await.unwrap();
    }
    let backer = backer(&world);
    let pool = world.pool().await.unwrap();
    let request = zap(&world, &backer, 1_000 * ONE, Some(100 * INDEX_ONE));
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let shares = world.shares(&backer).await.unwrap();
    // One person is wanted for a fifth; the second has a reserve of about a tenth a share;
    // of the third few are wanted for much, and more for less than the reserve pays.
    want(&world, bid, 1, 100 * ONE, ONE / 5).await;
    for person in [reserve, both] {
        back(&world, person, 1_000 * ONE).await;
    }
    want(&world, both, 1, ONE, 4 * ONE).await;
    want(&world, both, 2, 100 * ONE, ONE / 1_000).await;
    want(&world, reserve, 1, 100 * ONE, ONE / 1_000).await;

    let pool = world.pool().await.unwrap();
    let request = unzap(&world, &backer, shares);
    let plan = plan::unzap(&world.client, &pool, &request).await.unwrap();
    let ways: Vec<(usize, bool, bool)> = plan
        .quote
        .exits
        .iter()
        .map(|exit| (exit.sold.len(), exit.redeemed > 0, exit.kept > 0))
        .collect();
    assert_eq!(
        ways,
        [
            (1, false, false),
            (0, true, false),
            (1, true, false),
            (0, false, true)
        ]
    );
    assert_eq!(plan.quote.exits[2].sold[0].trade.shares, ONE);
    // Less than is asked for is refused.
    let more = Unzap {
        least: plan.quote.proceeds + 1,
        ..request
    };
    let error = plan::unzap(&world.client, &pool, &more).await.unwrap_err();
    assert!(matches!(
        error,
        SdkError::IndexRefused(IndexError::Slippage)
    ));
    let before = cash(&world, &backer).await;
    world.send(&plan.steps, &[&backer]).await.unwrap();
    assert!(cash(&world, &backer).await - before >= plan.quote.proceeds);
    let kept = world.token(neither).await.unwrap();
    let holder = tokens::holder(&world.client, &kept.key, &backer.pubkey()).await;
    let holder = holder.unwrap().unwrap();
    assert!(holder.data.shares >= plan.quote.exits[3].kept);
}

#[tokio::test]
async fn what_was_opened_and_nobody_needs_is_closed() {
    let world = World::launched(12).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
        back(&world, person, 1_000 * ONE).await;
    }
    let backer = backer(&world);
    let pool = world.pool().await.unwrap();
    let request = zap(&world, &backer, 1_000 * ONE, Some(10 * INDEX_ONE));
    let request = Zap {
        slippage_bps: 0,
        ..request
    };
    let plan = plan::zap(&world.client, &pool, &request).await.unwrap();
    let holders = made(&plan.quote.rents, HOLDER);
    let tables = made(&plan.quote.rents, LOOKUP_TABLE);
    assert_eq!(holders.len(), 12);
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let shares = world.shares(&backer).await.unwrap();
    assert_eq!(shares, plan.quote.contribution.minted);

    // Whoever still has shares keeps the account.
    let leftovers: Vec<u8> = plan.quote.leftovers.iter().map(|(slot, _)| *slot).collect();
    let tidy = plan::tidy(&world.client, &backer.pubkey(), &holders, &tables)
        .await
        .unwrap();
    assert!(tidy.quote.holders.len() >= 12 - leftovers.len());
    assert_eq!(tidy.quote.deactivated, tables);
    let before = lamports(&world, &backer).await;
    let landed = world.send(&tidy.steps, &[&backer]).await.unwrap();
    let fees: u64 = landed.iter().map(|landed| landed.fee.unwrap()).sum();
    assert_eq!(
        lamports(&world, &backer).await + fees,
        before + tidy.quote.lamports
    );
    // The tables, some minutes later.
    if !tables.is_empty() {
        world.chain.advance(600).unwrap();
        let tidy = plan::tidy(&world.client, &backer.pubkey(), &holders, &tables)
            .await
            .unwrap();
        assert_eq!(tidy.quote.closed, tables);
        world.send(&tidy.steps, &[&backer]).await.unwrap();
    }
    let tidy = plan::tidy(&world.client, &backer.pubkey(), &holders, &tables)
        .await
        .unwrap();
    assert!(tidy.steps.is_empty());
}

#[tokio::test]
async fn a_zap_that_failed_half_way_goes_on_with_what_was_bought() {
    let world = World::launched(12).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
    }
    let backer = backer(&world);
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
