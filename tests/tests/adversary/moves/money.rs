//! Gifts, reserves, revenue.

use {
    super::{Move, shares::payout_mint},
    crate::{
        chance,
        scene::{Call, Scene, call, key},
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Atoms,
        address::{TOKEN_PROGRAM, find_associated},
        instruction as ix,
        state::{Account, ClaimKind},
    },
    upside_tests::{terms::revenue_terms, world::ONE},
};

pub const MOVES: &[Move] = &[
    (6, deposit_reserve),
    (4, gift),
    (5, sync_reserve),
    (4, declare_revenue),
    (12, pay_revenue),
];

fn deposit_reserve(scene: &mut Scene) -> Option<Call> {
    let (who, mint) = (scene.actor(), scene.mint());
    let atoms = chance::edge(&mut scene.dice, 100_000 * ONE, &[]);
    let give = ix::deposit_reserve(&scene.token(), &key(who), &mint, Atoms(atoms)).ok()?;
    call(format!("{who} gives {atoms} to the reserve"), give, &[who])
}

/// Past the program: unasked into a vault.
fn gift(scene: &mut Scene) -> Option<Call> {
    let (who, mint) = (scene.actor(), scene.mint());
    let atoms = chance::edge(&mut scene.dice, 1_000 * ONE, &[]);
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
    call(format!("{who} sends {atoms} unasked into a vault"), give, &[who])
}

fn sync_reserve(scene: &mut Scene) -> Option<Call> {
    let mint = scene.mint();
    let sync = ix::sync_reserve(&scene.token(), &mint).ok()?;
    call("a vault is synced", sync, &[])
}

fn declare_revenue(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let mint = payout_mint(scene);
    let declare = ix::declare_claim(&scene.token(), &scene.payer(), revenue_terms(mint));
    call(format!("{owner} declares a revenue claim"), declare, &[owner])
}

fn pay_revenue(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claims: Vec<_> = scene
        .facts
        .claims
        .iter()
        .filter(|(_, claim)| claim.kind == ClaimKind::RevenueShare as u8)
        .map(|(key, data)| Account { key: *key, data: *data })
        .collect();
    let claim = scene.dice.one(&claims)?;
    let left = claim.data.total.saturating_sub(claim.data.received);
    let atoms = chance::edge(&mut scene.dice, 200_000 * ONE, &[left]);
    let pay = ix::pay_revenue(&scene.token(), &claim, &key(who), Atoms(atoms)).ok()?;
    call(format!("{who} pays revenue of {atoms}"), pay, &[who])
}
