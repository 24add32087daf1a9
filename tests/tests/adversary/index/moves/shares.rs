//! Index shares: contributed for, redeemed, sent, burned.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::Scene,
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{Pubkey, address::TOKEN_2022_PROGRAM, index::instruction::share_account},
    upside_tests::pool::INDEX_ONE,
};

pub const MOVES: &[Move] = &[(20, contribute), (20, redeem), (4, send), (1, burn)];

fn contribute(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let supply = scene.facts.index.supply;
    let most = scene
        .rng
        .one(&[supply / 10, supply, supply.saturating_mul(9), INDEX_ONE])?;
    let shares = chance::edge(&mut scene.rng, most, &[supply]);
    let made = scene.pool.contribute_ix(who, shares);
    call(format!("{who} contributes for {shares}"), made, &[who])
}

fn redeem(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let has = scene.shares(who);
    let shares = if scene.rng.percent(60) {
        has
    } else {
        chance::edge(&mut scene.rng, has, &[])
    };
    let made = scene.pool.redeem_ix(who, shares);
    call(format!("{who} redeems {shares}"), made, &[who])
}

/// A plain call of the token program on index shares.
fn token_call(kind: u8, atoms: u64, accounts: Vec<AccountMeta>, decimals: bool) -> Instruction {
    let mut data = vec![kind];
    data.extend_from_slice(&atoms.to_le_bytes());
    data.extend(decimals.then_some(9));
    Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts,
        data,
    }
}

fn send(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let atoms = chance::edge(&mut scene.rng, scene.facts.shares(&key(who)), &[]);
    let to = scene.anybody();
    // Now and then into the vault where locks are.
    let (to, wallet): (&str, Pubkey) = if scene.rng.percent(20) {
        ("the index", scene.facts.key)
    } else {
        (to, key(to))
    };
    let index = &scene.facts.index;
    let accounts = vec![
        AccountMeta::new(share_account(index, &key(who)), false),
        AccountMeta::new_readonly(index.mint, false),
        AccountMeta::new(share_account(index, &wallet), false),
        AccountMeta::new_readonly(key(who), true),
    ];
    let made = token_call(12, atoms, accounts, true);
    call(
        format!("{who} sends {atoms} index shares to {to}"),
        made,
        &[who],
    )
}

fn burn(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let atoms = chance::edge(&mut scene.rng, scene.facts.shares(&key(who)), &[]);
    let index = &scene.facts.index;
    let accounts = vec![
        AccountMeta::new(share_account(index, &key(who)), false),
        AccountMeta::new(index.mint, false),
        AccountMeta::new_readonly(key(who), true),
    ];
    let made = token_call(8, atoms, accounts, false);
    call(format!("{who} burns {atoms} index shares"), made, &[who])
}
