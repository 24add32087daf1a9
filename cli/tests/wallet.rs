//! What a wallet has, what it calls others, and what it takes back at the end.

mod common;

use common::{amount, market};

#[test]
fn a_portfolio_has_everything_and_what_is_empty_is_closed() {
    let (home, [ben, _], [ben_key, cleo_key]) = market();
    home.ok(&["reserve", "deposit", "ADA", "100"]);
    let shown = home.json(&["portfolio", &ben_key]);
    let ada = &shown["tokens"][0];
    assert_eq!(
        (&ada["symbol"], amount(&ada["shares"])),
        (&"ADA".into(), "1000")
    );
    assert_eq!(amount(&ada["redeemable"][0]), "100");
    assert_eq!(
        home.json(&["portfolio", &cleo_key])["tokens"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert!(home.ok(&["-k", &ben, "portfolio"]).contains("ADA"));

    let none = home.json(&["-k", &ben, "dividend", "collect", "--all"]);
    assert_eq!(none["tokens"].as_array().unwrap().len(), 0, "{none}");
    let claim = [
        "claim", "declare", "revenue", "ADA", "R", "--share", "10", "--total", "1000",
    ];
    home.ok(&[&claim[..], &["--ends", "2y"]].concat());
    home.ok(&["revenue", "pay", "ADA", "0", "70"]);
    home.ok(&["warp", "8d"]);
    let paid = home.json(&["-k", &ben, "dividend", "collect", "--all"]);
    assert_eq!(paid["tokens"][0]["symbol"], "ADA", "{paid}");

    let sol = || -> f64 {
        let shown = home.json(&["balance", &ben_key]);
        amount(&shown["sol"]).parse().unwrap()
    };
    home.ok(&["-k", &ben, "redeem", "ADA", "ALL"]);
    let before = sol();
    let closed = home.json(&["-k", &ben, "holder", "close", "--all"]);
    assert_eq!(closed["accounts"], 1, "{closed}");
    assert!(amount(&closed["rent"]).parse::<f64>().unwrap() > 0.001);
    assert!(sol() > before - 0.001);
    let shown = home.json(&["portfolio", &ben_key]);
    assert_eq!(shown["tokens"].as_array().unwrap().len(), 0, "{shown}");
    let again = home.json(&["-k", &ben, "holder", "close", "--all"]);
    assert_eq!(again["accounts"], 0);
}

#[test]
fn a_name_of_one_s_own_stands_for_an_address() {
    let (home, [ben, _], [ben_key, cleo_key]) = market();
    home.ok(&["alias", "set", "cleo", &cleo_key]);
    home.ok(&["alias", "set", "ada", "ADA"]);
    let listed = home.json(&["alias", "list"]);
    assert_eq!(listed["aliases"]["cleo"], cleo_key.as_str());
    home.ok(&["holder", "open", "ada", "--wallet", "cleo"]);
    let moved = home.json(&["-k", &ben, "holder", "transfer", "ada", "cleo", "1"]);
    assert_eq!(moved["to"], cleo_key.as_str());
    home.ok(&["alias", "remove", "cleo"]);
    home.fails(
        &["-k", &ben, "holder", "transfer", "ADA", "cleo", "1"],
        2,
        "InvalidValue",
    );
    home.fails(&["alias", "remove", "cleo"], 2, "Usage");
    for name in ["none", "ALL", "2x", "a.b", &ben_key] {
        home.fails(&["alias", "set", name, &ben_key], 2, "InvalidValue");
    }
}

/// Somebody sent money into an account that is not the wallet's associated one.
#[test]
fn money_in_another_account_is_paid_with() {
    let (home, [ben, _], [ben_key, _]) = market();
    {
        let options = upside_localnet::Options::default();
        let programs = upside_sdk::programs();
        let chain =
            upside_localnet::EmbeddedChain::open(&home.chain(), &programs, options).unwrap();
        let own: upside_sdk::Pubkey = ben_key.parse().unwrap();
        let from = chain_account(&chain, &own, &upside_sdk::address::TOKEN_PROGRAM);
        let mut account = chain.account(&from).unwrap();
        let other = upside_sdk::Pubkey::new_unique();
        chain.set_account(&other, account.clone()).unwrap();
        account.data[64..72].fill(0);
        chain.set_account(&from, account.clone()).unwrap();
        // Dust of strangers, more accounts than a transaction has room for.
        account.data[64] = 1;
        for _ in 0..60 {
            let dust = upside_sdk::Pubkey::new_unique();
            chain.set_account(&dust, account.clone()).unwrap();
        }
    }
    let shown = home.json(&["balance", &ben_key]);
    let elsewhere = shown["tokens"].as_array().unwrap().iter();
    let elsewhere = elsewhere.filter(|held| held["associated"] == false);
    assert_eq!(elsewhere.count(), 61, "{shown}");
    home.ok(&["-k", &ben, "reserve", "deposit", "ADA", "4000"]);
    let error = home.fails(
        &["-k", &ben, "reserve", "deposit", "ADA", "7000"],
        3,
        "InsufficientFunds",
    );
    assert!(
        error["message"].as_str().unwrap().contains("6000"),
        "{error}"
    );
}

/// A stranger sends empty accounts and keeps the right to close them.
#[test]
fn accounts_that_somebody_else_closes_stop_nobody_from_tidying_up() {
    let (home, [ben, _], [ben_key, cleo_key]) = market();
    let dust = upside_sdk::Pubkey::new_unique();
    {
        let options = upside_localnet::Options::default();
        let programs = upside_sdk::programs();
        let chain =
            upside_localnet::EmbeddedChain::open(&home.chain(), &programs, options).unwrap();
        let own: upside_sdk::Pubkey = ben_key.parse().unwrap();
        let from = chain_account(&chain, &own, &upside_sdk::address::TOKEN_PROGRAM);
        let mut account = chain.account(&from).unwrap();
        account.data[64..72].fill(0);
        let empty = upside_sdk::Pubkey::new_unique();
        chain.set_account(&empty, account.clone()).unwrap();
        let stranger: upside_sdk::Pubkey = cleo_key.parse().unwrap();
        account.data[129..133].copy_from_slice(&1u32.to_le_bytes());
        account.data[133..165].copy_from_slice(stranger.as_ref());
        chain.set_account(&dust, account).unwrap();
    }
    let closed = home.json(&["-k", &ben, "holder", "close", "--all"]);
    assert_eq!(closed["accounts"], 1, "{closed}");
    let shown = home.json(&["balance", &ben_key]);
    let left = shown["tokens"].as_array().unwrap().iter();
    let left = left.filter(|held| held["account"] == dust.to_string());
    assert_eq!(left.count(), 1, "{shown}");
}

/// The wallet's associated account of the only test currency.
fn chain_account(
    chain: &upside_localnet::EmbeddedChain,
    wallet: &upside_sdk::Pubkey,
    program: &upside_sdk::Pubkey,
) -> upside_sdk::Pubkey {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let found = runtime.unwrap().block_on(async {
        let client = chain.client();
        let filter = solana_rpc_client_api::request::TokenAccountsFilter::ProgramId(*program);
        client
            .get_token_accounts_by_owner(wallet, filter)
            .await
            .unwrap()
    });
    found[0].pubkey.parse().unwrap()
}

/// What stands where a number does not fit says which number, and where to look.
#[test]
fn what_is_not_there_is_named_by_its_number() {
    let (home, [ben, _], [ben_key, _]) = market();
    for (arguments, number, hint) in [
        (&["claim", "show", "ADA", "7"][..], "7", "claim list"),
        (&["round", "show", "ADA", "--round", "7"], "7", "round list"),
        (
            &["sale", "buy", "ADA", &ben_key, "1", "-n", "7"],
            "7",
            "sale list",
        ),
        (
            &["bid", "fill", "ADA", &ben_key, "1", "-n", "7"],
            "7",
            "bid list",
        ),
    ] {
        let error = home.fails(arguments, 2, "NotFound");
        assert!(
            error["message"].as_str().unwrap().contains(number),
            "{error}"
        );
        assert!(error["hint"].as_str().unwrap().contains(hint), "{error}");
    }
    let error = home.fails(&["keygen", "-o", &ben], 5, "Keypair");
    assert!(
        error["hint"].as_str().unwrap().contains("another file"),
        "{error}"
    );
}

/// What comes after a round depends on its state, and the hint says how to go on.
#[test]
fn hints_follow_the_state_of_a_round() {
    let (home, [ben, _], _) = market();
    let open = [
        "round", "open", "ADA", "--stage", "1000@1", "--closes", "10d",
    ];
    home.ok(&[&open[..], &["--min-raise", "50"]].concat());
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "60"]);
    let hint = |arguments: &[&str], name: &str| {
        let error = home.fails(arguments, 3, name);
        error["hint"].as_str().unwrap().to_string()
    };
    let collect = ["-k", &ben, "round", "collect", "ADA"];
    let refund = ["-k", &ben, "round", "refund", "ADA"];
    assert!(hint(&collect, "RoundNotSucceeded").contains("is open until"));
    assert!(hint(&refund, "RoundNotFailed").contains("is open until"));
    home.ok(&["warp", "11d"]);
    let told = hint(&collect, "RoundNotSucceeded");
    assert!(
        told.contains("`upside round close ADA --round 0`"),
        "{told}"
    );
    home.ok(&["round", "close", "ADA"]);
    let told = hint(&refund, "RoundNotFailed");
    assert!(
        told.contains("`upside round collect ADA --round 0`"),
        "{told}"
    );
    home.ok(&collect);
}

/// A month is reported once it is over, and the hint names the next one.
#[test]
fn the_next_month_to_report_is_named() {
    let (home, ..) = market();
    let claim = [
        "claim", "declare", "revenue", "ADA", "R", "--share", "10", "--total", "1000",
    ];
    home.ok(&[&claim[..], &["--ends", "2y"]].concat());
    let books = home.write("books.pdf", "books");
    for month in ["2099-12", "2020-01"] {
        let report = [
            "revenue",
            "report",
            "ADA",
            "0",
            month,
            "10",
            "--evidence",
            &books,
        ];
        let error = home.fails(&report, 3, "InvalidPeriod");
        let hint = error["hint"].as_str().unwrap();
        assert!(
            hint.contains("the next is 20") && !hint.contains("202601"),
            "{error}"
        );
    }
}
