//! Asks and bids.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{Account, Bid, BidTerms, BuyArgs, FillBidArgs, Sale, SaleTerms},
    },
    upside_tests::world::{DAY, NEVER, ONE},
};

pub const MOVES: &[Move] = &[
    (5, open),
    (8, buy),
    (3, cancel),
    (5, open_bid),
    (8, fill_bid),
    (3, cancel_bid),
];

fn open(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let free = scene.free(who);
    let terms = SaleTerms {
        number: scene.rng.below(3),
        shares: chance::edge(&mut scene.rng, free, &[]),
        price: scene.rng.one(&[1, ONE, 1_000 * ONE])?,
        buyer: Pubkey::default(),
        expires_at: scene.world.now() + scene.rng.one(&[1, 30 * DAY])?,
    };
    let open = ix::open_sale(&scene.facts.key, &scene.payer(), &key(who), terms);
    call(
        format!("{who} offers {} at {}", terms.shares, terms.price),
        open,
        &[who],
    )
}

fn sale(scene: &mut Scene) -> Option<Account<Sale>> {
    let sales: Vec<_> = scene
        .facts
        .sales
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&sales)
}

fn buy(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let sale = sale(scene)?;
    let atoms = chance::edge(&mut scene.rng, sale.data.shares, &[]);
    let args = BuyArgs {
        shares: atoms,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let buy = ix::buy(&scene.token(), &sale, &key(who), None, args);
    call(
        format!("{who} buys {atoms} at {}", sale.data.price),
        buy,
        &[who],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let (who, sale) = (scene.actor(), sale(scene)?);
    call(
        format!("{who} cancels a sale"),
        ix::cancel_sale(&sale, &key(who)),
        &[who],
    )
}

fn open_bid(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let supply = scene.facts.supply();
    let terms = BidTerms {
        number: scene.rng.below(3),
        shares: chance::edge(&mut scene.rng, supply, &[]),
        price: scene.rng.one(&[1, ONE / 1_000, ONE, 1_000 * ONE])?,
        seller: Pubkey::default(),
        expires_at: scene.world.now() + scene.rng.one(&[1, 30 * DAY])?,
    };
    let open = ix::open_bid(&scene.token(), &scene.payer(), &key(who), terms);
    call(
        format!("{who} bids {} for {}", terms.price, terms.shares),
        open,
        &[who],
    )
}

fn bid(scene: &mut Scene) -> Option<Account<Bid>> {
    let bids: Vec<_> = scene
        .facts
        .bids
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&bids)
}

fn fill_bid(scene: &mut Scene) -> Option<Call> {
    let (who, bid) = (scene.shareholder(), bid(scene)?);
    let free = scene.free(who);
    let atoms = chance::edge(&mut scene.rng, bid.data.shares.min(free), &[free]);
    let args = FillBidArgs {
        shares: atoms,
        min_proceeds: 0,
        deadline: NEVER,
    };
    let fill = ix::fill_bid(&scene.token(), &bid, &key(who), None, args);
    call(
        format!("{who} sells {atoms} at {}", bid.data.price),
        fill,
        &[who],
    )
}

fn cancel_bid(scene: &mut Scene) -> Option<Call> {
    let (who, bid) = (scene.actor(), bid(scene)?);
    call(
        format!("{who} cancels a bid"),
        ix::cancel_bid(&scene.token(), &bid, &key(who)),
        &[who],
    )
}
