//! Rounds: a failed one is refunded, and one that sells at once is mentioned to whoever pays.

mod common;

use {
    common::{Home, amount, market},
    serde_json::Value,
};

#[test]
fn a_failed_round_is_refunded() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    home.ok(&[
        "round",
        "open",
        "ADA",
        "--stage",
        "1000@1",
        "--min-raise",
        "900",
        "--closes",
        "1d",
    ]);
    let backers: Vec<_> = ["a", "b", "c"]
        .iter()
        .map(|name| home.actor(name))
        .collect();
    for (file, key) in &backers {
        home.ok(&["mint-quote", "100", "--to", key]);
        home.ok(&["-k", file, "round", "contribute", "ADA", "ALL"]);
    }
    home.ok(&["warp", "2d"]);
    let closed = home.json(&["round", "close", "ADA"]);
    assert_eq!(closed["succeeded"], false);
    home.fails(
        &["round", "collect", "ADA", "--all"],
        3,
        "RoundNotSucceeded",
    );
    home.ok(&["-k", &backers[0].0, "round", "refund", "ADA"]);
    let refunded = home.json(&["round", "refund", "ADA", "--all"]);
    assert_eq!(amount(&refunded["returned"]), "200");
    assert_eq!(refunded["transactions"].as_array().unwrap().len(), 2);
    for (_, key) in &backers {
        let holding = home.json(&["holder", "show", "ADA", key]);
        assert_eq!(amount(&holding["cash"][0]), "100");
    }
}

#[test]
fn whoever_pays_while_a_round_sells_at_once_is_warned() {
    let (home, ..) = market();
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    home.ok(&[
        &revenue[..],
        &["--share", "15", "--total", "10000", "--ends", "365d"],
    ]
    .concat());
    let equity = [
        "claim", "declare", "equity", "ADA", "Acme", "--units", "100",
    ];
    home.ok(&equity);
    let pays = [
        vec!["revenue", "pay", "ADA", "0", "10", "--dry-run"],
        vec!["claim", "exit", "ADA", "1", "10", "900", "--dry-run"],
        vec!["reserve", "deposit", "ADA", "10", "--dry-run"],
    ];
    for pay in &pays {
        assert_eq!(home.json(pay)["selling_rounds"], Value::Array(Vec::new()));
    }
    let open = [
        "round", "open", "ADA", "--stage", "500@1", "--closes", "10d", "--opens", "1d",
    ];
    home.ok(&open);
    assert_eq!(
        home.json(&pays[0])["selling_rounds"],
        Value::Array(Vec::new())
    );
    home.ok(&["warp", "1d1s"]);
    for pay in &pays {
        assert_eq!(
            home.json(pay)["selling_rounds"],
            serde_json::json!([0]),
            "{pay:?}"
        );
        let answer = home.run(pay);
        assert!(
            answer.stderr.contains("warning: round 0 sells at once"),
            "{}",
            answer.stderr
        );
        assert!(
            answer.stdout.contains("has part in it"),
            "{}",
            answer.stdout
        );
    }
    home.ok(&["round", "close", "ADA"]);
    for pay in &pays {
        assert_eq!(home.json(pay)["selling_rounds"], Value::Array(Vec::new()));
    }
}

#[test]
fn a_round_at_the_price_of_its_backing_asks_for_a_cap_per_backer() {
    let (home, ..) = market();
    // 1,000 shares, and 1 each in the reserve.
    home.ok(&["reserve", "deposit", "ADA", "1000"]);
    let open = [
        "round",
        "open",
        "ADA",
        "--closes",
        "30d",
        "--most-part",
        "100",
    ];
    let at = |rest: &[&'static str]| [&open[..], rest].concat();
    let error = home.fails(&at(&["--stage", "500@1"]), 3, "RoundAtBacking");
    assert!(
        error["hint"]
            .as_str()
            .is_some_and(|hint| hint.contains("--backer-cap"))
    );
    home.ok(&at(&["--stage", "500@1", "--backer-cap", "50"]));
    home.ok(&at(&["--stage", "500@1.01"]));
}
