//! From target percentages to announcements that the program accepts and trades.

use {
    crate::*,
    upside_sdk::{
        index::{
            Side,
            action::Bid,
            plan::{self as planning, Drawn, Note, Pace, PlanError, PlanRequest, Source},
        },
        state::{Admission, BidTerms, Policy, SaleTerms, TransferPolicy},
    },
};

/// A request in the world's currency, with targets by slot in basis points.
fn request(world: &World, targets: &[(u8, u16)]) -> PlanRequest {
    let mut request = PlanRequest::new(world.currency);
    request.targets.extend(targets.iter().copied());
    request
}

async fn draw(world: &World, request: &PlanRequest) -> std::result::Result<Drawn, PlanError> {
    let pool = world.pool().await.unwrap();
    let market = planning::market(&world.client, &pool).await.unwrap();
    let present = fetch::rebalance(&world.client, &world.index).await.unwrap();
    let present = present.as_ref().map(|account| &account.data);
    planning::draw_up(&pool, present, &market, request)
}

/// The curator announces the first rebalance of a plan; the program accepts it.
async fn announce(world: &World, drawn: &Drawn) {
    let pool = world.pool().await.unwrap();
    let present = fetch::rebalance(&world.client, &world.index).await.unwrap();
    let curator = world.curator.pubkey();
    let how = (drawn.pace, drawn.duration);
    let first = &drawn.rebalances[0];
    let plan = planning::announce(&world.client, &pool, present.as_ref(), &curator, first, how)
        .await
        .unwrap();
    world.send(&plan.steps, &[&world.curator]).await.unwrap();
    let sealed = fetch::rebalance(&world.client, &world.index).await.unwrap();
    let sealed = sealed.unwrap().data;
    assert_eq!(sealed.content, plan.quote.content);
    for trade in &first.trades {
        let order = sealed.order(trade.order.slot).unwrap();
        assert_eq!((order.target, order.left), (trade.order.target, trade.lot));
    }
}

/// Once its notice is over, the curator trades all of it for one slot that is sold.
async fn trade_all(world: &World, sell: u8) {
    let rebalance = fetch::rebalance(&world.client, &world.index).await.unwrap();
    let rebalance = rebalance.unwrap();
    let wait = rebalance.data.ends_at - world.chain.now();
    world.chain.advance(wait).unwrap();
    let (_, buys) = upside_sdk::index::rebalance::sides(&rebalance.data);
    for buy in buys {
        let pool = world.pool().await.unwrap();
        let rebalance = fetch::rebalance(&world.client, &world.index).await.unwrap();
        let rebalance = rebalance.unwrap();
        let largest =
            upside_sdk::index::rebalance::largest(&pool, &rebalance.data, sell, buy, u64::MAX);
        let quote = largest.unwrap();
        let bid = Bid {
            wallet: world.curator.pubkey(),
            sell,
            buy,
            take: quote.take,
            most: quote.cost,
            deadline: world.deadline(),
        };
        let plan = plan::bid(&world.client, &pool, &rebalance, &bid)
            .await
            .unwrap();
        world.send(&plan.steps, &[&world.curator]).await.unwrap();
    }
}

/// What a slot is of the value at these prices, in basis points.
fn parts(drawn: &Drawn) -> Vec<u16> {
    drawn
        .slots
        .iter()
        .map(|plan| drawn.bps(plan.value))
        .collect()
}

fn notes(drawn: &Drawn, slot: usize) -> Vec<Note> {
    drawn.slots[slot].notes.iter().copied().collect()
}

/// Two people whose rounds ask 0.5, and cash: 5, 10 and 1,000.
async fn world() -> World {
    let world = World::launched(2).await.unwrap();
    for person in &world.people {
        world.open_round(person).await.unwrap();
    }
    world
}

#[tokio::test]
async fn a_target_becomes_an_announcement_that_trades_to_it() {
    let world = world().await;
    let mut wanted = request(&world, &[(0, 1_000)]);
    wanted.rest = Some(2);
    let drawn = draw(&world, &wanted).await.unwrap();
    assert_eq!(drawn.value, 1_015 * u128::from(planning::UNIT_PRICE));
    assert_eq!(parts(&drawn), [49, 99, 9_852]);
    assert_eq!(drawn.rebalances.len(), 1);
    let trades = &drawn.rebalances[0].trades;
    let sides: Vec<_> = trades
        .iter()
        .map(|it| (it.order.slot, it.order.side))
        .collect();
    assert_eq!(sides, [(0, Side::Buy), (2, Side::Sell)]);
    // 101.5 of 1,015 is 203 shares at 0.5, of which it has 10.
    assert!(trades[0].lot.abs_diff(193 * ONE) < 10);
    assert!(trades[1].lot.abs_diff(96_500_000) < 10);
    assert_eq!((trades[0].low, trades[0].high), (475_000_000, 525_000_000));
    assert_eq!(
        (trades[1].low, trades[1].high),
        (1_000_000_000, 1_000_000_000)
    );
    let price = drawn.slots[0].price.unwrap();
    assert_eq!(price.asked.unwrap().source, Source::Round);
    assert_eq!((price.paid, price.redeems), (None, 0));
    assert!(notes(&drawn, 0).is_empty());

    announce(&world, &drawn).await;
    trade_all(&world, 2).await;
    let after = draw(&world, &wanted).await.unwrap();
    let reached = after.bps(after.slots[0].value);
    assert!((950..=1_000).contains(&reached), "{reached}");
    // What is left is too small to be traded.
    assert_eq!(after.rebalances.len(), usize::from(reached < 950));
}

#[tokio::test]
async fn what_is_too_much_for_one_rebalance_is_spread_and_the_program_takes_each() {
    let world = world().await;
    let mut wanted = request(&world, &[(2, 6_000)]);
    wanted.band_bps = 0;
    let mut drawn = draw(&world, &wanted).await.unwrap();
    let count = drawn.rebalances.len();
    assert_eq!(count, 2);
    assert!(notes(&drawn, 2).contains(&Note::Spread));
    let first = &drawn.rebalances[0];
    let second = &drawn.rebalances[1];
    assert_eq!(second.starts_at - first.ends_at, 30 * DAY);
    for round in 0..count {
        announce(&world, &drawn).await;
        trade_all(&world, 2).await;
        let wait = 30 * DAY - 7 * DAY;
        world.chain.advance(wait).unwrap();
        drawn = draw(&world, &wanted).await.unwrap();
        assert_eq!(drawn.rebalances.len(), count - round - 1);
    }
    let reached = drawn.bps(drawn.slots[2].value);
    assert!(reached.abs_diff(6_000) < 50, "{reached}");
}

#[tokio::test]
async fn more_than_half_of_a_slot_in_a_year_takes_a_majority() {
    let world = world().await;
    let mut wanted = request(&world, &[(2, 2_000)]);
    let drawn = draw(&world, &wanted).await.unwrap();
    assert!(drawn.rebalances.len() > 1);
    assert!(notes(&drawn, 2).contains(&Note::YearlyLimit));
    let left = drawn.slots[2].reached * 2 >= drawn.slots[2].value;
    assert!(left, "no more than half is sold");

    wanted.pace = Pace::LongNotice;
    let long = draw(&world, &wanted).await.unwrap();
    assert_eq!(long.rebalances.len(), 1);
    let first = &long.rebalances[0];
    assert_eq!(first.starts_at - first.seal_at, 30 * DAY);
    assert!(notes(&long, 2).contains(&Note::YearlyLimit));

    wanted.pace = Pace::Majority;
    let all = draw(&world, &wanted).await.unwrap();
    assert_eq!(all.rebalances.len(), 1);
    assert!(!notes(&all, 2).contains(&Note::YearlyLimit));
    assert!(all.bps(all.slots[2].reached).abs_diff(2_000) < 5);
    announce(&world, &all).await;
    let again = draw(&world, &wanted).await.unwrap();
    let running = fetch::rebalance(&world.client, &world.index).await.unwrap();
    let ends_at = running.unwrap().data.ends_at;
    assert_eq!(again.rebalances[0].seal_at, ends_at + 1);
}

#[tokio::test]
async fn what_is_asked_far_above_what_is_paid_is_shown_and_not_trusted() {
    let world = world().await;
    let person = &world.people[0];
    let token = world.token(person).await.unwrap();
    let reserve = upside_sdk::Atoms(500 * ONE);
    let give = ix::deposit_reserve(&token, &person.pubkey(), &world.currency, reserve);
    world.run(vec![give.unwrap()], &[person]).await.unwrap();
    let mut wanted = request(&world, &[(0, 1_000)]);
    wanted.rest = Some(2);
    let drawn = draw(&world, &wanted).await.unwrap();
    let price = drawn.slots[0].price.unwrap();
    let paid = price.paid.unwrap();
    assert_eq!(paid.source, Source::Reserve);
    assert!(
        (40_000_000..=50_000_000).contains(&paid.price),
        "{}",
        paid.price
    );
    assert!(price.is_far_apart());
    assert!(notes(&drawn, 0).contains(&Note::FarApart));
    let buy = &drawn.rebalances[0].trades[0];
    assert!(buy.high <= paid.price * 2);

    wanted.prices.insert(token_of(person), 500_000_000);
    let named = draw(&world, &wanted).await.unwrap();
    assert!(!notes(&named, 0).contains(&Note::FarApart));
    let buy = &named.rebalances[0].trades[0];
    assert_eq!((buy.low, buy.high), (475_000_000, 525_000_000));
    // The index sells of them for no less than redeeming pays, whatever the curator says.
    let mut out = request(&world, &[(0, 0), (1, 9_000)]);
    out.prices.insert(token_of(person), 1_000_000);
    out.least_trade_bps = 0;
    let sold = draw(&world, &out).await.unwrap();
    let trades = &sold.rebalances[0].trades;
    let sell = trades.iter().find(|trade| trade.order.slot == 0).unwrap();
    assert!(sell.low >= sold.slots[0].price.unwrap().redeems && sell.low > 40_000_000);
}

#[tokio::test]
async fn the_best_of_rounds_sales_and_bids_counts_as_deep_as_it_is_traded() {
    let world = world().await;
    let person = &world.people[1];
    let token = world.token(person).await.unwrap();
    let curator = world.curator.pubkey();
    let expires_at = world.chain.now() + 30 * DAY;
    let sale = |number, shares, price| SaleTerms {
        number,
        shares,
        price,
        buyer: Pubkey::default(),
        expires_at,
    };
    let bid = |number, shares, price| BidTerms {
        number,
        shares,
        price,
        seller: Pubkey::default(),
        expires_at,
    };
    let open = vec![
        ix::open_sale(
            &token.key,
            &curator,
            &curator,
            sale(0, 1_000 * ONE, 450_000),
        ),
        // A share at a dream of a price moves nothing.
        ix::open_bid(&token, &curator, &curator, bid(1, ONE / 1_000, 900_000)),
        ix::open_bid(&token, &curator, &curator, bid(2, 100 * ONE, 400_000)),
    ];
    world.run(open, &[&world.curator]).await.unwrap();
    let mut wanted = request(&world, &[(1, 1_000)]);
    wanted.rest = Some(2);
    let drawn = draw(&world, &wanted).await.unwrap();
    let price = drawn.slots[1].price.unwrap();
    let (paid, asked) = (price.paid.unwrap(), price.asked.unwrap());
    assert_eq!((paid.source, paid.price), (Source::Bids, 400_000_000));
    assert_eq!((asked.source, asked.price), (Source::Sales, 450_000_000));
    assert_eq!(asked.depth, Some(drawn.rebalances[0].trades[0].lot));
}

#[tokio::test]
async fn what_changes_soon_is_not_bought_unnoticed() {
    let world = world().await;
    let person = &world.people[0];
    let token = world.token(person).await.unwrap();
    let change = ix::propose_policy(
        &token,
        Policy {
            admission: Admission::Approved,
            transfer_policy: TransferPolicy::Free,
            credential: Pubkey::default(),
            schema: Pubkey::default(),
        },
    );
    world.run(vec![change], &[person]).await.unwrap();
    let mut wanted = request(&world, &[(0, 1_000)]);
    wanted.rest = Some(2);
    let drawn = draw(&world, &wanted).await.unwrap();
    assert!(notes(&drawn, 0).contains(&Note::Unsettled));
}

#[tokio::test]
async fn requests_that_no_plan_can_be_of_are_refused_by_name() {
    let world = World::launched(2).await.unwrap();
    let refused = draw(&world, &request(&world, &[(0, 1_000)])).await;
    assert!(matches!(refused, Err(PlanError::NoPrice(0))), "{refused:?}");
    let refused = draw(&world, &request(&world, &[(2, 9_000)])).await;
    assert!(
        matches!(refused, Err(PlanError::NotWhole(9_000))),
        "{refused:?}"
    );
    let mut wanted = request(&world, &[(2, 9_000)]);
    wanted.rest = Some(2);
    let refused = draw(&world, &wanted).await;
    assert!(
        matches!(refused, Err(PlanError::RestNamed(2))),
        "{refused:?}"
    );
    let refused = draw(&world, &request(&world, &[(9, 1)])).await;
    assert!(matches!(refused, Err(PlanError::Core(_))), "{refused:?}");
    let mut wanted = request(&world, &[]);
    wanted.duration = 60;
    let refused = draw(&world, &wanted).await;
    assert!(
        matches!(refused, Err(PlanError::OutOfBounds)),
        "{refused:?}"
    );
    let other = request(&world, &[]);
    let elsewhere = PlanRequest {
        unit: Pubkey::default(),
        ..other
    };
    let refused = draw(&world, &elsewhere).await;
    assert!(matches!(refused, Err(PlanError::NoValue)), "{refused:?}");
}
