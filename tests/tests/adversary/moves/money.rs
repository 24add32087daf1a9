//! Gifts, reserves, revenue.

use {
    super::{Move, shares::payout_mint},
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Atoms, Shares,
        address::{TOKEN_PROGRAM, find_associated},
        instruction as ix, quote,
        state::{Account, ClaimKind},
    },
    upside_tests::{terms::revenue_terms, world::ONE},
};

pub const MOVES: &[Move] = &[
    (4, deposit_reserve),
    (4, gift),
    (3, book_surplus),
    (2, book_loss),
    (10, endow),
    (6, take_endowment),
    (2, declare_revenue),
    (8, pay_revenue),
];

fn deposit_reserve(scene: &mut Scene) -> Option<Call> {
    let (who, mint) = (scene.actor(), scene.mint());
    let atoms = chance::edge(&mut scene.rng, 100_000 * ONE, &[]);
    let give = ix::deposit_reserve(&scene.token(), &key(who), &mint, Atoms(atoms)).ok()?;
    call(format!("{who} gives {atoms} to the reserve"), give, &[who])
}

/// Past the program: unasked into a vault.
fn gift(scene: &mut Scene) -> Option<Call> {
    let (who, mint) = (scene.actor(), scene.mint());
    let atoms = chance::edge(&mut scene.rng, 1_000 * ONE, &[]);
    let mut data = vec![3];
    data.extend_from_slice(&atoms.to_le_bytes());
    let account = |owner| find_associated(owner, &mint, &TOKEN_PROGRAM).0;
    let give = Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(account(&key(who)), false),
            AccountMeta::new(account(&scene.facts.key), false),
            AccountMeta::new_readonly(key(who), true),
        ],
        data,
    };
    call(
        format!("{who} sends {atoms} unasked into a vault"),
        give,
        &[who],
    )
}

fn book_surplus(scene: &mut Scene) -> Option<Call> {
    let (who, mint) = (scene.actor(), scene.mint());
    let book = ix::book_surplus(&scene.token(), &key(who), &mint).ok()?;
    call(format!("{who} books a surplus"), book, &[who])
}

fn book_loss(scene: &mut Scene) -> Option<Call> {
    let mint = scene.mint();
    let book = ix::book_loss(&scene.token(), &mint).ok()?;
    call("a loss is booked", book, &[])
}

/// Around what some new shares would have to bring.
fn endow(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let place = scene.rng.below(u64::from(scene.facts.token.asset_count)) as usize;
    let wanted = scene.share_amount(1_000_000 * ONE);
    let creation = quote::creation(&scene.facts.token, Shares(wanted), scene.world.now());
    let needed = creation.and_then(|it| Ok(it.parts.of(place)?)).unwrap_or(1);
    let atoms = chance::edge(&mut scene.rng, needed, &[needed]);
    let mint = scene.facts.token.assets[place].mint;
    let add = ix::deposit_endowment(&scene.token(), &key(who), &mint, Atoms(atoms)).ok()?;
    call(
        format!("{who} endows {atoms} of asset {place}"),
        add,
        &[who],
    )
}

fn take_endowment(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let place = scene.rng.below(u64::from(scene.facts.token.asset_count)) as usize;
    let asset = scene.facts.token.assets[place];
    let free = asset.unlocked().unwrap_or(0);
    let atoms = chance::edge(&mut scene.rng, asset.endowment, &[free]);
    let take = ix::withdraw_endowment(&scene.token(), &asset.mint, Atoms(atoms)).ok()?;
    call(
        format!("{owner} takes {atoms} of the endowment in asset {place}"),
        take,
        &[owner],
    )
}

fn declare_revenue(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let mint = payout_mint(scene);
    let declare = ix::declare_claim(&scene.token(), &scene.payer(), revenue_terms(mint));
    call(
        format!("{owner} declares a revenue claim"),
        declare,
        &[owner],
    )
}

fn pay_revenue(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claims: Vec<_> = scene
        .facts
        .claims
        .iter()
        .filter(|(_, claim)| claim.kind == ClaimKind::RevenueShare)
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    let claim = scene.rng.one(&claims)?;
    let left = claim.data.total.saturating_sub(claim.data.received);
    let atoms = chance::edge(&mut scene.rng, 200_000 * ONE, &[left]);
    let pay = ix::pay_revenue(&scene.token(), &claim, &key(who), Atoms(atoms)).ok()?;
    call(format!("{who} pays revenue of {atoms}"), pay, &[who])
}
