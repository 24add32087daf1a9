//! What an index refuses is said, and both kinds of things are looked through by name.

mod common;
mod pool;

use {common::amount, pool::Pool};

#[test]
fn names_that_fit_nothing_or_several_things() {
    let Pool { home, founder, .. } = Pool::launched(&[]);
    let error = home.fails(&["index", "show", "NOBODY"], 2, "NotFound");
    assert!(
        error["hint"].as_str().unwrap().contains("index list"),
        "{error}"
    );
    let error = home.fails(&["inspect", "NOBODY"], 2, "NotFound");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("token or index"),
        "{error}"
    );
    home.fails(&["index", "harvest", "MAKERS", "CEE"], 2, "NotFound");
    home.fails(&["index", "harvest", "MAKERS", "cash"], 3, "WrongKind");

    // By symbol, address, share mint, creator.
    let shown = home.json(&["index", "show", "MAKERS"]);
    for key in ["index", "mint", "creator"] {
        home.ok(&["index", "show", shown[key].as_str().unwrap()]);
        home.ok(&["inspect", shown[key].as_str().unwrap()]);
    }
    // The creator makes a token, too: now the key alone does not say which.
    home.ok(&["token", "create", "Maya", "MAKERS", "--cap", "10000000"]);
    let error = home.fails(&["inspect", "MAKERS"], 2, "Ambiguous");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("the token") && message.contains("the index"),
        "{message}"
    );
    home.fails(&["inspect", &founder], 2, "Ambiguous");
    home.ok(&["index", "show", "MAKERS"]);
    home.ok(&["inspect", shown["index"].as_str().unwrap()]);
    home.ok(&["index", "create", "Others", "makers", "--number", "1"]);
    let error = home.fails(&["index", "show", "MAKERS"], 2, "Ambiguous");
    assert!(
        error["message"].as_str().unwrap().contains(" and index "),
        "{error}"
    );
    home.fails(
        &["index", "create", "Again", "X", "--number", "1"],
        3,
        "AlreadyExists",
    );
}

#[test]
fn amounts_terms_and_keys_that_cannot_be() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (other, other_key) = home.actor("other");
    let create = |extra: &[&'static str]| {
        [&["index", "create", "I", "I", "--number", "5"][..], extra].concat()
    };
    for extra in [["--notice", "1d"], ["--dilution", "11%"]] {
        home.fails(&create(&extra), 3, "InvalidTerms");
    }
    home.fails(&create(&["--equal-share", "5%"]), 2, "Usage");
    let fails = |extra: &[&str], name: &str| {
        let create = ["index", "create", "I", "I", "--number", "5"];
        home.fails(&[&create[..], extra].concat(), 3, name)
    };
    let named = ["--credential", &other_key, "--schema", &other_key];
    fails(
        &[&["--equal-share", "26%"][..], &named].concat(),
        "InvalidTerms",
    );
    let half = format!("{other}=50%");
    fails(&["--recipient", &half], "InvalidRecipients");
    fails(
        &["--recipient", &half, "--recipient", &half],
        "InvalidRecipients",
    );
    for extra in [["--entry-fee", "4%"], ["--exit-fee", "2%"]] {
        home.fails(&create(&extra), 3, "InvalidParameters");
    }
    home.fails(&["index", "contribute", "MAKERS", "0"], 3, "ZeroAmount");
    home.fails(&["index", "redeem", "MAKERS", "0"], 3, "ZeroAmount");
    home.fails(&["index", "zap", "MAKERS", "0"], 3, "ZeroAmount");
    home.fails(&["index", "redeem", "MAKERS", "1.0000000001"], 2, "Amount");
    let much = ["index", "redeem", "MAKERS", "999.9995"];
    home.fails(&much, 3, "InsufficientFunds");
    let error = home.fails(
        &["index", "contribute", "MAKERS", "200000"],
        3,
        "InsufficientFunds",
    );
    assert!(
        error["message"].as_str().unwrap().contains("ANN"),
        "{error}"
    );
    let error = home.fails(
        &["-k", &other, "index", "contribute", "MAKERS", "1"],
        3,
        "InsufficientFunds",
    );
    assert!(error["hint"].as_str().unwrap().contains("zap"), "{error}");
    // Nobody sells at once.
    let error = home.fails(
        &["-k", &other, "index", "zap", "MAKERS", "1"],
        2,
        "NotFound",
    );
    assert!(
        error["message"].as_str().unwrap().contains("ANN"),
        "{error}"
    );
    assert!(
        error["hint"].as_str().unwrap().contains("round open"),
        "{error}"
    );
    let late = [
        "index",
        "contribute",
        "MAKERS",
        "1",
        "--deadline",
        "2020-01-01",
    ];
    home.fails(&late, 3, "DeadlinePassed");
    let late = ["index", "redeem", "MAKERS", "1", "--deadline", "2020-01-01"];
    home.fails(&late, 3, "DeadlinePassed");

    for arguments in [
        &[
            "index",
            "rebalance",
            "draft",
            "MAKERS",
            "--sell",
            "ANN=1@1..2",
            "--buy",
            "cash=1@1..2",
        ][..],
        &["index", "pause", "MAKERS"],
        &["index", "announce", "MAKERS", "--curator", &other_key],
        &["index", "wind-down", "MAKERS"],
    ] {
        let mut arguments = arguments.to_vec();
        arguments.extend(["-k", &other]);
        let answer = home.run(&arguments);
        assert!(
            [2, 3].contains(&answer.code),
            "{arguments:?}\n{}",
            answer.stderr
        );
        assert!(
            answer.stderr.contains("hint:"),
            "{arguments:?}\n{}",
            answer.stderr
        );
    }
    home.fails(&["index", "remove", "MAKERS", "ANN"], 3, "ConstituentInUse");
    home.fails(
        &["index", "rebalance", "draft", "MAKERS", "--sell", "ANN"],
        2,
        "Usage",
    );
    home.fails(
        &[
            "index",
            "rebalance",
            "draft",
            "MAKERS",
            "--sell",
            "ANN=1@1..2",
            "--buy",
            "0=2@1..2",
        ],
        2,
        "Usage",
    );
    let share_mint = home.json(&["index", "show", "MAKERS"])["mint"].clone();
    let share_mint = share_mint.as_str().unwrap();
    home.fails(&["index", "add", "MAKERS", share_mint], 3, "CircularMint");
}

#[test]
fn a_first_composition_goes_on_where_it_stopped() {
    let pool = Pool::created(&[]);
    let home = &pool.home;
    let cash = format!("{}=1000", pool.mint);
    let seed = |pieces: &[&str], shares: &str| -> Vec<String> {
        let mut arguments = vec!["index".to_string(), "seed".into(), "MAKERS".into()];
        for piece in pieces {
            arguments.extend(["--piece".into(), (*piece).to_string()]);
        }
        arguments.extend(["--shares".into(), shares.to_string()]);
        arguments
    };
    let fails = |arguments: Vec<String>, code: i32, name: &str| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        home.fails(&arguments, code, name)
    };
    fails(seed(&["ANN=1", "ANN=2"], "10"), 2, "Usage");
    fails(seed(&["ANN=0"], "10"), 2, "Usage");
    fails(seed(&["ANN=1"], "0.001"), 3, "TooFewShares");
    home.fails(&["index", "contribute", "MAKERS", "1"], 3, "NotActive");
    home.fails(&["index", "redeem", "MAKERS", "1"], 3, "NotLaunched");
    // More of Bob than there is: nothing lands, and less of him does.
    fails(
        seed(&["ANN=100", "BOB=20000", &cash], "1000"),
        3,
        "InsufficientShares",
    );
    home.ok(&["index", "add", "MAKERS", "ANN"]);
    let good = seed(&["ANN=100", "BOB=200", &cash], "1000");
    let good: Vec<&str> = good.iter().map(String::as_str).collect();
    let seeded = home.json(&good);
    assert_eq!(amount(&seeded["yours"]), "999.999");
    home.fails(&good, 3, "NotSeeding");
}

#[test]
fn an_index_is_looked_through_as_a_tree() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    pool.exit("ann");
    let ann = home.path("ann.json").display().to_string();
    home.ok(&[
        "-k",
        &ann,
        "claim",
        "declare",
        "equity",
        "ANN",
        "Engines Ltd.",
        "--units",
        "50",
        "--cost",
        "1000",
        "--value",
        "1000",
    ]);
    let report = home.json(&["inspect", "MAKERS"]);
    assert_eq!(
        report["constituents"][0]["token"]["claims"][1]["name"],
        "Engines Ltd."
    );
    // The index has 100 of Ann's 20,000 shares.
    assert_eq!(report["constituents"][0]["part"], "0.5");
    assert_eq!(amount(&report["backing"]["declared"][0]), "5");
    assert_eq!(amount(&report["backing"]["liquid"][0]), "1000");
    assert_eq!(amount(&report["backing_per_share"]["liquid"][0]), "1");
    let text = home.ok(&["inspect", "MAKERS"]);
    for word in [
        "├─ ann (ANN)",
        "│  ├─ claim 1  Engines Ltd.",
        "never added up",
        "└─ ",
        "unverified",
    ] {
        assert!(text.contains(word), "{word}:\n{text}");
    }
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(
        widest.is_some_and(|width| width <= 120),
        "{widest:?}:\n{text}"
    );
}
