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
    let create = [
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ];
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
fn a_grant_is_offered_accepted_earns_and_ends() {
    let (home, ben, ben_key, cleo, cleo_key) = market();
    let terms = ["--cliff", "10d", "--over", "100d", "--revocable"];
    let offer =
        |who: &str| home.json(&[&["grant", "offer", "ADA", who, "1000"][..], &terms].concat());
    let offered = offer(&ben_key);
    assert_eq!(offered["offers"][0]["grant"], 0);
    assert_eq!(offered["offers"][0]["beneficiary"], ben_key.as_str());
    assert_eq!(offer(&cleo)["offers"][0]["grant"], 1);
    let shown = home.json(&["grant", "show", "ADA", "0"]);
    assert_eq!(shown["status"], "offered");

    // The beneficiary alone accepts, and declines.
    home.fails(&["grant", "accept", "ADA", "0"], 2, "MissingSigner");
    home.fails(
        &["-k", &ben, "grant", "collect", "ADA", "0"],
        3,
        "GrantNotAccepted",
    );
    let accept = |key: &str, grant: &str| home.json(&["-k", key, "grant", "accept", "ADA", grant]);
    assert_eq!(accept(&ben, "0")["grant"], 0);
    accept(&cleo, "1");
    let third = offer(&cleo_key);
    assert_eq!(third["offers"][0]["grant"], 2);
    home.ok(&["-k", &cleo, "grant", "cancel", "ADA", "2"]);

    home.fails(
        &["-k", &ben, "grant", "collect", "ADA", "0"],
        3,
        "NothingToCollect",
    );
    home.ok(&["warp", "30d"]);
    let shown = home.json(&["grant", "show", "ADA", "0"]);
    assert_eq!(shown["status"], "vesting");
    let vested: f64 = amount(&shown["vested"]).parse().unwrap();
    assert!((300.0..301.0).contains(&vested), "{shown}");
    let collected = home.json(&["-k", &ben, "grant", "collect", "ADA", "0"]);
    let shares: f64 = amount(&collected["shares"]).parse().unwrap();
    assert!((300.0..301.0).contains(&shares), "{collected}");
    assert_eq!(collected["closed"], false);

    // What it earns vests with it.
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    let limits = ["--share", "15%", "--total", "10000", "--ends", "365d"];
    home.ok(&[&revenue[..], &limits].concat());
    home.ok(&["revenue", "pay", "ADA", "0", "1000"]);
    home.ok(&["warp", "8d"]);
    home.fails(&["grant", "close", "ADA", "0"], 3, "GrantNotEmpty");
    let shown = home.json(&["grant", "show", "ADA", "0"]);
    assert_eq!(shown["unvested_earned"].as_array().unwrap().len(), 1);
    let collected = home.json(&["-k", &ben, "grant", "collect", "ADA", "0"]);
    assert_eq!(collected["earned"].as_array().unwrap().len(), 1);
    assert_eq!(collected["paid"].as_array().unwrap().len(), 1);

    // Cleo's is revoked: what vested stays hers.
    let dry = home.json(&["grant", "revoke", "ADA", "1", "--dry-run"]);
    assert_eq!(dry["status"], "simulated");
    let stranger = ["-k", &cleo, "grant", "revoke", "ADA", "1", "--yes"];
    home.fails(&stranger, 3, "NotOwner");
    let revoked = home.json(&["grant", "revoke", "ADA", "1", "--yes"]);
    let burned: f64 = amount(&revoked["burned"]).parse().unwrap();
    assert!((619.0..=620.0).contains(&burned), "{revoked}");
    assert_eq!(revoked["streams_again"].as_array().unwrap().len(), 1);
    home.fails(&["grant", "revoke", "ADA", "1", "--yes"], 3, "GrantVested");
    let collected = home.json(&["-k", &cleo, "grant", "collect", "ADA", "1"]);
    assert_eq!(collected["closed"], true);

    home.ok(&["warp", "100d"]);
    let collected = home.json(&["-k", &ben, "grant", "collect", "ADA", "0"]);
    assert_eq!(collected["closed"], true);
    let left = home.json(&["grant", "list", "ADA"]);
    assert_eq!(left["grants"].as_array().unwrap().len(), 0);
}

/// Many grants from a file: every line is checked before anything is sent, as many as fit
/// go into a transaction, and what was sent is not sent again.
#[test]
fn many_grants_come_from_a_file() {
    let (home, ben, ben_key, _, cleo_key) = market();
    let file = home.path("team.csv");
    let write = |text: &str| std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let offer = ["grant", "offer", "ADA", "--csv", path, "--over", "365d"];

    write(&format!(
        "wallet,shares\n{ben_key},10\nnobody,5\n{cleo_key},0\n"
    ));
    let error = home.fails(&[&offer[..], &["--yes"]].concat(), 2, "Usage");
    let told = error.to_string();
    assert!(
        told.contains("line 3: wallet") && told.contains("line 4: shares"),
        "{told}"
    );
    let none = home.json(&["grant", "list", "ADA"]);
    assert_eq!(none["grants"].as_array().unwrap().len(), 0);

    let mut text = "wallet,shares,cliff,revocable\n".to_string();
    for shares in 1..=15 {
        text += &format!("{ben_key},{shares},30d,yes\n{cleo_key},{shares},,\n");
    }
    write(&text);
    let dry = home.json(&[&offer[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    let offered = home.json(&[&offer[..], &["--yes"]].concat());
    let sent = offered["transactions"].as_array().unwrap().len();
    assert!((2..=6).contains(&sent), "{sent} transactions");
    assert_eq!(offered["offers"].as_array().unwrap().len(), 30);
    assert_eq!(amount(&offered["shares"]), "240");
    let listed = home.json(&["grant", "list", "ADA"]);
    assert_eq!(listed["grants"].as_array().unwrap().len(), 30);

    // Again, with a line more: only that is sent. One that is over by now, too, is known.
    home.ok(&["-k", &ben, "grant", "cancel", "ADA", "0"]);
    write(&format!("{text}{cleo_key},99,,\n"));
    let offered = home.json(&[&offer[..], &["--yes"]].concat());
    assert_eq!(amount(&offered["shares"]), "99");
    let before = offered["offers"].as_array().unwrap();
    let before = before.iter().filter(|one| one["sent_before"] == true);
    assert_eq!(before.count(), 30);
    let nothing = home.json(&[&offer[..], &["--yes"]].concat());
    assert_eq!(nothing["transactions"].as_array().unwrap().len(), 0);
}
