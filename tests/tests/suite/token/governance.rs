//! Creation, roles, ownership, pause, metadata.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::{TOKEN_2022_PROGRAM, find_associated},
        fetch, instruction as ix,
        state::{Admission, CreateTokenArgs, NameTexts, TermsInput},
    },
    upside_tests::{
        engine::Engine,
        people::person,
        terms::{round_terms, token_args},
        world::{ONE, World},
    },
};

fn refused_creation(change: impl FnOnce(&mut CreateTokenArgs), expected: TokenError) {
    let mut world = World::empty(Engine::lite());
    let mut args = token_args();
    change(&mut args);
    let create = world.create_token(args);
    world.send(&create, &[&person("founder")]).refused(expected);
}

fn refused_terms(change: impl FnOnce(&mut TermsInput)) {
    refused_creation(|args| change(&mut args.terms), TokenError::InvalidTerms);
}

#[test]
fn creation_refuses_terms_out_of_range() {
    refused_terms(|terms| terms.supply_cap = 0);
    refused_terms(|terms| terms.cash_out_tax_bps = 5_001);
    refused_terms(|terms| terms.royalty_bps = 5_001);
    refused_terms(|terms| terms.reserve_bps = 10_001);
    refused_terms(|terms| terms.poll_threshold_bps = 5_000);
    refused_terms(|terms| terms.poll_threshold_bps = 10_001);
    refused_terms(|terms| terms.drip_seconds = 30 * 86_400 + 1);
    refused_terms(|terms| terms.drip_seconds = 86_399);
    refused_terms(|terms| terms.drip_seconds = 0);
    refused_terms(|terms| terms.notice_seconds = 86_399);
    refused_terms(|terms| terms.notice_seconds = u32::MAX);
    refused_terms(|terms| terms.inactivity_seconds = 90 * 86_400 - 1);
    refused_creation(
        |args| args.admission = Admission::Credential,
        TokenError::InvalidPolicy,
    );
}

#[test]
fn creation_refuses_names_that_cannot_be_shown() {
    let long = "x".repeat(65);
    for name in [
        "",
        " ",
        " Ada",
        "Ada\n",
        "Ada\u{202E}",
        "A\u{200B}da",
        "A\u{200C}da",
        "Ada\u{FE0F}",
        "\u{3164}",
        "\u{2800}",
        "\u{0}",
        &long,
    ] {
        refused_creation(|args| args.name = name.into(), TokenError::InvalidText);
    }
    refused_creation(
        |args| args.symbol = "THIRTEENCHARS".into(),
        TokenError::InvalidText,
    );
    refused_creation(|args| args.uri = "u".repeat(201), TokenError::InvalidText);
}

/// Persian and Sinhala names, and one with a picture.
#[test]
fn names_that_need_joiners_are_taken() {
    for name in [
        "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
        "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
        "Ada \u{1f469}\u{200d}\u{1f680}",
    ] {
        let mut world = World::empty(Engine::lite());
        let mut args = token_args();
        args.name = name.into();
        let create = world.create_token(args);
        world.send(&create, &[&person("founder")]).ok();
    }
}

#[test]
fn a_creator_has_one_token() {
    let mut world = World::new();
    let again = world.create_token(token_args());
    world
        .send(&again, &[&person("founder")])
        .refused(TokenError::AlreadyExists);
}

#[test]
fn creation_survives_funded_addresses() {
    let mut world = World::empty(Engine::lite());
    let create = world.create_token(token_args());
    for place in [2, 3] {
        let key = create.accounts[place].pubkey;
        let account = solana_account::Account {
            lamports: 1,
            ..Default::default()
        };
        world.engine.set_account(key, account);
    }
    world.send(&create, &[&person("founder")]).ok();
    let mint = world.token().data.mint;
    let name = fetch::metadata(&world.engine.account(&mint).unwrap().data).unwrap();
    assert_eq!(
        (name.name.as_str(), name.symbol.as_str()),
        ("Ada Lovelace", "ADA")
    );
}

#[test]
fn the_share_mint_is_nobodys_to_freeze() {
    let mut world = World::new();
    let token = world.token();
    let mint = world.engine.account(&token.data.mint).unwrap();
    assert_eq!(mint.owner, TOKEN_2022_PROGRAM);
    assert_eq!(&mint.data[4..36], token.key.as_ref(), "the token mints");
    assert_eq!(&mint.data[46..50], &[0; 4], "nobody freezes");
    assert_eq!(mint.data[44], 6);
    let share_custody = find_associated(&token.key, &token.data.mint, &TOKEN_2022_PROGRAM).0;
    assert_eq!(token.data.share_custody, share_custody);
}

#[test]
fn only_the_owner_governs() {
    let mut world = World::new();
    world.open_holder("bob");
    let bob = person("bob");
    let mut token = world.token();
    token.data.owner = bob.pubkey();
    let key = bob.pubkey();
    for instruction in [
        ix::set_roles(&token, &key, &key),
        ix::set_bearer_cap(&token, Shares(0)),
        ix::propose_owner(&token, &key),
        ix::unpause(&token),
        ix::set_venue(&token, &key, true),
        ix::issue(&token, &key, Shares(ONE), upside_sdk::Atoms(0)),
    ] {
        world
            .send(&instruction, &[&bob])
            .refused(TokenError::NotOwner);
    }
    world
        .send(&ix::pause(&token, &key), &[&bob])
        .refused(TokenError::NotGuardian);
}

#[test]
fn a_token_without_guardian_is_not_paused_by_nobody() {
    let mut world = World::with(|args| args.guardian = Pubkey::default());
    let pause = ix::pause(&world.token(), &person("guardian").pubkey());
    world
        .send(&pause, &[&person("guardian")])
        .refused(TokenError::NotGuardian);
}

#[test]
fn pause_stops_new_money_and_nothing_else() {
    let mut world = World::new();
    world.issue("bob", 100 * ONE);
    world.open_round(round_terms());
    // A hundredth a share, well below the round's price.
    world.give_reserve(ONE);
    world.open_holder("carol");
    let founder = person("founder");
    let token = world.token();
    world
        .send(
            &ix::pause(&token, &person("guardian").pubkey()),
            &[&person("guardian")],
        )
        .ok();
    world
        .send(&ix::pause(&token, &founder.pubkey()), &[&founder])
        .refused(TokenError::Paused);

    let contribute = world.contribute_ix(0, "carol", 5 * ONE);
    world
        .send(&contribute, &[&person("carol")])
        .refused(TokenError::Paused);
    let payer = world.payer.pubkey();
    let open = ix::open_round(&world.token(), &payer, round_terms());
    world.send(&open, &[&founder]).refused(TokenError::Paused);
    let issue = ix::issue(
        &token,
        &person("bob").pubkey(),
        Shares(ONE),
        upside_sdk::Atoms(0),
    );
    world.send(&issue, &[&founder]).refused(TokenError::Paused);

    let (bob, carol) = (person("bob"), person("carol"));
    world.pay_revenue(ONE);
    world.pass(86_400);
    let quote = world.quote;
    let claim = ix::collect_dividend(&world.token(), &bob.pubkey(), &quote).unwrap();
    world.send(&claim, &[&bob]).ok();
    let send = ix::transfer_shares(
        &token.key,
        &bob.pubkey(),
        &carol.pubkey(),
        Shares(ONE),
        None,
    );
    world.send(&send, &[&bob]).ok();
    let args = upside_tests::cases::redeem_args(ONE);
    let redeem = ix::redeem(&world.token(), &bob.pubkey(), args).unwrap();
    world.send(&redeem, &[&bob]).ok();

    let unpause = ix::unpause(&world.token());
    world.send(&unpause, &[&founder]).ok();
    world
        .send(&unpause, &[&founder])
        .refused(TokenError::NotPaused);
    world.contribute(0, "carol", 5 * ONE);
}

#[test]
fn ownership_moves_in_two_steps() {
    let mut world = World::new();
    world.issue("founder", 70 * ONE);
    world.issue("bob", 30 * ONE);
    let bob = person("bob");
    assert_eq!(world.token().data.eligible(), Ok(30 * ONE));
    let accept = ix::accept_ownership(&world.token(), &bob.pubkey());
    world
        .send(&accept, &[&bob])
        .refused(TokenError::NotPendingOwner);
    let propose = ix::propose_owner(&world.token(), &bob.pubkey());
    world.send(&propose, &[&person("founder")]).ok();
    world.send(&accept, &[&bob]).ok();

    let token = world.token().data;
    assert_eq!(token.owner, bob.pubkey());
    assert_eq!(token.eligible(), Ok(70 * ONE));
    world.check_books(&["founder", "bob"]);
    // The previous owner is out.
    let issue = ix::set_bearer_cap(&world.token(), Shares(1));
    let mut old = issue.clone();
    old.accounts[0].pubkey = person("founder").pubkey();
    world
        .send(&old, &[&person("founder")])
        .refused(TokenError::NotOwner);
    world.send(&issue, &[&bob]).ok();
    // To a wallet that holds nothing.
    let carol = person("carol");
    let propose = ix::propose_owner(&world.token(), &carol.pubkey());
    world.send(&propose, &[&bob]).ok();
    let accept = ix::accept_ownership(&world.token(), &carol.pubkey());
    world.send(&accept, &[&carol]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn metadata_changes_and_refuses_nothing_or_nonsense() {
    let mut world = World::new();
    let founder = person("founder");
    let (token, payer) = (world.token(), world.payer.pubkey());
    let update = |texts| {
        let announce = ix::announce_name(&token, &payer, texts);
        [announce, ix::apply_name(&token, &payer)]
    };
    // No text at all cancels what was announced, and nothing was.
    world
        .send_all(&update(NameTexts::default()), &[&founder])
        .refused(TokenError::NothingToApply);
    for symbol in ["", " ", "A\tB"] {
        let bad = NameTexts {
            symbol: Some(symbol.into()),
            ..Default::default()
        };
        world
            .send_all(&update(bad), &[&founder])
            .refused(TokenError::InvalidText);
    }
    for name in [
        "A",
        "Ada Lovelace, first programmer of the Analytical Engine, 1843",
        "Ada",
    ] {
        let texts = NameTexts {
            name: Some(name.into()),
            ..Default::default()
        };
        world.send_all(&update(texts), &[&founder]).ok();
        let mint = world.engine.account(&token.data.mint).unwrap();
        assert_eq!(fetch::metadata(&mint.data).unwrap().name, name);
    }
}
