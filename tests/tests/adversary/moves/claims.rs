//! Rights in the vault.

use {
    super::Move,
    crate::{
        chance,
        scene::{Call, Scene, call, key},
    },
    upside_sdk::{
        instruction as ix,
        state::{Account, Claim, ClaimKind, ClaimTerms, ExitArgs, Statement},
    },
    upside_tests::world::{DAY, ONE},
};

pub const MOVES: &[Move] = &[(3, declare), (5, exit), (3, write_off), (3, attest)];

fn declare(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let terms = ClaimTerms::Equity {
        name: "Nothing Ltd".into(),
        unit_label: "x".into(),
        decimals: 0,
        units: 1,
        value: u64::MAX,
        cost: chance::edge(&mut scene.dice, u64::MAX, &[]),
        uri: String::new(),
        document: [1; 32],
    };
    let declare = ix::declare_claim(&scene.token(), &scene.payer(), terms);
    call(format!("{owner} declares a claim"), declare, &[owner])
}

fn claim(scene: &mut Scene) -> Option<Account<Claim>> {
    let claims: Vec<_> = scene
        .facts
        .claims
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.dice.one(&claims)
}

fn exit(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let payer = scene.actor();
    let claim = claim(scene)?;
    if claim.data.kind != ClaimKind::Equity as u8 {
        return None;
    }
    let held = claim.data.held().unwrap_or(0);
    let args = ExitArgs {
        units: chance::edge(&mut scene.dice, held, &[]),
        proceeds: chance::edge(&mut scene.dice, 900_000 * ONE, &[claim.data.cost]),
    };
    let list = scene.world.attesters();
    let token = scene.token();
    let exit = ix::exit_claim(&token, &claim.key, &key(payer), list.as_ref(), args);
    call(
        format!("{owner} exits {args:?}, {payer} pays"),
        exit,
        &[owner, payer],
    )
}

fn write_off(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene)?;
    let held = claim.data.held().unwrap_or(0);
    let units = chance::edge(&mut scene.dice, held, &[]);
    let list = scene.world.attesters();
    let off = ix::write_off_claim(&claim, &key(owner), list.as_ref(), units);
    call(format!("{owner} writes {units} off"), off, &[owner])
}

fn attest(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claim = claim(scene)?;
    let statement = Statement {
        terms: claim.data.terms,
        document: claim.data.document,
        units: claim.data.held().unwrap_or(0),
        value: chance::edge(&mut scene.dice, 1_000_000 * ONE, &[]),
        cost: chance::edge(&mut scene.dice, u64::MAX, &[]),
        expires_at: scene.world.now() + 100 * DAY,
    };
    let attest = ix::attest_claim(&claim, &scene.payer(), &key(who), statement);
    call(format!("{who} attests"), attest, &[who])
}
