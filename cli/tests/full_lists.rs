//! A token whose lists are full: everything can still be redeemed.

mod common;

use common::{Home, amount};

#[test]
fn eight_assets_are_redeemed_at_once_through_a_lookup_table() {
    let home = Home::new();
    let founder = home.founder();
    let (ben, ben_key) = home.actor("ben");
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    home.ok(&["token", "issue", "ADA", &founder, "900"]);
    home.ok(&["holder", "open", "ADA", "--wallet", &ben_key]);
    home.ok(&["token", "issue", "ADA", &ben, "100"]);
    home.ok(&["mint-quote", "50"]);
    home.ok(&["reserve", "deposit", "ADA", "50"]);
    // One test currency for each number of decimals; 6 is the quote mint's, and fewer than 4
    // cannot be shared out.
    let coarse = home.json(&["mint-quote", "50", "--decimals", "3"]);
    let coarse = coarse["mint"].as_str().unwrap();
    home.fails(&["reserve", "add", "ADA", coarse], 3, "TooFewDecimals");
    for decimals in ["4", "5", "7", "8", "9", "10", "11"] {
        let minted = home.json(&["mint-quote", "50", "--decimals", decimals]);
        let mint = minted["mint"].as_str().unwrap();
        home.ok(&["reserve", "add", "ADA", mint]);
        home.ok(&["reserve", "deposit", "ADA", "50", "--mint", mint]);
    }

    let redeem = |wallet: &str, shares: &str| {
        let redeemed = home.json(&["-k", wallet, "redeem", "ADA", shares]);
        let paid = redeemed["paid"].as_array().unwrap().clone();
        assert_eq!(paid.len(), 8);
        let labels: Vec<String> = redeemed["transactions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|sent| sent["label"].as_str().unwrap().to_string())
            .collect();
        (paid, labels)
    };
    let (paid, labels) = redeem(&ben, "50");
    assert!(paid.iter().all(|paid| amount(paid) != "0"));
    assert_eq!(
        labels,
        [
            "open token accounts",
            "make a lookup table",
            "make a lookup table",
            "redeem"
        ]
    );
    // The table is found again.
    let (_, labels) = redeem(&ben, "ALL");
    assert_eq!(labels, ["redeem"]);

    // Its rent comes back once the chain lets it go.
    let tables = ["-k", &ben, "lookup-table"];
    let listed = home.json(&[&tables[..], &["list"]].concat());
    assert_eq!(listed["tables"][0]["status"], "active");
    assert!(listed["tables"][0]["addresses"].as_u64().unwrap() > 24);
    let table = listed["tables"][0]["table"].as_str().unwrap().to_string();
    home.fails(&["lookup-table", "close", &table], 2, "Usage");
    let first = home.json(&[&tables[..], &["close"]].concat());
    assert_eq!(first["deactivated"][0], table.as_str());
    let early = home.json(&[&tables[..], &["close", &table]].concat());
    assert_eq!(early["waiting"][0], table.as_str());
    assert!(early["transactions"].as_array().unwrap().is_empty());
    home.ok(&["warp", "1h"]);
    let last = home.json(&[&tables[..], &["close"]].concat());
    assert_eq!(last["closed"][0], table.as_str());
    assert_ne!(amount(&last["rent"]), "0");
    let listed = home.json(&[&tables[..], &["list"]].concat());
    assert!(listed["tables"].as_array().unwrap().is_empty());
}
