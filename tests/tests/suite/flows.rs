//! A token's life on both runtimes: LiteSVM with mainnet's features and
//! solana-program-test with all.

use {
    solana_signer::Signer,
    upside_sdk::{Pubkey, Shares, address::find_round, instruction as ix, quote, state::ExitArgs},
    upside_tests::{
        cases::redeem_args,
        engine::Engine,
        people::person,
        terms::{equity_terms, escrow_terms},
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn life(engine: Engine) {
    let mut world = World::on(engine, |args| args.terms.floor = 500 * ONE);
    let people = ["founder", "bob", "carol", "mallory"];
    world.issue("founder", 800_000 * ONE);
    world.open_round(escrow_terms());
    for (name, payment) in [("bob", 8_000), ("carol", 3_000), ("mallory", 1_000)] {
        world.contribute(0, name, payment * ONE);
    }
    world.check_books(&people);

    world.pass(11 * DAY);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("bob"));
    world.send(&close, &[&person("bob")]).ok();
    for name in ["bob", "carol", "mallory"] {
        let contribution = world.contribution(0, name);
        let claim = ix::collect_contribution(&world.token, &contribution);
        world.send(&claim, &[]).ok();
    }
    let settle = ix::settle_round(&world.token(), &round);
    world.send(&settle, &[]).ok();
    assert_eq!(world.token().data.quote().reserve, 3_600 * ONE);
    world.check_books(&people);

    world.pay_revenue(1_000 * ONE);
    let equity = world.declare(equity_terms());
    let args = ExitArgs {
        units: 1_000,
        received: 11_500 * ONE,
    };
    let exit = world.exit_ix(equity, "founder", args);
    world.send(&exit, &[&person("founder")]).ok();
    world.pass(8 * DAY);
    let mint = world.quote;
    for name in people {
        let (token, holder) = (world.token().data, world.holder(name).data);
        let quoted = quote::dividend(&token, &holder, 0, world.now()).unwrap();
        let before = world.cash(name);
        let claim = ix::collect_dividend(&world.token(), &key(name), &mint).unwrap();
        world.send(&claim, &[&person(name)]).ok();
        assert_eq!(
            world.cash(name) - before,
            quoted.collectable.0,
            "{name}'s dividend"
        );
    }
    world.check_books(&people);
    // Fractions of atoms stay in the stream, never more than one per holder.
    assert!(world.token().data.quote().payouts <= 4);

    let token = world.token().data;
    let quoted = quote::redemption(&token, Shares(token.supply), Shares(50_000 * ONE), 0).unwrap();
    let before = world.cash("bob");
    let redeem = ix::redeem(&world.token(), &key("bob"), redeem_args(50_000 * ONE)).unwrap();
    world.send(&redeem, &[&person("bob")]).ok();
    assert_eq!(world.cash("bob") - before, quoted[0]);

    let gift = ix::transfer_shares(
        &world.token,
        &key("carol"),
        &key("mallory"),
        Shares(ONE),
        None,
    );
    world.send(&gift, &[&person("carol")]).ok();
    world.open_bearer("carol");
    let withdraw = ix::withdraw(&world.token(), &key("carol"), Shares(5 * ONE));
    world.send(&withdraw, &[&person("carol")]).ok();
    assert_eq!(world.bearer("carol"), 5 * ONE);
    let leave = ix::redeem_bearer(&world.token(), &key("carol"), redeem_args(5 * ONE)).unwrap();
    world.send(&leave, &[&person("carol")]).ok();
    world.check_books(&people);
}

#[test]
fn a_life_on_mainnets_features() {
    life(Engine::lite());
}

#[test]
fn a_life_with_all_features() {
    life(Engine::bank());
}

/// Nobody needs the owner to get money or shares back.
#[test]
fn a_dead_owner_holds_nothing_back() {
    let mut world = World::new();
    world.issue("founder", 100_000 * ONE);
    world.give_reserve(500 * ONE);
    world.open_round(escrow_terms());
    world.contribute(0, "bob", 12_000 * ONE);
    world.pay_revenue(100 * ONE);
    // The owner's account of the quote mint is gone for good.
    let account = upside_sdk::address::find_associated(
        &key("founder"),
        &world.quote,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    world
        .engine
        .set_account(account.0, solana_account::Account::default());
    world.pass(30 * DAY);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("bob"));
    world.send(&close, &[&person("bob")]).ok();
    let contribution = world.contribution(0, "bob");
    let claim = ix::collect_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    let settle = ix::settle_round(&world.token(), &round);
    world
        .send(&settle, &[])
        .named_failure("there is nowhere to pay the owner");
    let redeem = ix::redeem(&world.token(), &key("bob"), redeem_args(ONE)).unwrap();
    world.send(&redeem, &[&person("bob")]).ok();
    world.check_books(&["founder", "bob"]);
}
