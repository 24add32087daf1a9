//! What the shares of a token or an index are counted by, and mints that change later.

use {
    super::key,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Shares, TokenError,
        address::{TOKEN_2022_PROGRAM, find_round},
        index::instruction::share_account,
        instruction as ix,
        state::RedeemArgs,
    },
    upside_tests::{
        cases::{index::launched, redeem_args, streaming, with_bearer},
        people::person,
        pool::INDEX_ONE,
        terms::escrow_terms,
        world::{DAY, ONE, mint_bytes, minter},
    },
};

#[test]
fn what_comes_to_an_emptied_token_is_the_owners_and_nothing_that_is_owed() {
    let mut world = streaming();
    world.pass(4 * DAY);
    // Carol's escrow, bob's and carol's dividends; then everybody redeems.
    let mut terms = escrow_terms();
    terms.closes_at = world.now() + 10 * DAY;
    world.open_round(terms);
    world.contribute(0, "carol", 3_000 * ONE);
    for (name, shares) in [("bob", 60 * ONE), ("carol", 40 * ONE)] {
        let all = ix::redeem(&world.token(), &key(name), redeem_args(shares)).unwrap();
        let outcome = world.send(&all, &[&person(name)]);
        assert!(outcome.error.is_none() || world.token().data.quote().reserve == 0);
        if outcome.error.is_some() {
            world.give_reserve(10 * ONE);
            world.send(&all, &[&person(name)]).ok();
        }
    }
    assert_eq!(world.token().data.supply, 0);
    // What comes while no share exists is the owner's, and blocks no round.
    world.give_reserve(500 * ONE);
    let books = *world.token().data.quote();
    assert_eq!((books.reserve, books.endowment), (0, 500 * ONE));
    let (token, quote, cash) = (world.token(), world.quote, world.cash("founder"));
    let take = |atoms| ix::withdraw_endowment(&token, &quote, Atoms(atoms)).unwrap();
    world
        .send(&take(500 * ONE + 1), &[&person("founder")])
        .refused(TokenError::EndowmentLocked);
    world.send(&take(500 * ONE), &[&person("founder")]).ok();
    assert_eq!(world.cash("founder"), cash + 500 * ONE);
    let after = *world.token().data.quote();
    assert_eq!((after.escrow, after.payouts), (books.escrow, books.payouts));

    // Former holders get their dividends, backers their contributions.
    let (bob, quote) = (world.cash("bob"), world.quote);
    let claim = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
    world.send(&claim, &[&person("bob")]).ok();
    assert_eq!(world.cash("bob"), bob + 600 * ONE);
    world.pass(11 * DAY);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("mallory"));
    world.send(&close, &[&person("mallory")]).ok();
    let carol = world.cash("carol");
    let contribution = world.contribution(0, "carol");
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).ok();
    assert_eq!(world.cash("carol"), carol + 3_000 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn index_shares_burned_past_the_program_are_a_gift_to_those_who_stay() {
    let mut pool = launched();
    pool.contribute("bob", 10 * INDEX_ONE);
    pool.contribute("carol", 10 * INDEX_ONE);
    let index = pool.index();
    let mut burned = pool.fork();
    let (from, mint) = (share_account(&index.data, &key("bob")), index.data.mint);
    let burn = Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts: vec![
            AccountMeta::new(from, false),
            AccountMeta::new(mint, false),
            AccountMeta::new_readonly(key("bob"), true),
        ],
        data: [&[8][..], &(5 * INDEX_ONE).to_le_bytes()].concat(),
    };
    burned.send(&burn, &["bob"]).succeeded();
    let rest = burned.shares("bob");
    assert_eq!(rest + 5 * INDEX_ONE, pool.shares("bob"));
    // A smaller supply pays each share more, and the burner less for what is left.
    let mut has = Vec::new();
    for world in [&mut pool, &mut burned] {
        for name in ["carol", "bob"] {
            let all = world.shares(name);
            world.redeem(name, all);
            has.push((world.has("p0", name), world.cash(name)));
        }
        world.check_books();
    }
    let (carol, bob, carol_after, bob_after) = (has[0], has[1], has[2], has[3]);
    assert!(carol_after.0 > carol.0 && carol_after.1 > carol.1);
    assert!(bob_after.0 < bob.0 && bob_after.1 < bob.1);
}

/// A Token-2022 mint with a transfer hook's extension, and the hook's program in it.
fn hooked_mint(program: [u8; 32]) -> Vec<u8> {
    let mut data = mint_bytes(u64::MAX);
    data.resize(165, 0);
    data.push(1);
    data.extend_from_slice(&14u16.to_le_bytes());
    data.extend_from_slice(&64u16.to_le_bytes());
    data.extend_from_slice(&[7; 32]);
    data.extend_from_slice(&program);
    data
}

#[test]
fn a_hook_that_comes_alive_later_is_never_called_and_can_be_forgone() {
    let mut world = with_bearer();
    let (mint, payer) = (key("hooked mint"), world.payer.pubkey());
    world.add_mint(mint, TOKEN_2022_PROGRAM, hooked_mint([0; 32]));
    let list = ix::add_asset(
        &world.token(),
        &payer,
        &mint,
        &TOKEN_2022_PROGRAM,
        minter(),
        false,
    );
    world.send(&list, &[&person("founder")]).ok();
    let asset = world.token().data.assets[1];
    let mut vault = world.engine.account(&asset.vault).unwrap();
    vault.data[64..72].copy_from_slice(&(50 * ONE).to_le_bytes());
    world.engine.set_account(asset.vault, vault);
    let sync = ix::book_surplus(&world.token(), &key("founder"), &mint).unwrap();
    world.send(&sync, &[&person("founder")]).ok();
    assert_eq!(world.token().data.assets[1].reserve, 50 * ONE);
    world.give_reserve(100 * ONE);
    let create = ix::create_associated(&payer, &key("bob"), &mint, &TOKEN_2022_PROGRAM);
    world.send(&create, &[]).ok();

    let tame = world.fork();
    world.add_mint(mint, TOKEN_2022_PROGRAM, hooked_mint([9; 32]));
    let all = ix::redeem(&world.token(), &key("bob"), redeem_args(ONE)).unwrap();
    let bob = person("bob");
    // No hook's accounts are ever passed on, so the token program refuses.
    world
        .send(&all, &[&bob])
        .named_failure("money of a mint with a live hook");
    let give = ix::deposit_reserve(&world.token(), &key("founder"), &mint, Atoms(1)).unwrap();
    world
        .send(&give, &[&person("founder")])
        .refused(TokenError::UnsupportedMint);
    let args = RedeemArgs {
        forgone: 2,
        ..redeem_args(ONE)
    };
    let without = ix::redeem(&world.token(), &key("bob"), args).unwrap();
    world.send(&without, &[&bob]).ok();
    world.check_books(&["founder", "bob", "carol"]);
    // While it was tame it was paid.
    let mut tame = tame;
    tame.send(&all, &[&bob]).ok();
    assert!(tame.token().data.assets[1].reserve < 50 * ONE);
}

#[test]
fn what_is_brought_back_is_at_most_what_is_outside() {
    let mut world = with_bearer();
    let bob = person("bob");
    for (shares, outside) in [(40 * ONE + 1, true), (u64::MAX, true), (40 * ONE, false)] {
        let deposit = ix::deposit(&world.token(), &key("bob"), Shares(shares));
        let outcome = world.send(&deposit, &[&bob]);
        if outside {
            outcome.refused(TokenError::InsufficientShares);
        } else {
            outcome.ok();
        }
    }
    world.check_books(&["founder", "bob", "carol"]);
}
