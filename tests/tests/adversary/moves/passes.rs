//! Products and passes.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        Pubkey,
        address::find_product,
        instruction as ix,
        state::{Account, PassInput, PassPrice, Product, ProductTerms},
    },
    upside_tests::world::{NEVER, ONE},
};

pub const MOVES: &[Move] = &[(2, open), (6, buy), (1, close)];

fn open(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let shares = scene.rng.one(&[1, ONE, 1_000 * ONE])?;
    let claims = scene.facts.token.claims;
    let (asks, claim) = match scene.rng.below(3) {
        0 => {
            let claim = scene
                .rng
                .percent(50)
                .then(|| scene.rng.below(claims.max(1)));
            let (mint, price) = (scene.world.quote, scene.rng.one(&[1, ONE])?);
            (PassPrice::Pay { mint, price }, claim)
        }
        1 => (PassPrice::Hold { shares }, None),
        _ => (PassPrice::Burn { shares }, None),
    };
    let terms = ProductTerms {
        name: "Concert".into(),
        uri: String::new(),
        tier: 0,
        asks,
        units: 1,
        lifetime: scene.rng.one(&[0, 86_400])?,
        max_passes: scene.rng.below(3),
        claim_number: claim,
        point_of_sale: Pubkey::default(),
    };
    let open = ix::open_product(&scene.token(), &scene.payer(), terms);
    call(
        format!("{owner} opens a product for {asks:?}"),
        open,
        &[owner],
    )
}

fn product(scene: &mut Scene) -> Option<Account<Product>> {
    let number = scene.rng.below(scene.facts.token.products);
    let place = find_product(&scene.facts.key, number).0;
    let there = scene.world.engine.account(&place)?;
    upside_sdk::state::decode(&place, &there.owner, &there.data).ok()
}

fn buy(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let product = product(scene)?;
    let args = PassInput {
        max_price: chance::edge(&mut scene.rng, u64::MAX, &[]),
        deadline: NEVER,
    };
    let buy = ix::buy_pass(&scene.token(), &product, &scene.payer(), &key(who), args).ok()?;
    call(
        format!("{who} gets a pass of product {}", product.data.number),
        buy,
        &[who],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let product = product(scene)?;
    let close = ix::close_product(&scene.token(), &product.key);
    call(
        format!("{owner} closes product {}", product.data.number),
        close,
        &[owner],
    )
}
