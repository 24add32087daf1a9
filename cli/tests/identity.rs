//! Who is who, over many processes: vouched for, trusted, looking alike.

mod common;

use common::Home;

#[test]
fn a_creator_is_whom_a_reader_trusts_to_say_so() {
    let home = Home::new();
    home.founder();
    let (notary, notary_key) = home.actor("notary");
    let (stranger, stranger_key) = home.actor("stranger");
    home.ok(&["token", "create", "Ada Lovelace", "ADA"]);
    home.ok(&["index", "create", "Makers", "MAKERS"]);
    home.ok(&["index", "add", "MAKERS", "ADA"]);
    home.fails(&["identity", "vouch", "ADA"], 3, "InvalidAttester");
    let vouched = home.json(&[
        "-k",
        &notary,
        "identity",
        "vouch",
        "ADA",
        "--expires",
        "30d",
    ]);
    assert_eq!(vouched["by"], notary_key.as_str());
    home.ok(&["-k", &stranger, "identity", "vouch", "ADA", "--name", "Eve"]);

    let verified = |trust: &[&str]| {
        let ask = |rest: &[&str]| home.json(&[rest, trust].concat());
        let listed = ask(&["token", "list"])["tokens"][0]["verified"].clone();
        let report = ask(&["inspect", "ADA"]);
        let index = ask(&["inspect", "MAKERS"]);
        assert_eq!(listed, report["verified"]);
        assert_eq!(listed, index["constituents"][0]["token"]["verified"]);
        (listed == true, report["identity"]["status"].clone())
    };
    assert_eq!(verified(&[]), (false, "unverified".into()));
    assert!(verified(&["--trust", &stranger_key]).0);
    let trusting = ["--trust", &notary_key];
    assert_eq!(verified(&trusting), (true, "vouched".into()));
    let text = home.ok(&["token", "show", "ADA", "--trust", &notary_key]);
    assert!(text.contains("verified by"), "{text}");
    let shown = home.json(&["identity", "show", "ADA", "--trust", &notary_key]);
    let rows = shown["vouchers"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let good = row["by"] == notary_key.as_str();
        assert_eq!(
            (row["trusted"] == good, row["same_name"] == good),
            (true, true)
        );
    }
    home.fails(&["token", "list", "--trust", "nobody"], 2, "Usage");

    home.ok(&["warp", "31d"]);
    assert!(!verified(&trusting).0, "it expired");
    home.ok(&["-k", &notary, "identity", "vouch", "ADA"]);
    assert!(verified(&trusting).0);
    home.ok(&["-k", &notary, "identity", "revoke", "ADA"]);
    assert!(!verified(&trusting).0);
    home.fails(&["-k", &notary, "identity", "revoke", "ADA"], 2, "NotFound");
}

#[test]
fn names_that_look_alike_are_pointed_out() {
    let home = Home::new();
    home.founder();
    let (eve, _) = home.actor("eve");
    let (bob, _) = home.actor("bob");
    let first = home.json(&["token", "create", "Ada Lovelace", "ADA"]);
    let shown = home.json(&["token", "show", "ADA"]);
    let quote = ["--quote", shown["quote_mint"].as_str().unwrap()];
    let create = |who: &str, name: &str, symbol: &str| {
        let what = ["-k", who, "token", "create", name, symbol];
        home.ok(&[&what[..], &quote].concat());
    };
    // A Cyrillic letter.
    create(&eve, "Ad\u{430} lovelace", "EVE");
    create(&bob, "Bob", "BOB");
    let listed = home.json(&["token", "list"]);
    let alike = |symbol: &str| {
        let tokens = listed["tokens"].as_array().unwrap();
        let token = tokens
            .iter()
            .find(|token| token["symbol"] == symbol)
            .unwrap();
        token["looks_like"].clone()
    };
    assert_eq!(alike("EVE")[0], first["token"]);
    assert_eq!(alike("ADA").as_array().unwrap().len(), 1);
    assert!(alike("BOB").is_null());
    let text = home.ok(&["token", "list"]);
    assert!(text.contains("looks like 1 other"), "{text}");
}
