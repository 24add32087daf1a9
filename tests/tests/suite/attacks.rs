//! What somebody might try, and what it brings them.

mod accounts;
mod limits;
mod supply;
mod time;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{TOKEN_PROGRAM, find_associated, find_contribution, find_holder, find_round},
        instruction as ix, quote,
        state::{PersonalToken, RedeemArgs},
    },
    upside_tests::{
        cases::{escrowed, redeem_args, streaming, with_bearer, with_reserve},
        people::person,
        world::{DAY, ONE, World, token_2022_transfer, token_account_bytes},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn redeem(world: &mut World, name: &str, shares: u64) -> u64 {
    let before = world.cash(name);
    let redeem = ix::redeem(&world.token(), &key(name), redeem_args(shares)).unwrap();
    world.send(&redeem, &[&person(name)]).ok();
    world.cash(name) - before
}

#[test]
fn donation_changes_nothing_until_it_is_booked() {
    let mut world = with_reserve(0);
    let (token, mint) = (world.token, world.quote);
    let quoted =
        quote::redemption(&world.token().data, Shares(100 * ONE), Shares(ONE), 0).unwrap()[0];
    world.give(&token, &mint, 900_000 * ONE);
    assert_eq!(redeem(&mut world, "bob", ONE), quoted);
    let sync = ix::book_surplus(&world.token(), &key("founder"), &mint).unwrap();
    world.send(&sync, &[&person("founder")]).ok();
    assert!(redeem(&mut world, "bob", ONE) > quoted);
}

#[test]
fn split_redemption_never_pays_more_than_one() {
    let mut whole = with_reserve(0);
    let at_once = redeem(&mut whole, "bob", 60 * ONE);
    let mut parts = with_reserve(0);
    let sum: u64 = (0..30).map(|_| redeem(&mut parts, "bob", 2 * ONE)).sum();
    assert!(sum <= at_once, "{sum} > {at_once}");
}

#[test]
fn rounding_loops_do_not_drain() {
    let mut world = streaming();
    let before = (world.vault(), world.token().data.quote().payouts);
    for _ in 0..50 {
        let there = ix::transfer_shares(&world.token, &key("bob"), &key("carol"), Shares(1), None);
        let back = ix::transfer_shares(&world.token, &key("carol"), &key("bob"), Shares(1), None);
        world
            .send_all(&[there, back], &[&person("bob"), &person("carol")])
            .ok();
    }
    assert_eq!((world.vault(), world.token().data.quote().payouts), before);
    let (token, now) = (world.token().data, world.now());
    let collectable = |holder: &upside_sdk::state::Holder| {
        quote::dividend(&token, holder, 0, now)
            .unwrap()
            .collectable
            .0
    };
    let (bob, carol) = (world.holder("bob").data, world.holder("carol").data);
    assert_eq!(
        (collectable(&bob), collectable(&carol)),
        (300 * ONE, 200 * ONE)
    );
}

#[test]
fn dust_payments_do_not_hold_a_stream_back() {
    let mut world = World::with(|args| args.terms.reserve_bps = 0);
    world.issue("bob", 100 * ONE);
    let claim = world.pay_revenue(1_000 * ONE);
    for _ in 0..7 {
        world.pass(DAY);
        world.pay_more(claim, 1);
    }
    let (token, holder) = (world.token().data, world.holder("bob").data);
    let dividend = quote::dividend(&token, &holder, 0, world.now()).unwrap();
    assert!(dividend.collectable.0 > 999 * ONE, "{dividend:?}");
}

#[test]
fn buying_just_before_a_payout_earns_next_to_nothing() {
    let mut world = World::with(|args| args.terms.reserve_bps = 0);
    world.issue("bob", ONE);
    let claim = world.pay_revenue(ONE);
    world.issue("carol", 99 * ONE);
    world.pay_more(claim, 1_000 * ONE);
    world.pass(60);
    let (token, holder) = (world.token().data, world.holder("carol").data);
    let dividend = quote::dividend(&token, &holder, 0, world.now()).unwrap();
    assert!(dividend.collectable.0 < ONE / 5, "{dividend:?}");
}

#[test]
fn an_early_claimer_takes_no_more_than_their_part() {
    let mut world = escrowed();
    world.pass(11 * DAY);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("mallory"));
    let settle = ix::settle_round(&world.token(), &round);
    world.send_all(&[close, settle], &[&person("mallory")]).ok();
    let contribution = world.contribution(0, "carol");
    let claim = ix::collect_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    // Carol has 15,000 of 925,000 shares: with bob's still uncollected.
    let reserve = world.token().data.quote().reserve;
    let paid = redeem(&mut world, "carol", 15_000 * ONE);
    assert!(paid < reserve / 925 * 15, "{paid} of {reserve}");
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn uncollected_shares_earn_from_the_close() {
    let mut world = escrowed();
    world.pass(11 * DAY);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("mallory"));
    world.send(&close, &[&person("mallory")]).ok();
    world.pay_revenue(9_250 * ONE);
    world.pass(20 * DAY);
    let contribution = world.contribution(0, "bob");
    let claim = ix::collect_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    // 7,400 streamed to 925,000 shares, 110,000 of them bob's.
    let (token, holder) = (world.token().data, world.holder("bob").data);
    let dividend = quote::dividend(&token, &holder, 0, world.now()).unwrap();
    // The index rounds down: a fraction of an atom stays in the stream.
    assert_eq!(dividend.collectable.0, 880 * ONE - 1);
}

#[test]
fn addresses_funded_by_strangers_can_still_be_made() {
    let mut world = escrowed();
    let round = find_round(&world.token, 0).0;
    let wallet = key("mallory");
    for address in [
        find_holder(&world.token, &wallet).0,
        find_contribution(&round, &wallet).0,
    ] {
        let account = solana_account::Account {
            lamports: 1,
            ..Default::default()
        };
        world.engine.set_account(address, account);
    }
    let (payer, token) = (world.payer.pubkey(), world.token);
    let open = ix::open_holder(&token, &payer, &wallet, &wallet);
    let contribute = world.contribute_ix(0, "mallory", 5 * ONE);
    world
        .send_all(&[open, contribute], &[&person("mallory")])
        .ok();
}

#[test]
fn a_seized_asset_does_not_close_the_exit() {
    let mut world = with_reserve(1);
    let asset = world.token().data.assets[1];
    let token = world.token;
    // The issuer takes 300 of 500 away.
    world.put(
        asset.vault,
        TOKEN_PROGRAM,
        token_account_bytes(&asset.mint, &token, 200 * ONE),
    );
    let all = ix::redeem(&world.token(), &key("bob"), redeem_args(60 * ONE)).unwrap();
    world
        .send(&all, &[&person("bob")])
        .refused(TokenError::VaultShort);
    let sync = ix::book_loss(&world.token(), &asset.mint).unwrap();
    world.send(&sync, &[]).ok();
    assert_eq!(world.token().data.assets[1].reserve, 200 * ONE);
    world.send(&all, &[&person("bob")]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_frozen_vault_can_be_forgone() {
    let mut world = with_reserve(1);
    let asset = world.token().data.assets[1];
    let token = world.token;
    let mut frozen = token_account_bytes(&asset.mint, &token, 500 * ONE);
    frozen[108] = 2;
    world.put(asset.vault, TOKEN_PROGRAM, frozen);
    let all = ix::redeem(&world.token(), &key("bob"), redeem_args(ONE)).unwrap();
    assert_eq!(
        world.send(&all, &[&person("bob")]).code(),
        Some(17),
        "frozen"
    );
    let args = RedeemArgs {
        forgone: 2,
        ..redeem_args(ONE)
    };
    let without = ix::redeem(&world.token(), &key("bob"), args).unwrap();
    world.send(&without, &[&person("bob")]).ok();
}

#[test]
fn a_destination_of_somebody_else_is_refused() {
    let mut world = with_reserve(0);
    let mut theft = ix::redeem(&world.token(), &key("bob"), redeem_args(ONE)).unwrap();
    let last = theft.accounts.len() - 1;
    theft.accounts[last].pubkey = find_associated(&key("mallory"), &world.quote, &TOKEN_PROGRAM).0;
    world
        .send(&theft, &[&person("bob")])
        .refused(TokenError::WrongTokenAccount);
}

#[test]
fn strangers_dust_in_the_share_custody_does_not_bind_the_last_holder() {
    let mut world = with_bearer();
    world.give_reserve(1_000 * ONE);
    let stray = token_2022_transfer(&mut world, "bob", 40 * ONE);
    world.send(&stray, &[&person("bob")]).ok();
    let sync = ix::sync_share_custody(&world.token());
    world.send(&sync, &[]).ok();
    assert_eq!(world.token().data.supply, 60 * ONE);
    assert_eq!(
        redeem(&mut world, "bob", 60 * ONE),
        1_000 * ONE,
        "the last holder gets all"
    );
    assert_eq!(world.token().data.supply, 0);
    // And a token without shares can begin again.
    world.issue("carol", ONE);
    assert_eq!(world.token().data.supply, ONE);
}

#[test]
fn bearers_who_burn_past_the_program_raise_the_others() {
    let mut world = with_bearer();
    world.give_reserve(1_000 * ONE);
    let token: PersonalToken = world.token().data;
    let mut burn = token_2022_transfer(&mut world, "bob", 40 * ONE);
    burn.data = [vec![8], (40 * ONE).to_le_bytes().to_vec()].concat();
    burn.accounts = vec![
        burn.accounts[0].clone(),
        burn.accounts[1].clone(),
        burn.accounts[3].clone(),
    ];
    burn.accounts[1].is_writable = true;
    world.send(&burn, &[&person("bob")]).ok();
    assert_eq!(world.token().data.supply, token.supply, "not seen yet");
    assert_eq!(redeem(&mut world, "bob", 60 * ONE), 1_000 * ONE);
}

#[test]
fn shares_of_another_token_are_strangers() {
    let mut world = World::new();
    world.issue("bob", ONE);
    let mut foreign = world.holder("bob");
    foreign.data.token = Pubkey::new_unique();
    let copy = Pubkey::new_unique();
    let discriminator = world.engine.account(&foreign.key).unwrap().data[..8].to_vec();
    let body = bytemuck::bytes_of(&foreign.data);
    world.put(
        copy,
        upside_sdk::state::PROGRAM_ID,
        [&discriminator, body].concat(),
    );
    let mut give = ix::transfer_shares(&world.token, &key("bob"), &key("carol"), Shares(1), None);
    world.open_holder("carol");
    give.accounts[2].pubkey = copy;
    world
        .send(&give, &[&person("bob")])
        .refused(TokenError::WrongToken);
}

#[test]
fn numbers_outside_every_domain_are_refused() {
    // More shares redeemed than exist is stopped by the holder's balance; the
    // arithmetic says the same.
    let mut world = with_reserve(0);
    let token = world.token().data;
    let error = quote::redemption(&token, Shares(ONE), Shares(2 * ONE), 0).unwrap_err();
    assert_eq!(error.to_string(), TokenError::MathDomain.to_string());
    let none = ix::issue(
        &world.token(),
        &key("bob"),
        Shares(u64::MAX),
        Atoms(u64::MAX),
    );
    world
        .send(&none, &[&person("founder")])
        .refused(TokenError::Overflow);
}
