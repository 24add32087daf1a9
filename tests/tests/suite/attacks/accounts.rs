//! Addresses that somebody tampers with before, while and after they are used.

use {
    super::{key, redeem},
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::{
            SYSTEM_PROGRAM, TOKEN_PROGRAM, find_associated, find_holder, seeds as token_seeds,
        },
        index::{IndexError, find_basket, instruction as index_ix, seeds as index_seeds},
        instruction as ix,
        state::PROGRAM_ID,
        state::TransferPolicy,
    },
    upside_tests::{
        cases::{approval, escrowed, index::launched, with_reserve},
        people::person,
        pool::INDEX_ONE,
        world::{DAY, NEVER, ONE, World, mint_bytes, minter},
    },
};

/// Every address that the seeds make with a bump below the highest one that does.
fn lower_bumps(seeds: &[&[u8]], program: &Pubkey) -> Vec<Pubkey> {
    let (_, highest) = Pubkey::find_program_address(seeds, program);
    (0..highest)
        .filter_map(|bump| {
            let bump = [bump];
            let seeds = [seeds, &[&bump]].concat();
            Pubkey::create_program_address(&seeds, program).ok()
        })
        .collect()
}

#[test]
fn a_lower_bump_makes_no_second_account() {
    let mut world = World::new();
    let (payer, token, bob) = (world.payer.pubkey(), world.token, key("bob"));
    let seeds = token_seeds::holder(&token, &bob);
    let address = Pubkey::find_program_address(&seeds, &PROGRAM_ID);
    assert_eq!(address, find_holder(&token, &bob));
    let open = ix::open_holder(&token, &payer, &bob, &bob);
    let place = open
        .accounts
        .iter()
        .position(|meta| meta.pubkey == address.0);
    for other in lower_bumps(&seeds, &PROGRAM_ID) {
        let mut second = open.clone();
        second.accounts[place.unwrap()].pubkey = other;
        world
            .send(&second, &[&person("bob")])
            .refused(TokenError::WrongAccount);
    }

    let mut pool = launched();
    let nonce = 7u64.to_le_bytes();
    let seeds = index_seeds::basket(&pool.index, &bob, &nonce);
    let program = upside_sdk::index::PROGRAM_ID;
    let address = Pubkey::find_program_address(&seeds, &program);
    assert_eq!(address, find_basket(&pool.index, &bob, 7));
    let open = index_ix::open_basket(&pool.index, &bob, 7, INDEX_ONE, NEVER);
    let place = open
        .accounts
        .iter()
        .position(|meta| meta.pubkey == address.0);
    for other in lower_bumps(&seeds, &program) {
        let mut second = open.clone();
        second.accounts[place.unwrap()].pubkey = other;
        pool.send(&second, &["bob"])
            .refused(IndexError::WrongAccount);
    }
}

/// Lamports from a wallet to any address.
fn send_lamports(from: &Pubkey, to: &Pubkey, lamports: u64) -> Instruction {
    let data = [&[2, 0, 0, 0][..], &lamports.to_le_bytes()].concat();
    let accounts = vec![AccountMeta::new(*from, true), AccountMeta::new(*to, false)];
    Instruction {
        program_id: SYSTEM_PROGRAM,
        accounts,
        data,
    }
}

#[test]
fn a_contribution_kept_alive_is_paid_back_once() {
    let mut world = escrowed();
    let bob = person("bob");
    let cash = world.cash("bob");
    let contribution = world.contribution(0, "bob");
    let leave = ix::leave_round(&world.token(), &contribution);
    let revive = send_lamports(&key("bob"), &contribution.key, 100_000_000);
    let calls = [leave.clone(), revive.clone(), leave.clone()];
    world
        .send_all(&calls, &[&bob])
        .named_failure("leaving twice in one transaction");
    assert_eq!(world.cash("bob"), cash);

    world.send_all(&[leave.clone(), revive], &[&bob]).ok();
    assert_eq!(world.cash("bob"), cash + 12_000 * ONE);
    world
        .send(&leave, &[&bob])
        .named_failure("leaving again with what was kept alive");
    // The address can be used again, and holds what it was given this time alone.
    world.contribute(0, "bob", 500 * ONE);
    world.send(&leave, &[&bob]).ok();
    assert_eq!(world.cash("bob"), cash + 12_000 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_vault_that_a_stranger_made_and_filled_is_listed_with_nothing() {
    let mut world = World::new();
    world.issue("bob", ONE);
    let (mint, token) = (key("another mint"), world.token);
    world.add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    world.give(&key("founder"), &mint, 1_000 * ONE);
    let payer = world.payer.pubkey();
    let create = ix::create_associated(&payer, &token, &mint, &TOKEN_PROGRAM);
    world.send(&create, &[]).ok();
    world.give(&token, &mint, 77 * ONE);
    let list = ix::add_asset(
        &world.token(),
        &payer,
        &mint,
        &TOKEN_PROGRAM,
        minter(),
        true,
    );
    world.send(&list, &[&person("founder")]).ok();
    let asset = world.token().data.assets[1];
    assert_eq!(
        asset.vault,
        find_associated(&token, &mint, &TOKEN_PROGRAM).0
    );
    assert_eq!(asset.booked(), Ok(0), "counters decide, never balances");
    let give = ix::deposit_reserve(&world.token(), &key("founder"), &mint, Atoms(ONE)).unwrap();
    world.send(&give, &[&person("founder")]).ok();
    assert_eq!(world.token().data.assets[1].reserve, ONE);
}

#[test]
fn an_approval_of_a_former_owner_ends_by_the_new_ones_word() {
    let mut world = World::with(|args| args.transfer_policy = TransferPolicy::Approved);
    world.issue("bob", 10 * ONE);
    world.open_holder("carol");
    let approve = upside_tests::cases::approve(&mut world, 5 * ONE);
    world.send(&approve, &[&person("founder")]).ok();
    let propose = ix::propose_owner(&world.token(), &key("mallory"));
    world.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&world.token(), &key("mallory"));
    world.send(&accept, &[&person("mallory")]).ok();
    let approval = approval(&mut world);
    let mut revoke = ix::revoke_approval(&world.token(), &approval);
    world.send(&revoke, &[&person("mallory")]).ok();
    for meta in &mut revoke.accounts {
        if meta.pubkey == key("mallory") {
            meta.pubkey = key("founder");
        }
    }
    world
        .send(&revoke, &[&person("founder")])
        .named_failure("the former owner");
    let (from, to) = (key("bob"), key("carol"));
    let send = ix::transfer_shares(
        &world.token,
        &from,
        &to,
        upside_sdk::Shares(ONE),
        Some(&approval),
    );
    world
        .send(&send, &[&person("bob")])
        .named_failure("an approval that was revoked");
}

#[test]
fn an_asset_list_full_of_dead_mints_closes_no_exit() {
    let mut world = with_reserve(7);
    let token = world.token();
    // Every mint but the quote mint is frozen by its issuer.
    for asset in &token.data.assets[1..] {
        let mut vault = world.engine.account(&asset.vault).unwrap();
        vault.data[108] = 2;
        world.engine.set_account(asset.vault, vault);
    }
    let args = upside_sdk::state::RedeemArgs {
        forgone: 0b1111_1110,
        ..upside_tests::cases::redeem_args(ONE)
    };
    let alone = ix::redeem(&token, &key("bob"), args).unwrap();
    world.send(&alone, &[&person("bob")]).ok();
    world.pass(DAY);
    let quote = token.data.assets[0];
    assert!(world.token().data.assets[0].reserve < quote.reserve);
    assert_eq!(world.token().data.assets[1], token.data.assets[1]);
    // Once they thaw, everything is there again.
    for asset in &token.data.assets[1..] {
        let mut vault = world.engine.account(&asset.vault).unwrap();
        vault.data[108] = 1;
        world.engine.set_account(asset.vault, vault);
    }
    assert!(redeem(&mut world, "bob", ONE) > 0);
}
