//! Listing, the mint policy, reserve deposits, sync.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        event::TokenEvent,
        instruction as ix,
    },
    upside_tests::{
        people::person,
        terms::revenue_terms,
        world::{ONE, World, mint_bytes, minter},
    },
};

/// A Token-2022 mint with extensions, given as number and value.
fn extended(extensions: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut data = mint_bytes(u64::MAX);
    data.resize(165, 0);
    data.push(1);
    for (number, value) in extensions {
        data.extend_from_slice(&number.to_le_bytes());
        data.extend_from_slice(&u16::try_from(value.len()).unwrap().to_le_bytes());
        data.extend_from_slice(value);
    }
    data
}

fn list(world: &mut World, data: Vec<u8>) -> upside_tests::engine::Outcome {
    let mint = person("foreign mint").pubkey();
    world.add_mint(mint, TOKEN_2022_PROGRAM, data);
    let token = world.token();
    let payer = world.payer.pubkey();
    let list = ix::add_asset(&token, &payer, &mint, &TOKEN_2022_PROGRAM, minter(), false);
    world.send(&list, &[&person("founder")])
}

const TRANSFER_FEE: u16 = 1;
const MINT_CLOSE_AUTHORITY: u16 = 3;
const CONFIDENTIAL_TRANSFER: u16 = 4;
const DEFAULT_STATE: u16 = 6;
const CONFIDENTIAL_TRANSFER_FEE: u16 = 16;
const CONFIDENTIAL_MINT_BURN: u16 = 24;
const NON_TRANSFERABLE: u16 = 9;
const INTEREST_BEARING: u16 = 10;
const PERMANENT_DELEGATE: u16 = 12;
const TRANSFER_HOOK: u16 = 14;
const METADATA_POINTER: u16 = 18;
const SCALED_UI_AMOUNT: u16 = 25;
const PAUSABLE: u16 = 26;

#[test]
fn mints_that_take_fees_run_hooks_or_do_not_move_are_refused() {
    let hook = [[0; 32], [7; 32]].concat();
    for extension in [
        (TRANSFER_FEE, vec![0; 108]),
        (MINT_CLOSE_AUTHORITY, vec![0; 32]),
        (CONFIDENTIAL_TRANSFER_FEE, vec![0; 129]),
        (CONFIDENTIAL_MINT_BURN, vec![0; 196]),
        (NON_TRANSFERABLE, vec![]),
        (INTEREST_BEARING, vec![0; 52]),
        (TRANSFER_HOOK, hook),
        (DEFAULT_STATE, vec![2]),
        (500, vec![1]),
    ] {
        let mut world = World::new();
        list(&mut world, extended(&[extension])).refused(TokenError::UnsupportedMint);
        assert_eq!(world.token().data.asset_count, 1);
    }
}

#[test]
fn mints_whose_issuer_can_seize_are_listed_and_flagged() {
    for (extension, seizable) in [
        ((METADATA_POINTER, vec![0; 64]), false),
        ((CONFIDENTIAL_TRANSFER, vec![0; 65]), true),
        ((PERMANENT_DELEGATE, vec![9; 32]), true),
        ((TRANSFER_HOOK, vec![0; 64]), true),
        ((DEFAULT_STATE, vec![1]), true),
        ((SCALED_UI_AMOUNT, vec![0; 56]), true),
        ((PAUSABLE, vec![0; 33]), true),
    ] {
        let mut world = World::new();
        list(&mut world, extended(std::slice::from_ref(&extension))).ok();
        let asset = world.token().data.assets[1];
        assert_eq!(asset.is_seizable(), seizable, "extension {}", extension.0);
        assert_eq!(asset.is_pausable(), extension.0 == PAUSABLE);
        assert!(!asset.is_freezable());
    }
}

/// The extensions that tokenized stocks carry together, with eight decimals.
#[test]
fn tokenized_stocks_are_listed_and_flagged() {
    let stock = extended(&[
        (METADATA_POINTER, vec![0; 64]),
        (PERMANENT_DELEGATE, vec![9; 32]),
        (
            SCALED_UI_AMOUNT,
            [
                vec![9; 32],
                1f64.to_le_bytes().to_vec(),
                vec![0; 8],
                1f64.to_le_bytes().to_vec(),
            ]
            .concat(),
        ),
        (PAUSABLE, vec![0; 33]),
        (DEFAULT_STATE, vec![1]),
        (TRANSFER_HOOK, [[9; 32], [0; 32]].concat()),
        (CONFIDENTIAL_TRANSFER, vec![0; 65]),
    ]);
    let mut world = World::new();
    list(&mut world, stock).ok();
    let asset = world.token().data.assets[1];
    assert!(asset.is_seizable() && asset.is_pausable());
}

#[test]
fn mints_whose_issuer_can_freeze_are_flagged() {
    // As USDC has it: a classic mint; and one of Token-2022.
    let mut classic = mint_bytes(1);
    classic[46] = 1;
    let mut modern = extended(&[(METADATA_POINTER, vec![0; 64])]);
    modern[46] = 1;
    for (program, data) in [(TOKEN_PROGRAM, classic), (TOKEN_2022_PROGRAM, modern)] {
        let mut world = World::new();
        let (mint, payer) = (person("foreign mint").pubkey(), world.payer.pubkey());
        world.add_mint(mint, program, data);
        let list = ix::add_asset(&world.token(), &payer, &mint, &program, minter(), false);
        let events = world.send(&list, &[&person("founder")]).ok();
        let asset = world.token().data.assets[1];
        assert!(asset.is_freezable() && !asset.is_seizable() && !asset.is_pausable());
        assert!(matches!(&events[..], [TokenEvent::AssetAdded(e)]
            if (e.freezable, e.seizable, e.pausable) == (1, 0, 0)));
    }
}

#[test]
fn mints_with_fewer_than_four_decimals_are_refused() {
    let mut world = World::new();
    let (mint, payer) = (person("foreign mint").pubkey(), world.payer.pubkey());
    let mut data = mint_bytes(1);
    data[44] = 3;
    world.add_mint(mint, TOKEN_PROGRAM, data.clone());
    let list = ix::add_asset(
        &world.token(),
        &payer,
        &mint,
        &TOKEN_PROGRAM,
        minter(),
        false,
    );
    world
        .send(&list, &[&person("founder")])
        .refused(TokenError::TooFewDecimals);
    data[44] = 4;
    world.add_mint(mint, TOKEN_PROGRAM, data);
    world.send(&list, &[&person("founder")]).ok();
}

#[test]
fn what_is_no_mint_is_refused() {
    let mut world = World::new();
    list(&mut world, vec![0; 82]).refused(TokenError::WrongMint);
    let mut account = extended(&[]);
    account[165] = 2;
    list(&mut world, account).refused(TokenError::WrongMint);
    let mut cut = extended(&[(METADATA_POINTER, vec![0; 64])]);
    cut.truncate(cut.len() - 1);
    list(&mut world, cut).refused(TokenError::WrongMint);
    let mint = person("foreign mint").pubkey();
    let payer = world.payer.pubkey();
    world.add_mint(mint, upside_sdk::state::PROGRAM_ID, mint_bytes(1));
    let list = ix::add_asset(
        &world.token(),
        &payer,
        &mint,
        &TOKEN_PROGRAM,
        minter(),
        false,
    );
    world
        .send(&list, &[&person("founder")])
        .refused(TokenError::WrongTokenProgram);
}

/// Who holds shares for others has to learn of a new payout mint before money comes in it.
#[test]
fn a_new_payout_mint_waits_out_the_notice_once_others_hold_shares() {
    let mut world = World::new();
    let first = world.list("first", true);
    world.issue("bob", 100 * ONE);
    let second = world.list("second", true);
    let notice = i64::from(world.token().data.terms.notice_seconds);
    let from = world.now() + notice;
    assert_eq!(world.token().data.payouts_from, [0, 0, from, 0]);
    let pay = |world: &mut World, mint: Pubkey| {
        let claim = world.declare(revenue_terms(mint));
        let (token, claim) = (world.token(), world.claim(claim));
        let founder = person("founder");
        let pay = ix::pay_revenue(&token, &claim, &founder.pubkey(), Atoms(ONE)).unwrap();
        world.send(&pay, &[&founder])
    };
    pay(&mut world, first).ok();
    world.pass(notice - 1);
    pay(&mut world, second).refused(TokenError::NoticePending);
    world.pass(1);
    pay(&mut world, second).ok();
}

#[test]
fn the_list_refuses_doubles_its_own_mint_and_a_ninth() {
    let mut world = World::new();
    let payer = world.payer.pubkey();
    let founder = person("founder");
    let again = ix::add_asset(
        &world.token(),
        &payer,
        &world.quote,
        &TOKEN_PROGRAM,
        minter(),
        true,
    );
    world
        .send(&again, &[&founder])
        .refused(TokenError::AssetAlreadyListed);
    let own = world.token().data.mint;
    let by = Some(world.token().key);
    let list = ix::add_asset(&world.token(), &payer, &own, &TOKEN_2022_PROGRAM, by, false);
    world
        .send(&list, &[&founder])
        .refused(TokenError::CircularMint);
    // Who may mint it is proven: neither nobody nor somebody else.
    for authority in [None, minter()] {
        let token = world.token();
        let list = ix::add_asset(&token, &payer, &own, &TOKEN_2022_PROGRAM, authority, false);
        let sent = world.send(&list, &[&founder]);
        sent.refused(TokenError::WrongAccount);
    }
    for name in ["mint 1", "mint 2", "mint 3"] {
        world.list(name, true);
    }
    let add = |world: &mut World, name: &str, payout| {
        let mint = person(name).pubkey();
        world.add_mint(mint, TOKEN_PROGRAM, mint_bytes(1));
        let list = ix::add_asset(
            &world.token(),
            &payer,
            &mint,
            &TOKEN_PROGRAM,
            minter(),
            payout,
        );
        world.send(&list, &[&person("founder")])
    };
    add(&mut world, "mint 4", true).refused(TokenError::AssetListFull);
    for name in ["mint 4", "mint 5", "mint 6", "mint 7"] {
        add(&mut world, name, false).ok();
    }
    add(&mut world, "mint 8", false).refused(TokenError::AssetListFull);
}

#[test]
fn deposits_go_to_listed_mints_only() {
    let mut world = World::new();
    world.issue("bob", ONE);
    // Other mints than the quote are the owner's to give.
    let owner = person("founder");
    let mint = world.list("another mint", false);
    let give = |world: &mut World, amount| {
        ix::deposit_reserve(&world.token(), &owner.pubkey(), &mint, Atoms(amount)).unwrap()
    };
    let zero = give(&mut world, 0);
    world.send(&zero, &[&owner]).refused(TokenError::ZeroAmount);
    let more = give(&mut world, 1_000_001 * ONE);
    assert_eq!(
        world.send(&more, &[&owner]).code(),
        Some(1),
        "insufficient funds"
    );
    let some = give(&mut world, ONE);
    world.send(&some, &[&owner]).ok();
    assert_eq!(world.token().data.assets[1].reserve, ONE);
    let unlisted = Pubkey::new_unique();
    assert!(ix::deposit_reserve(&world.token(), &owner.pubkey(), &unlisted, Atoms(1)).is_err());
    let mut foreign = some.clone();
    foreign.accounts[4].pubkey = unlisted;
    world.add_mint(unlisted, TOKEN_PROGRAM, mint_bytes(1));
    world
        .send(&foreign, &[&owner])
        .refused(TokenError::AssetNotListed);
    // The wrong vault, program, or account.
    let mut vault = some.clone();
    vault.accounts[3].pubkey = world.token().data.quote().vault;
    world
        .send(&vault, &[&owner])
        .refused(TokenError::WrongAccount);
    let mut program = some;
    program.accounts[5].pubkey = TOKEN_2022_PROGRAM;
    world
        .send(&program, &[&owner])
        .refused(TokenError::WrongTokenProgram);
}

#[test]
fn sync_books_gifts_once() {
    let mut world = World::new();
    let quote = world.quote;
    world.issue("bob", ONE);
    let founder = person("founder");
    let sync = ix::book_surplus(&world.token(), &founder.pubkey(), &quote).unwrap();
    world
        .send(&sync, &[&founder])
        .refused(TokenError::NothingToSync);
    let token = world.token;
    world.give(&token, &quote, 5 * ONE);
    world.send(&sync, &[&founder]).ok();
    assert_eq!(world.token().data.quote().reserve, 5 * ONE);
    world
        .send(&sync, &[&founder])
        .refused(TokenError::NothingToSync);
    let share_custody = ix::sync_share_custody(&world.token());
    world
        .send(&share_custody, &[])
        .refused(TokenError::NothingToSync);
}
