//! Rights in the vault, whose word counts on them, and custody.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_PROGRAM, find_associated, find_attesters},
        instruction as ix,
        state::{
            Account, Attestation, Attesters, AuctionBuyArgs, AuctionTerms, Claim, ClaimKind,
            ClaimTerms, ExitArgs,
        },
    },
    upside_tests::{
        people::person,
        terms::tokenized_terms,
        world::{DAY, NEVER, ONE},
    },
};

pub const MOVES: &[Move] = &[
    (2, declare),
    (8, exit),
    (4, write_off),
    (6, attest),
    (2, revoke),
    (2, dispute),
    (1, set_threshold),
    (2, name_successor),
    (2, take_seat),
    (3, deposit),
    (3, release),
    (4, announce),
    (5, buy),
    (1, cancel),
    (2, gift),
    (3, sync),
];

/// The token's attesters, if it has any.
fn list(scene: &Scene) -> Option<&Attesters> {
    scene
        .facts
        .attesters
        .get(&find_attesters(&scene.facts.key).0)
}

fn declare(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let terms = if scene.rng.percent(50) {
        tokenized_terms()
    } else {
        ClaimTerms::Equity {
            name: "Nothing Ltd".into(),
            unit_label: "x".into(),
            decimals: 0,
            value: u64::MAX,
            units: scene.rng.one(&[1, 1_000])?,
            cost: chance::edge(&mut scene.rng, u64::MAX, &[]),
            uri: String::new(),
            document: [1; 32],
        }
    };
    let declare = ix::declare_claim(&scene.token(), &scene.payer(), terms);
    call(format!("{owner} declares a claim"), declare, &[owner])
}

fn claim(scene: &mut Scene, kinds: &[ClaimKind]) -> Option<Account<Claim>> {
    let strict = !scene.rng.percent(5);
    let claims: Vec<_> = scene
        .facts
        .claims
        .iter()
        .filter(|(_, it)| !strict || kinds.iter().any(|kind| it.kind == *kind))
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&claims)
}

fn exit(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let payer = scene.actor();
    let claim = claim(scene, &[ClaimKind::Equity])?;
    let held = claim.data.held().unwrap_or(0);
    let args = ExitArgs {
        units: chance::edge(&mut scene.rng, held, &[]),
        received: chance::edge(&mut scene.rng, 900_000 * ONE, &[claim.data.cost]),
    };
    let exit = ix::exit_claim(&scene.token(), &claim.key, &key(payer), list(scene), args);
    call(
        format!("{owner} exits {args:?}, {payer} pays"),
        exit,
        &[owner, payer],
    )
}

fn write_off(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, &[ClaimKind::Equity, ClaimKind::RevenueShare])?;
    let held = claim.data.held().unwrap_or(0);
    let units = chance::edge(&mut scene.rng, held, &[]);
    let off = ix::write_off_claim(&claim, &key(owner), list(scene), units);
    call(format!("{owner} writes {units} off"), off, &[owner])
}

/// Mostly who is accepted.
fn attester(scene: &mut Scene) -> &'static str {
    let list = list(scene);
    let seated: Vec<Pubkey> = list
        .iter()
        .flat_map(|it| it.seated())
        .map(|it| *it.1)
        .collect();
    let named: Vec<&'static str> = seated.iter().filter_map(|it| scene.named(it)).collect();
    let some = scene.rng.one(&named).filter(|_| scene.rng.percent(80));
    some.unwrap_or_else(|| scene.actor())
}

fn attest(scene: &mut Scene) -> Option<Call> {
    let who = attester(scene);
    let claim = claim(scene, &[ClaimKind::Equity, ClaimKind::TokenizedEquity])?;
    let value = chance::edge(&mut scene.rng, 1_000_000 * ONE, &[]);
    let cost = chance::edge(&mut scene.rng, u64::MAX, &[claim.data.cost]);
    let until = scene.world.now() + 100 * DAY;
    let statement = ix::statement(&claim, Atoms(value), Atoms(cost), until).ok()?;
    let attest = ix::attest_claim(&claim, &scene.payer(), &key(who), statement);
    call(
        format!("{who} attests a value of {value} and a cost of {cost}"),
        attest,
        &[who],
    )
}

fn revoke(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let all: Vec<Account<Attestation>> = scene
        .facts
        .attestations
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    let signed = scene.rng.one(&all)?;
    call(
        format!("{who} takes an attestation back"),
        ix::revoke_attestation(&signed, &key(who)),
        &[who],
    )
}

fn dispute(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claim = claim(scene, &[ClaimKind::Equity, ClaimKind::TokenizedEquity])?;
    let made = if scene.rng.percent(50) {
        ix::dispute_claim(&claim, &key(who), [1; 32])
    } else {
        ix::resolve_dispute(&claim, &key(who))
    };
    call(format!("{who} disputes or resolves"), made, &[who])
}

fn set_threshold(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let threshold = scene.rng.below(4) as u8;
    let set = ix::set_attester_threshold(&scene.facts.key, &key(owner), threshold);
    call(
        format!("{owner} sets the threshold {threshold}"),
        set,
        &[owner],
    )
}

fn name_successor(scene: &mut Scene) -> Option<Call> {
    let (who, next) = (attester(scene), scene.actor());
    let name = ix::name_successor(&scene.facts.key, &key(who), &key(next));
    call(format!("{who} names {next} as successor"), name, &[who])
}

fn take_seat(scene: &mut Scene) -> Option<Call> {
    let (mut of, mut who) = (scene.actor(), scene.actor());
    // Mostly what was announced.
    if scene.rng.percent(90) {
        let list = list(scene)?;
        let named = list.keys.iter().zip(&list.successors);
        let named: Vec<_> = named
            .filter_map(|(of, who)| Some((scene.named(of)?, scene.named(who)?)))
            .collect();
        (of, who) = scene.rng.one(&named)?;
    }
    let take = ix::take_seat(&scene.facts.key, &key(of), &key(who));
    call(format!("{who} takes the seat of {of}"), take, &[who])
}

fn deposit(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    let mint = scene
        .rng
        .one(&[person("coin").key(), person("late coin").key()])?;
    let (units, cost) = (
        chance::edge(&mut scene.rng, 1_000 * ONE, &[]),
        scene.rng.roll(),
    );
    let token = scene.token();
    let add = ix::deposit_equity(
        &token,
        &claim.key,
        &mint,
        &TOKEN_PROGRAM,
        units,
        Atoms(cost),
    );
    call(format!("{owner} puts {units} into custody"), add, &[owner])
}

trait Key {
    fn key(&self) -> upside_sdk::Pubkey;
}

impl Key for solana_keypair::Keypair {
    fn key(&self) -> upside_sdk::Pubkey {
        solana_signer::Signer::pubkey(self)
    }
}

fn release(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    let held = claim.data.held().unwrap_or(0);
    let units = chance::edge(&mut scene.rng, held, &[]);
    let release = ix::release_equity(&scene.token(), &claim, units).ok()?;
    call(
        format!("{owner} releases {units} into the reserve"),
        release,
        &[owner],
    )
}

fn announce(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    let held = claim.data.held().unwrap_or(0);
    // Around what attesters say of all of it.
    let signed = scene.facts.attestations.values();
    let signed = signed.filter(|it| it.claim == claim.key);
    let values: Vec<u64> = signed.map(|it| it.value.saturating_mul(2)).collect();
    let start = chance::edge(&mut scene.rng, 2_000_000 * ONE, &values);
    let terms = AuctionTerms {
        units: if scene.rng.percent(50) {
            held
        } else {
            chance::edge(&mut scene.rng, held, &[])
        },
        start,
        end: start.div_ceil(4).max(1),
        seconds: 7 * 86_400,
    };
    let announce = ix::announce_auction(&scene.token(), &claim.key, list(scene), terms);
    call(format!("{owner} announces {terms:?}"), announce, &[owner])
}

fn buy(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    let left = claim.data.auction.left(scene.world.now());
    let args = AuctionBuyArgs {
        auction: claim.data.auction.number,
        units: chance::edge(&mut scene.rng, left, &[]),
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let token = scene.token();
    let buy = ix::buy_at_auction(&token, &claim, &key(who), &TOKEN_PROGRAM, list(scene), args);
    call(
        format!("{who} buys {} at an auction", args.units),
        buy,
        &[who],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    call(
        format!("{owner} cancels an auction"),
        ix::cancel_auction(&claim, &key(owner)),
        &[owner],
    )
}

/// Past the program: unasked into the vault of a claim.
fn gift(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    let atoms = scene.rng.one(&[1, 1_000, ONE])?;
    let mut data = vec![3];
    data.extend_from_slice(&atoms.to_le_bytes());
    let account = |owner| find_associated(owner, &claim.data.mint, &TOKEN_PROGRAM).0;
    let give = Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(account(&key(who)), false),
            AccountMeta::new(account(&claim.key), false),
            AccountMeta::new_readonly(key(who), true),
        ],
        data,
    };
    call(
        format!("{who} sends {atoms} unasked into custody"),
        give,
        &[who],
    )
}

fn sync(scene: &mut Scene) -> Option<Call> {
    let claim = claim(scene, &[ClaimKind::TokenizedEquity])?;
    call(
        "custody of a claim is synced",
        ix::sync_claim(&claim, &TOKEN_PROGRAM),
        &[],
    )
}
