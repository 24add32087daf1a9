//! What passive holders have before the coalition begins. Each part is sent as it is;
//! what the terms of this token refuse is left out.

use {
    crate::{
        cast::{PASSIVE, key},
        draft::{Call, call, shares},
        moves,
        random_terms::round_terms,
        scene::Scene,
        search::Stage,
    },
    solana_signer::Signer,
    upside_sdk::{
        Atoms,
        address::{TOKEN_PROGRAM, find_claim, find_round},
        instruction as ix, quote,
        state::{
            Account, BidTerms, ContributeArgs, GrantOffer, GrantTerms, Round, SaleTerms, StageTerms,
        },
    },
    upside_tests::{
        people::person,
        terms::{equity_terms, revenue_terms, tokenized_terms},
        world::{DAY, NEVER, ONE},
    },
};

/// Sends; whether it landed.
pub fn attempt(scene: &mut Scene, made: Option<Call>) -> bool {
    let Some(made) = made else { return false };
    let landed = scene.send(std::slice::from_ref(&made)).error.is_none();
    if landed {
        scene.remember(&made);
    }
    scene.refresh();
    landed
}

fn contribute(scene: &mut Scene, round: u64, name: &'static str, payment: u64) -> bool {
    let account = scene
        .world
        .get::<Round>(&find_round(&scene.facts.key, round).0);
    let args = ContributeArgs {
        max_payment: payment,
        min_shares: 0,
        max_supply: u64::MAX,
        terms_version: scene.facts.token.terms_version,
        deadline: NEVER,
    };
    let made = ix::contribute(&scene.token(), &account, &key(name), None, args);
    attempt(scene, call("", made, &[name]))
}

/// The owner's deposits of what new shares must bring.
pub fn endow_for(scene: &mut Scene, atoms: u64) {
    let creation = quote::creation(&scene.facts.token, shares(atoms), scene.world.now());
    for lack in creation.map(|it| it.missing).unwrap_or_default() {
        let mint = scene.facts.token.assets[lack.place].mint;
        if let Ok(add) =
            ix::deposit_endowment(&scene.token(), &key("founder"), &mint, lack.with_margin())
        {
            attempt(scene, call("", add, &["founder"]));
        }
    }
}

/// Rounds, bearer shares, grants.
pub fn backers(scene: &mut Scene) {
    scene.refresh();
    if scene.rng.percent(50) {
        let most = scene.rng.amount(400_000 * ONE);
        let issue = ix::issue(&scene.token(), &key("founder"), shares(most), Atoms(0));
        attempt(scene, call("", issue, &["founder"]));
    }
    for escrow in [true, false] {
        if !scene.rng.percent(70) {
            continue;
        }
        let now = scene.world.now();
        let mut terms = round_terms(&mut scene.rng, &scene.facts, now, escrow);
        terms.stages[0].shares = 300_000 * ONE;
        terms.closes_at = now + 3 * DAY;
        let number = scene.facts.token.rounds;
        let open = ix::open_round(&scene.token(), &scene.payer(), terms);
        if !attempt(scene, call("", open, &["founder"])) {
            continue;
        }
        for name in PASSIVE {
            let payment = scene.rng.within(
                terms.min_contribution,
                terms.min_contribution + 100_000 * ONE,
            );
            contribute(scene, number, name, payment);
        }
        if escrow && scene.rng.percent(80) {
            // Somebody large makes up what is missing.
            let raise = terms.min_raise;
            contribute(scene, number, "sam", raise);
            contribute(scene, number, "mia", raise.max(ONE));
        }
        // Half of the rounds stay open.
        if scene.rng.percent(60) {
            scene.world.pass(4 * DAY);
            let made = moves::rounds::close_now(scene, number, "founder");
            attempt(scene, made);
            for name in PASSIVE {
                if scene.rng.percent(60) {
                    let made = moves::rounds::collect_of(scene, number, &key(name));
                    attempt(scene, made);
                }
            }
        }
    }
    // Now and then most shares are second wallets': whatever a poll may do, they can pass.
    let hidden = if scene.rng.percent(25) {
        400_000 * ONE
    } else {
        0
    };
    let people = [
        ("mallory", hidden),
        ("mia", hidden),
        ("bob", 50_000 * ONE),
        ("carol", 10_000 * ONE),
        ("dan", 7),
    ];
    for (name, atoms) in people {
        if scene.shares(name) == 0 && atoms > 0 {
            endow_for(scene, atoms);
            let issue = ix::issue(&scene.token(), &key(name), shares(atoms), Atoms(0));
            attempt(scene, call("", issue, &["founder"]));
        }
    }
    if scene.rng.percent(60) {
        let terms = GrantTerms {
            shares: scene.rng.amount(50_000 * ONE),
            start: scene.world.now(),
            cliff_seconds: 0,
            duration_seconds: 100 * 86_400,
            revocable: scene.rng.percent(50),
        };
        let offer = GrantOffer {
            beneficiary: key("erin"),
            terms,
            expires_at: scene.world.now() + DAY,
            reference: 0,
        };
        let token = scene.token();
        let number = token.data.grants;
        let made = ix::offer_grant(&token, &scene.payer(), number, offer);
        attempt(scene, call("", made, &["founder"]));
        let made = scene
            .facts
            .grants
            .iter()
            .find(|(_, it)| it.number == number);
        if let Some((key, data)) = made {
            let grant = Account {
                key: *key,
                data: *data,
            };
            let accept = ix::accept_grant(&scene.token(), &grant);
            attempt(scene, call("", accept, &["erin"]));
        }
        let days = scene.rng.below(120) as i64;
        scene.world.pass(days * DAY);
    }
    let dan = scene.shares("dan");
    let part = scene.rng.amount(dan);
    let out = ix::withdraw(&scene.token(), &key("dan"), shares(part));
    attempt(scene, call("", out, &["dan"]));
}

/// Offers of those who then do nothing.
pub fn markets(scene: &mut Scene) {
    if scene.rng.percent(50) && scene.free("carol") > 4 {
        let terms = SaleTerms {
            number: 0,
            shares: scene.free("carol") / 3,
            price: scene.rng.one(&[1, ONE, 5 * ONE]).unwrap(),
            buyer: upside_sdk::Pubkey::default(),
            expires_at: scene.world.now() + 300 * DAY,
        };
        let open = ix::open_sale(&scene.facts.key, &scene.payer(), &key("carol"), terms);
        attempt(scene, call("", open, &["carol"]));
    }
    if scene.rng.percent(50) {
        let terms = BidTerms {
            number: 0,
            shares: scene.rng.amount(100_000 * ONE),
            price: scene.rng.one(&[1, ONE / 3, 2 * ONE]).unwrap(),
            seller: upside_sdk::Pubkey::default(),
            expires_at: scene.world.now() + 300 * DAY,
        };
        let open = ix::open_bid(&scene.token(), &scene.payer(), &key("bob"), terms);
        attempt(scene, call("", open, &["bob"]));
    }
}

/// Reserves, and revenue that streams.
pub fn money(scene: &mut Scene) {
    for place in 0..usize::from(scene.facts.token.asset_count) {
        let mint = scene.facts.token.assets[place].mint;
        let atoms = scene.rng.amount(300_000 * ONE);
        if scene.rng.percent(80)
            && let Ok(give) =
                ix::deposit_reserve(&scene.token(), &key("founder"), &mint, Atoms(atoms))
        {
            attempt(scene, call("", give, &["founder"]));
        }
        let terms = revenue_terms(mint);
        let number = scene.facts.token.claims;
        let declare = ix::declare_claim(&scene.token(), &scene.payer(), terms);
        if !attempt(scene, call("", declare, &["founder"])) || !scene.rng.percent(80) {
            continue;
        }
        let atoms = scene.rng.amount(300_000 * ONE);
        let claim = scene.world.claim(number);
        if let Ok(pay) = ix::pay_revenue(&scene.token(), &claim, &key("founder"), Atoms(atoms)) {
            attempt(scene, call("", pay, &["founder"]));
        }
    }
    let hours = scene.rng.below(48) as i64;
    scene.world.pass(hours * 3_600);
}

/// Rights in the vault, and whose word counts.
pub fn claims(scene: &mut Scene) {
    let declare = ix::declare_claim(&scene.token(), &scene.payer(), equity_terms());
    attempt(scene, call("", declare, &["founder"]));
    let (token, payer) = (scene.token().key, scene.payer());
    let add = ix::add_attesters(&token, &key("founder"), &payer, &[key("notary")]);
    attempt(scene, call("", add, &["founder"]));
    if scene.rng.percent(50) {
        let set = ix::set_executor(&scene.token(), &key("executor"));
        attempt(scene, call("", set, &["founder"]));
    }
}

/// A round that sells at once, well above what shares must bring.
fn dear_round(scene: &mut Scene) {
    let now = scene.world.now();
    let token = scene.facts.token;
    let streams = token.streams[0].remaining / token.registered.max(1);
    let mut terms = round_terms(&mut scene.rng, &scene.facts, now, false);
    let brought = token.quote().reserve / scene.facts.supply().max(1);
    let price = (brought.saturating_add(streams).saturating_add(1)).saturating_mul(10 * ONE);
    terms.stages = [StageTerms::default(); 4];
    terms.stages[0] = StageTerms {
        shares: 50_000 * ONE,
        price: price.min(1_000 * ONE),
    };
    terms.min_contribution = (2 * terms.stages[0].price).div_ceil(ONE);
    terms.most_part_bps = 10_000;
    terms.closes_at = now + 300 * DAY;
    let open = ix::open_round(&scene.token(), &scene.payer(), terms);
    attempt(scene, call("", open, &["founder"]));
}

/// What holders who do nothing have ordered all the same.
pub fn orders(scene: &mut Scene) {
    if scene.rng.percent(60) {
        dear_round(scene);
    }
    for name in ["bob", "carol"] {
        if !scene.rng.percent(40) {
            continue;
        }
        let Some(order) = moves::orders::some_order(scene) else {
            continue;
        };
        let ends_at = scene.world.now() + 365 * DAY;
        let (token, payer) = (scene.facts.key, scene.payer());
        let set = ix::set_order(&token, &payer, &key(name), order, ends_at);
        attempt(scene, call("", set, &[name]));
    }
}

/// Custody, much of it or a few atoms, of a mint that is not listed; and now and then a
/// wind-down that has begun.
pub fn endings(scene: &mut Scene) {
    let mint = person("late coin").pubkey();
    for _ in 0..scene.rng.below(3) {
        let number = scene.facts.token.claims;
        let declare = ix::declare_claim(&scene.token(), &scene.payer(), tokenized_terms());
        if !attempt(scene, call("", declare, &["founder"])) {
            continue;
        }
        let claim = find_claim(&scene.facts.key, number).0;
        let units = scene.rng.one(&[7, 1_000, 100_000 * ONE]).unwrap();
        let (token, cost) = (scene.token(), Atoms(0));
        let add = ix::deposit_equity(&token, &claim, &mint, &TOKEN_PROGRAM, units, cost);
        attempt(scene, call("", add, &["founder"]));
    }
    if !scene.rng.percent(25) {
        return;
    }
    let set = ix::set_executor(&scene.token(), &key("executor"));
    attempt(scene, call("", set, &["founder"]));
    scene.world.pass(91 * DAY);
    let up = ix::wind_up_by_executor(&scene.facts.key, &key("executor"));
    attempt(scene, call("", up, &["executor"]));
    // Somebody opens estates, and some have redeemed a part before it begins.
    let claims = scene.facts.claims.clone();
    for (key, data) in claims {
        if scene.rng.percent(60) {
            let open = ix::open_estate(&Account { key, data }, &crate::cast::key("sam"));
            attempt(scene, call("", open, &["sam"]));
        }
    }
    for name in ["bob", "carol"] {
        let part = scene.redeemable(name) / 3;
        if part > 0 && scene.rng.percent(60) {
            let args = upside_tests::cases::redeem_args(part);
            let made = moves::shares::redemption(scene, name, args);
            attempt(scene, made.and_then(|made| call("", made, &[name])));
        }
    }
}
