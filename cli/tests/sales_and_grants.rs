//! Sales with royalty, and grants, over many processes.

mod common;

use common::{Home, amount};

/// A token with a royalty of a tenth, and a seller with 100 shares that cost 50.
fn market() -> (Home, String, String, String, String) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    for backer in [&ben, &cleo] {
        home.ok(&["mint-quote", "1000", "--to", backer]);
    }
    let create = ["token", "create", "Ada Lovelace", "ADA"];
    home.ok(&[&create[..], &["--royalty", "10%"]].concat());
    let issue = ["holder", "issue", "ADA", &ben_key, "100"];
    home.ok(&[&issue[..], &["--paid", "50"]].concat());
    (home, ben, ben_key, cleo, cleo_key)
}

#[test]
fn shares_change_hands_against_payment() {
    let (home, ben, ben_key, cleo, cleo_key) = market();
    let opened = home.json(&["-k", &ben, "sale", "open", "ADA", "40", "2"]);
    assert_eq!(opened["number"], 0);
    assert_eq!(amount(&opened["cost"]), "50");
    // The lowest free number, for one buyer only.
    let second = home.json(&[
        "-k",
        &ben,
        "sale",
        "open",
        "ADA",
        "10",
        "1",
        "--buyer",
        &ben_key,
        "--expires",
        "1d",
    ]);
    assert_eq!(second["number"], 1);
    let listed = home.json(&["sale", "list", "ADA"]);
    let sales = listed["sales"].as_array().unwrap();
    assert_eq!(sales.len(), 2);
    // Cheapest first.
    assert_eq!(amount(&sales[0]["price"]), "1");
    assert_eq!(sales[0]["buyer"], ben_key.as_str());
    assert!(sales[1]["buyer"].is_null());
    assert!(home.ok(&["sale", "list", "ADA"]).contains("anybody"));

    let holding = home.json(&["holder", "show", "ADA", &ben_key]);
    assert_eq!(amount(&holding["locked"]), "50");
    let transfer = ["-k", &ben, "holder", "transfer", "ADA", &cleo_key, "51"];
    home.ok(&["-k", &cleo, "holder", "open", "ADA"]);
    home.fails(&transfer, 3, "InsufficientShares");

    // Which of two has to be said; the price is the price.
    let buy = ["-k", &cleo, "sale", "buy", "ADA", &ben_key];
    home.fails(&[&buy[..], &["10"]].concat(), 2, "Usage");
    fn first<'a>(buy: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
        [buy, rest, &["--number", "0", "--yes"]].concat()
    }
    let first = |rest: &[&'static str]| first(&buy, rest);
    home.fails(&first(&["10", "--max-payment", "19.99"]), 2, "Usage");
    home.fails(&first(&["41"]), 3, "SaleExceeded");
    home.fails(&[&buy[..], &["1", "--number", "1"]].concat(), 3, "NotBuyer");
    let own = [
        "-k", &ben, "sale", "buy", "ADA", &ben_key, "1", "--number", "0",
    ];
    home.fails(&own, 3, "SameAccount");
    let dry = home.json(&first(&["10", "--dry-run"]));
    assert_eq!(dry["status"], "simulated");
    let bought = home.json(&first(&["10"]));
    assert_eq!(bought["paid"], dry["paid"]);
    // 20 for one who paid 50: all of it brings that back.
    assert_eq!(
        (amount(&bought["paid"]), amount(&bought["royalty"])),
        ("20", "0")
    );
    assert_eq!(amount(&bought["left"]), "30");
    let rest = home.json(&first(&["ALL"]));
    assert_eq!((amount(&rest["paid"]), amount(&rest["left"])), ("60", "0"));
    // 30 of them bring the rest back; a tenth of the other 30.
    assert_eq!(amount(&rest["royalty"]), "3");
    let holding = home.json(&["holder", "show", "ADA", &ben_key]);
    assert_eq!(amount(&holding["proceeds"]), "77");
    assert_eq!(amount(&holding["cost"]), "0");
    assert_eq!(holding["royalty_bps"], 1000);

    // The other one expires: then anybody ends it.
    let cancel = ["-k", &cleo, "sale", "cancel", "ADA", "--seller", &ben_key];
    home.fails(&cancel, 3, "SaleNotExpired");
    home.ok(&["warp", "2d"]);
    let cancelled = home.json(&cancel);
    assert_eq!(amount(&cancelled["unlocked"]), "10");
    home.fails(&cancel, 2, "Usage");
    let all = home.json(&["-k", &ben, "sale", "open", "ADA", "ALL", "1"]);
    let held = home.json(&["holder", "show", "ADA", &ben_key]);
    assert_eq!(all["shares"], held["locked"]);
    home.ok(&["-k", &ben, "sale", "cancel", "ADA"]);
}

#[test]
fn a_grant_vests_earns_and_ends() {
    let (home, ben, ben_key, cleo, _) = market();
    let terms = ["--cliff", "10d", "--over", "100d", "--revocable"];
    // The beneficiary has to sign.
    let unsigned = [&["grant", "make", "ADA", &ben_key, "1000"][..], &terms].concat();
    home.fails(&unsigned, 2, "MissingSigner");
    let make =
        |who: &str| home.json(&[&["grant", "make", "ADA", who, "1000"][..], &terms].concat());
    let made = make(&ben);
    assert_eq!(made["grant"], 0);
    assert_eq!(made["beneficiary"], ben_key.as_str());
    assert_eq!(make(&cleo)["grant"], 1);

    home.fails(&["grant", "claim", "ADA", "0"], 3, "NothingToClaim");
    home.ok(&["warp", "30d"]);
    let shown = home.json(&["grant", "show", "ADA", "0"]);
    let vested: f64 = amount(&shown["vested"]).parse().unwrap();
    assert!((300.0..301.0).contains(&vested), "{shown}");
    let claimed = home.json(&["-k", &cleo, "grant", "claim", "ADA", "0"]);
    let shares: f64 = amount(&claimed["shares"]).parse().unwrap();
    assert!((300.0..301.0).contains(&shares), "{claimed}");
    assert_eq!(claimed["closed"], false);

    // What it earns is the beneficiary's, too.
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    let limits = ["--share", "15%", "--total", "10000", "--ends", "365d"];
    home.ok(&[&revenue[..], &limits].concat());
    home.ok(&["revenue", "pay", "ADA", "0", "1000"]);
    home.ok(&["warp", "8d"]);
    home.fails(&["grant", "close", "ADA", "0"], 3, "GrantNotEmpty");
    let claimed = home.json(&["grant", "claim", "ADA", "0"]);
    assert_eq!(claimed["paid"].as_array().unwrap().len(), 1);

    // Cleo's is revoked: what vested stays hers once she has a holder account.
    let dry = home.json(&["grant", "revoke", "ADA", "1", "--dry-run"]);
    assert_eq!(dry["status"], "simulated");
    let stranger = ["-k", &cleo, "grant", "revoke", "ADA", "1"];
    home.fails(&stranger, 2, "MissingSigner");
    let revoked = home.json(&["grant", "revoke", "ADA", "1", "--yes"]);
    let burned: f64 = amount(&revoked["burned"]).parse().unwrap();
    assert!((619.0..=620.0).contains(&burned), "{revoked}");
    home.fails(&["grant", "revoke", "ADA", "1"], 3, "GrantVested");
    home.fails(&["grant", "claim", "ADA", "1"], 2, "NotFound");
    home.ok(&["-k", &cleo, "holder", "open", "ADA"]);
    let claimed = home.json(&["grant", "claim", "ADA", "1"]);
    assert_eq!(claimed["closed"], true);

    home.ok(&["warp", "100d"]);
    let claimed = home.json(&["grant", "claim", "ADA", "0"]);
    assert_eq!(claimed["closed"], true);
    let left = home.json(&["grant", "list", "ADA"]);
    assert_eq!(left["grants"].as_array().unwrap().len(), 0);
}
