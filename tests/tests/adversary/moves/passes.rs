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
        address::find_offering,
        instruction as ix,
        state::{Account, Asks, Offering, OfferingTerms, PassArgs},
    },
    upside_tests::world::{NEVER, ONE},
};

pub const MOVES: &[Move] = &[(2, open), (6, buy), (1, close)];

fn open(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let shares = scene.dice.one(&[1, ONE, 1_000 * ONE])?;
    let claims = scene.facts.token.claims;
    let (asks, claim) = match scene.dice.below(3) {
        0 => {
            let claim = scene
                .dice
                .percent(50)
                .then(|| scene.dice.below(claims.max(1)));
            let (mint, price) = (scene.world.quote, scene.dice.one(&[1, ONE])?);
            (Asks::Pay { mint, price }, claim)
        }
        1 => (Asks::Hold { shares }, None),
        _ => (Asks::Burn { shares }, None),
    };
    let terms = OfferingTerms {
        name: "Concert".into(),
        uri: String::new(),
        tier: 0,
        asks,
        units: 1,
        lifetime: scene.dice.one(&[0, 86_400])?,
        max_passes: scene.dice.below(3),
        claim,
        till: Pubkey::default(),
    };
    let open = ix::open_offering(&scene.token(), &scene.payer(), terms);
    call(
        format!("{owner} opens an offering for {asks:?}"),
        open,
        &[owner],
    )
}

fn offering(scene: &mut Scene) -> Option<Account<Offering>> {
    let number = scene.dice.below(scene.facts.token.offerings);
    let place = find_offering(&scene.facts.key, number).0;
    let there = scene.world.engine.account(&place)?;
    upside_sdk::state::decode(&place, &there.owner, &there.data).ok()
}

fn buy(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let offering = offering(scene)?;
    let args = PassArgs {
        max_price: chance::edge(&mut scene.dice, u64::MAX, &[]),
        deadline: NEVER,
    };
    let buy = ix::buy_pass(&scene.token(), &offering, &scene.payer(), &key(who), args).ok()?;
    call(
        format!("{who} gets a pass of offering {}", offering.data.number),
        buy,
        &[who],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let offering = offering(scene)?;
    let close = ix::close_offering(&scene.token(), &offering.key);
    call(
        format!("{owner} closes offering {}", offering.data.number),
        close,
        &[owner],
    )
}
