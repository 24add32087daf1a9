//! What holders of an index have before the coalition begins.

use {
    super::{
        Scene,
        cast::{ACTORS, PASSIVE, PEOPLE},
        moves,
    },
    crate::{
        cast::key,
        draft::{Call, call},
        search::Stage,
    },
    solana_signer::Signer,
    std::{cell::RefCell, collections::HashMap},
    upside_sdk::{
        Atoms, Pubkey,
        address::TOKEN_PROGRAM,
        index::{instruction as ix, subject_of},
        instruction as token_ix,
    },
    upside_tests::{
        credential::Attested,
        engine::Engine,
        people::person,
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, token_of},
        rng::Rng,
        world::{DAY, ONE, mint_bytes, minter},
    },
};

/// Mints beside the quote mint: another coin of every index, an ordinary mint that can be
/// frozen, and one that comes later.
pub const MINTS: [&str; 3] = ["coin", "stock", "late coin"];
/// One of them.
pub fn mint(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// What the attestation about somebody says: their name, after its length.
fn statement(name: &str) -> Vec<u8> {
    let length = (name.len() as u32).to_le_bytes();
    [&length[..], name.as_bytes()].concat()
}

/// An attestation about somebody, by the issuer that memberships ask for.
pub fn attested(name: &str) -> Attested {
    Attested {
        data: statement(name),
        ..Attested::on(&key_of(name))
    }
}

/// What it names.
pub fn subject(name: &str) -> [u8; 32] {
    subject_of(&attested(name).bytes()).expect("a name")
}

fn key_of(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// Indexes that sequences begin with.
const TEMPLATES: u64 = 8;
/// What attackers borrow of every mint, in atoms.
const BORROWED: u64 = 1_000_000_000 * ONE;

thread_local! {
    static KNOWN: RefCell<HashMap<u64, PoolWorld>> = RefCell::default();
}

/// A launched index of which everybody can have shares; the same number makes the same.
pub fn template(seed: u64) -> PoolWorld {
    let number = seed.wrapping_mul(0x9e37_79b9) % TEMPLATES;
    KNOWN.with_borrow_mut(|known| known.entry(number).or_insert_with(|| made(number)).fork())
}

/// A classic mint whose atoms an issuer can freeze.
fn freezable() -> Vec<u8> {
    let mut bytes = mint_bytes(u64::MAX);
    bytes[46..50].copy_from_slice(&1u32.to_le_bytes());
    bytes[50..82].copy_from_slice(key("issuer").as_ref());
    bytes
}

fn made(number: u64) -> PoolWorld {
    let mut rng = Rng(number);
    let Engine::Lite(svm) = Engine::lite() else {
        unreachable!("it is LiteSVM")
    };
    let engine = Engine::Lite(svm.with_transaction_history(0));
    let mut pool = PoolWorld::seeding(engine, 0, |args| super::moves::random_terms(&mut rng, args));
    for name in PASSIVE.into_iter().chain(ACTORS) {
        pool.world.engine.fund(key(name));
        pool.world.give_quote(&key(name), BORROWED);
    }
    for name in MINTS {
        let mint = person(name).pubkey();
        let bytes = if name == "stock" {
            freezable()
        } else {
            mint_bytes(u64::MAX)
        };
        pool.world.add_mint(mint, TOKEN_PROGRAM, bytes);
        for who in PASSIVE.into_iter().chain(ACTORS) {
            pool.world.give(&key(who), &mint, BORROWED);
        }
    }
    for name in ACTORS {
        attested(name).put(&mut pool.world);
    }
    people(&mut pool, &mut rng);
    compose(&mut pool, &mut rng);
    for name in PASSIVE.into_iter().chain(ACTORS) {
        if !["curator", "bob", "carol", "treasury"].contains(&name) {
            pool.open_shares(name);
        }
    }
    for (name, shares) in [("bob", 300), ("carol", 200), ("dan", 50), ("mallory", 40)] {
        pool.contribute(name, shares * INDEX_ONE);
    }
    pool
}

/// People with random terms, of whom everybody has shares.
fn people(pool: &mut PoolWorld, rng: &mut Rng) {
    for name in PEOPLE {
        let cap = rng
            .one(&[2_000_000 * ONE, 10_000_000 * ONE, u64::MAX / 16])
            .unwrap();
        let tax = rng.one(&[0, 1_000, 5_000]).unwrap();
        let notice = rng.one(&[86_400, 7 * 86_400]).unwrap();
        let drip = rng.one(&[86_400, 7 * 86_400]).unwrap();
        pool.add_person(name, |args| {
            args.terms.supply_cap = cap;
            args.terms.launch_shares = cap;
            args.terms.cash_out_tax_bps = tax;
            args.terms.notice_seconds = notice;
            args.terms.drip_seconds = drip;
        });
        pool.world.give_quote(&key(name), BORROWED);
        for holder in PASSIVE.into_iter().chain(ACTORS) {
            if !["curator", "bob", "carol", name].contains(&holder) {
                pool.open_holder(name, holder);
            }
            if ["dan", "mallory", "sam"].contains(&holder) {
                pool.issue(name, holder, 50_000 * ONE);
            }
        }
        if rng.percent(70) {
            let (token, mint) = (pool.token(name), pool.world.quote);
            let atoms = Atoms(rng.one(&[1_000 * ONE, 200_000 * ONE]).unwrap());
            let give = token_ix::deposit_reserve(&token, &key(name), &mint, atoms).unwrap();
            pool.send(&give, &[name]).succeeded();
        }
        if rng.percent(50) {
            let coin = person("coin").pubkey();
            let list = token_ix::add_asset(
                &pool.token(name),
                &pool.payer(),
                &coin,
                &TOKEN_PROGRAM,
                minter(),
                true,
            );
            pool.send(&list, &[name]).succeeded();
        }
        pool.pay_revenue(name, 10_000 * ONE);
    }
    pool.world.pass(DAY / 2);
}

/// Two or three of them, cash, another coin, and an ordinary mint; seeded and launched.
fn compose(pool: &mut PoolWorld, rng: &mut Rng) {
    let all = pool.people.clone();
    pool.people.truncate(rng.within(2, 3) as usize);
    pool.add_everybody();
    let people = pool.people.len() as u8;
    for (name, coin) in [("coin", true), ("stock", false)] {
        let (mint, authority) = (person(name).pubkey(), person("mint authority").pubkey());
        let add = ix::add_mint(
            &pool.index(),
            &pool.payer(),
            &mint,
            &TOKEN_PROGRAM,
            Some(authority),
            coin,
        );
        pool.send(&add, &["curator"]).succeeded();
    }
    for slot in 0..people + 3 {
        let atoms = rng
            .one(&[7, 1_000 * ONE, 20_000 * ONE, 50_000 * ONE])
            .unwrap();
        pool.seed(slot, atoms);
    }
    pool.launch(LAUNCHED);
    pool.people = all;
}

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

/// What differs between sequences of one index.
pub fn vary(scene: &mut Scene) {
    for name in PEOPLE {
        if scene.rng.percent(50) {
            let atoms = scene.rng.amount(200_000 * ONE);
            revenue(scene, name, atoms);
        }
    }
    if scene.rng.percent(40) {
        let shares = scene.facts.shares(&key("dan")) / 2;
        let args = scene.pool.redeem_args(shares);
        let made = ix::redeem_to_basket(&scene.index(), &key("dan"), 1, args);
        attempt(scene, call("dan waits for a payout", made, &["dan"]));
    }
    if scene.rng.percent(40) {
        rebalance(scene);
    }
    let hours = scene.rng.below(72) as i64;
    scene.pool.world.pass(hours * 3_600);
    scene.refresh();
}

/// The curator announced a rebalance, whose notice is about to be over.
fn rebalance(scene: &mut Scene) {
    let group = scene.group;
    scene.act(&["curator"]);
    for step in [
        moves::rebalance::open,
        moves::rebalance::add,
        moves::rebalance::seal,
    ] {
        // Chance may find nothing, or what the limits refuse.
        let landed = (0..8).any(|_| {
            let made = step(scene);
            attempt(scene, made)
        });
        if !landed {
            break;
        }
    }
    scene.act(group);
    if let Some(it) = scene.facts.rebalance.filter(|it| it.starts_at > 0) {
        let wait = it.starts_at - scene.now();
        scene.pool.world.pass(wait.max(0));
    }
}

/// The first claim of a person pays.
fn revenue(scene: &mut Scene, name: &'static str, atoms: u64) {
    let Some(token) = scene.token(name) else {
        return;
    };
    let place = upside_sdk::address::find_claim(&token_of(name), 0).0;
    let claim = scene.pool.world.get(&place);
    if let Ok(pay) = token_ix::pay_revenue(&token, &claim, &key(name), Atoms(atoms)) {
        attempt(scene, call("", pay, &[name]));
    }
}
