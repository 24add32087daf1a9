//! Products, passes and admission by credential, each call a process of its own.

mod common;

use common::{Home, amount};

/// A token with a revenue claim of a tenth, and ben with shares and money.
fn town(home: &Home) -> (String, String, String) {
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
    home.ok(&["holder", "open", "ADA", "--wallet", &ben_key]);
    home.ok(&["holder", "issue", "ADA", &ben_key, "100"]);
    home.ok(&["mint-quote", "1000", "--to", &ben_key]);
    (founder, ben, ben_key)
}

#[test]
fn a_pass_is_bought_used_verified_and_closed() {
    let home = Home::new();
    let (_, ben, ben_key) = town(&home);
    let (door, door_key) = home.actor("door");
    home.ok(&[
        "claim",
        "declare",
        "revenue",
        "ADA",
        "Lessons",
        "--share",
        "10%",
        "--total",
        "5000",
        "--ends",
        "3650d",
        "--document",
        &home.write("deal.txt", "ten percent"),
    ]);
    // Nothing yet.
    let list = home.json(&["product", "list", "ADA"]);
    assert_eq!(list["products"].as_array().unwrap().len(), 0);

    let open = [
        "product",
        "open",
        "ADA",
        "Ten lessons",
        "--pay",
        "50",
        "--units",
        "10",
        "--lifetime",
        "30d",
        "--claim",
        "0",
        "--tier",
        "2",
        "--point-of-sale",
        &door_key,
    ];
    let dry = home.json(&[&open[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    let opened = home.json(&open);
    assert_eq!(
        (&opened["number"], &opened["kind"]),
        (&0.into(), &"pay".into())
    );
    assert_eq!(amount(&opened["price"]), "50");
    let product = opened["product"].as_str().unwrap().to_string();

    // Nobody has a pass: the exit code says so, and the document is one.
    let none = home.run(&["pass", "verify", "ADA/0", &ben_key, "--output", "json"]);
    assert_eq!(none.code, 3, "{}{}", none.stdout, none.stderr);
    let none: serde_json::Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!(
        (&none["valid"], &none["status"]),
        (&false.into(), &"none".into())
    );
    assert!(none["units"].is_null());

    let dear = ["-k", &ben, "pass", "buy", "ADA/0", "--max-price", "49"];
    home.fails(&dear, 3, "Slippage");
    let bought = home.json(&["-k", &ben, "pass", "buy", "ADA/0"]);
    assert_eq!(amount(&bought["to_claim"]), "5");
    assert_eq!(amount(&bought["to_owner"]), "45");
    assert_eq!(bought["units"], 10);
    let valid = home.json(&["pass", "verify", &product, &ben_key]);
    assert_eq!(
        (&valid["valid"], &valid["units"], &valid["tier"]),
        (&true.into(), &10.into(), &2.into())
    );
    let text = home.ok(&["pass", "verify", "ADA/0", &ben_key]);
    assert!(
        text.contains("valid") && text.contains("units left"),
        "{text}"
    );

    // Both sides sign.
    home.fails(&["-k", &ben, "pass", "use", "ADA/0"], 2, "Usage");
    let stranger = ["-k", &ben, "pass", "use", "ADA/0", "--point-of-sale", &ben];
    home.fails(&stranger, 3, "NotPointOfSale");
    let used = home.json(&[
        "-k",
        &ben,
        "pass",
        "use",
        "ADA/0",
        "--point-of-sale",
        &door,
        "--units",
        "9",
    ]);
    assert_eq!(used["units"], 1);
    home.fails(&["-k", &ben, "pass", "close", "ADA/0"], 3, "PassNotOver");
    let from_the_door = ["-k", &door, "pass", "use", "ADA/0", "--wallet", &ben];
    assert_eq!(home.json(&from_the_door)["units"], 0);
    let over = home.run(&["pass", "verify", "ADA/0", &ben_key]);
    assert_eq!(over.code, 3);
    assert!(over.stdout.contains("used up"), "{}", over.stdout);
    assert!(over.stderr.is_empty(), "{}", over.stderr);

    home.ok(&["-k", &ben, "pass", "buy", "ADA/0"]);
    // Time was added to what was left.
    home.ok(&["warp", "31d"]);
    home.ok(&["pass", "verify", "ADA/0", &ben_key]);
    home.ok(&["warp", "31d"]);
    let late = home.run(&["pass", "verify", "ADA/0", &ben_key, "--output", "json"]);
    let late: serde_json::Value = serde_json::from_str(&late.stdout).unwrap();
    assert_eq!(late["status"], "expired");
    home.fails(&from_the_door, 3, "PassExpired");

    let shown = home.json(&["product", "show", "ADA/0"]);
    assert_eq!((&shown["sold"], &shown["passes"]), (&2.into(), &1.into()));
    assert_eq!(shown["wallets"][0]["used"], 10);
    home.ok(&["product", "close", "ADA/0"]);
    home.fails(&["-k", &ben, "pass", "buy", "ADA/0"], 3, "ProductNotOpen");
    let closed = home.json(&["-k", &ben, "pass", "close", "ADA/0"]);
    assert_eq!(closed["rent_to"], ben_key.as_str());
    let text = home.ok(&["product", "list", "ADA"]);
    assert!(
        text.contains("Ten lessons") && text.contains("closed"),
        "{text}"
    );
    // The claim's tenth came in with the payments.
    let claim = home.json(&["claim", "show", "ADA", "0"]);
    assert_eq!(amount(&claim["received"]), "10");
}

#[test]
fn shares_are_held_or_burned_for_a_pass() {
    let home = Home::new();
    let (_, ben, ben_key) = town(&home);
    // A pass by holding locks the shares while it runs, so it has to end.
    let hold = ["product", "open", "ADA", "Backstage", "--hold", "60"];
    home.fails(&hold, 3, "InvalidProduct");
    home.ok(&[&hold[..], &["--lifetime", "30d"]].concat());
    home.ok(&[
        "product",
        "open",
        "ADA",
        "A portrait",
        "--burn",
        "30",
        "--max-passes",
        "1",
    ]);
    home.ok(&["-k", &ben, "pass", "buy", "ADA/0"]);
    home.ok(&["pass", "verify", "ADA/0", &ben_key]);
    let burned = home.json(&["-k", &ben, "pass", "buy", "ADA/1"]);
    assert_eq!(
        (&burned["kind"], amount(&burned["price"])),
        (&"burn".into(), "30")
    );
    home.fails(&["-k", &ben, "pass", "buy", "ADA/1"], 3, "ProductSoldOut");
    let supply = home.json(&["token", "show", "ADA"]);
    assert_eq!(amount(&supply["supply"]["total"]), "70");
    // What a running pass locks burns for no other; redeeming it ends the pass.
    home.ok(&["product", "open", "ADA", "A postcard", "--burn", "15"]);
    home.fails(
        &["-k", &ben, "pass", "buy", "ADA/2"],
        3,
        "InsufficientShares",
    );
    home.ok(&["reserve", "deposit", "ADA", "70"]);
    let redeemed = home.json(&["-k", &ben, "redeem", "ADA", "15"]);
    assert_eq!(amount(&redeemed["paid"][0]), "15");
    let few = home.run(&["pass", "verify", "ADA/0", &ben_key, "--output", "json"]);
    assert_eq!(few.code, 3);
    let few: serde_json::Value = serde_json::from_str(&few.stdout).unwrap();
    assert_eq!(few["status"], "ended");
    let left = home.json(&["holder", "show", "ADA", &ben_key]);
    assert_eq!(amount(&left["shares"]), "55");
    let text = home.ok(&["pass", "show", "ADA/0", &ben_key]);
    assert!(
        text.contains("the shares that it locked were redeemed"),
        "{text}"
    );
    // Nothing is locked any more.
    home.ok(&["-k", &ben, "pass", "buy", "ADA/2"]);

    home.fails(&["product", "open", "ADA", "Nothing"], 2, "Usage");
    home.fails(
        &["product", "open", "ADA", "Free", "--pay", "0"],
        3,
        "InvalidProduct",
    );
    home.fails(&["product", "show", "ADA/9"], 2, "NotFound");
    home.fails(&["product", "show", "ADA"], 2, "Usage");
}

#[test]
fn a_credential_is_asked_for_and_looked_for() {
    let home = Home::new();
    home.founder();
    let (_, issuer) = home.actor("issuer");
    let (_, schema) = home.actor("schema");
    let (ben, _) = home.actor("ben");
    let create = [
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
        "--admission",
        "credential",
    ];
    home.fails(&create, 3, "InvalidPolicy");
    let only = [&create[..], &["--credential", &issuer]].concat();
    home.fails(&only, 2, "Usage");
    home.ok(&[&only[..], &["--schema", &schema]].concat());
    let shown = home.json(&["token", "show", "ADA"]);
    assert_eq!(shown["admission"], "credential");
    let refused = home.fails(
        &["-k", &ben, "holder", "open", "ADA"],
        3,
        "CredentialRequired",
    );
    assert!(refused["hint"].as_str().unwrap().contains("token show"));
    // The owner still admits anybody.
    home.ok(&["holder", "open", "ADA", "--wallet", &ben]);
}
