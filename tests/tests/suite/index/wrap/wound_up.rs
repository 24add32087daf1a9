//! The index's shares of a person who was wound up.

use {
    super::*,
    upside_sdk::{Atoms, address::find_claim, instruction as token_ix},
    upside_tests::cases::index::launched,
};

#[test]
fn shares_of_a_person_who_was_wound_up_become_cash() {
    let mut pool = with_wound_up();
    let (held, cash) = (slot(&mut pool, 0).counter, slot(&mut pool, 2).counter);
    let token = pool.token("p0").data;
    let paid = token.share_out(held, 0).unwrap().paid[0];
    assert!(paid > 0);
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    pool.send(&redeem, &[]).succeeded();
    assert_eq!(slot(&mut pool, 0).counter, 0);
    assert_eq!(slot(&mut pool, 2).counter, cash + paid);
    pool.check_books();
    refused(&mut pool, &redeem, &[], IndexError::NothingToWrap);
}

/// Other holders of the person would keep what comes in later.
#[test]
fn nothing_is_redeemed_while_more_may_come_in() {
    let mut pool = launched();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    refused(&mut pool, &redeem, &[], IndexError::NotWoundUp);

    // A claim that is open.
    let mut pool = launched();
    pool.pay_revenue("p0", 100 * ONE);
    pool.world.pass(40 * DAY);
    pool.harvest_all();
    wind_up(&mut pool, "p0", 1_000 * ONE);
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    refused(&mut pool, &redeem, &[], IndexError::ClaimsOpen);

    // An endowment.
    let mut pool = launched();
    let (token, quote) = (pool.token("p0"), pool.world.quote);
    let endow = token_ix::deposit_endowment(&token, &key("p0"), &quote, Atoms(5 * ONE)).unwrap();
    pool.send(&endow, &["p0"]).succeeded();
    wind_up(&mut pool, "p0", 1_000 * ONE);
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    refused(&mut pool, &redeem, &[], IndexError::ClaimsOpen);
    pool.world.pass(365 * DAY);
    let join = token_ix::join_endowment(&token.key, &key("carol"), 0);
    pool.send(&join, &["carol"]).succeeded();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    pool.send(&redeem, &[]).succeeded();

    // A gift to the vault that nobody booked.
    let mut pool = with_wound_up();
    let vault = pool.token("p0").data.assets[0].vault;
    let from = find_associated(&key("bob"), &pool.world.quote, &TOKEN_PROGRAM).0;
    let give = super::super::support::send_atoms(from, vault, "bob", ONE);
    pool.send(&give, &["bob"]).succeeded();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    refused(&mut pool, &redeem, &[], IndexError::ClaimsOpen);
}

#[test]
fn an_asset_without_a_slot_is_added_by_the_curator_first() {
    let mut pool = launched();
    let mint = key("reserve mint");
    pool.world.add_mint(
        mint,
        TOKEN_PROGRAM,
        upside_tests::world::mint_bytes(u64::MAX),
    );
    pool.world.give(&key("p0"), &mint, 1_000 * ONE);
    let (token, authority) = (pool.token("p0"), Some(key("mint authority")));
    let list = token_ix::add_asset(
        &token,
        &pool.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        false,
    );
    pool.send(&list, &["p0"]).succeeded();
    let token = pool.token("p0");
    let give = token_ix::deposit_reserve(&token, &key("p0"), &mint, Atoms(500 * ONE)).unwrap();
    pool.send(&give, &["p0"]).succeeded();
    wind_up(&mut pool, "p0", 1_000 * ONE);
    let constituent = slot(&mut pool, 0);
    let holder = pool
        .world
        .get::<upside_sdk::state::Holder>(&constituent.custody);
    let (index, payer, token) = (pool.index(), pool.payer(), pool.token("p0"));
    let known = ix::redeem_wound_up(&index, &payer, 0, &token, &holder.data);
    assert!(known.is_err());

    let add = ix::add_mint(&index, &payer, &mint, &TOKEN_PROGRAM, authority, false);
    pool.send(&add, &["curator"]).succeeded();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    pool.send(&redeem, &[]).succeeded();
    assert!(slot(&mut pool, 3).counter > 0);
    pool.check_books();
}

#[test]
fn the_program_too_refuses_an_asset_without_a_slot() {
    let mut pool = with_estate();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    pool.send(&redeem, &[]).succeeded();
    let collect = collect_ix(&mut pool);
    // The curator took the empty slot away.
    let remove = ix::remove_constituent(&pool.index(), 3);
    pool.send(&remove, &["curator"]).succeeded();
    refused(&mut pool, &collect, &[], IndexError::NoSlotForAsset);
}

#[test]
fn custody_that_is_shared_out_is_collected_by_a_receipt() {
    let mut pool = with_receipt();
    let claim = find_claim(&token_of("p0"), 0).0;
    let held = pool
        .world
        .get::<upside_sdk::state::Claim>(&claim)
        .data
        .held()
        .unwrap();
    let collect = collect_ix(&mut pool);
    pool.send(&collect, &[]).succeeded();
    let got = slot(&mut pool, 3).counter;
    assert!(got > 0 && got < held);
    pool.check_books();
    // It was the only estate: the receipt is closed.
    assert!(pool.send(&collect, &[]).error.is_some());
}

#[test]
fn dividends_are_harvested_before_the_slot_is_empty() {
    let mut pool = launched();
    pool.pay_revenue("p0", 1_000 * ONE);
    let claim = find_claim(&token_of("p0"), 0).0;
    let _ = claim;
    wind_up(&mut pool, "p0", 1_000 * ONE);
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    refused(&mut pool, &redeem, &[], IndexError::DividendsDue);
}
