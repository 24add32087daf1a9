//! Standing orders on dividends, over many processes.

mod common;

use common::{Home, amount};

/// A token of which ben has 60 shares and cleo 40, with 1,000 of dividends streamed and an
/// open round at 0.50.
fn earning() -> (Home, [String; 2], [String; 2]) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    let create = [
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ];
    home.ok(&[&create[..], &["--reserve", "0%"]].concat());
    home.ok(&["holder", "issue", "ADA", &ben_key, "60"]);
    home.ok(&["holder", "issue", "ADA", &cleo_key, "40"]);
    let songs = [
        "claim", "declare", "revenue", "ADA", "Songs", "--share", "15%",
    ];
    home.ok(&[&songs[..], &["--total", "10000", "--ends", "365d"]].concat());
    home.ok(&["revenue", "pay", "ADA", "0", "1000"]);
    home.ok(&["warp", "8d"]);
    let round = ["round", "open", "ADA", "--stage", "100000@0.50"];
    home.ok(&[&round[..], &["--closes", "300d", "--reserve", "50"]].concat());
    (home, [ben, cleo], [ben_key, cleo_key])
}

#[test]
fn dividends_buy_shares_and_go_to_the_owner_as_ordered() {
    let (home, [ben, cleo], [ben_key, cleo_key]) = earning();
    let nothing = home.json(&["order", "list", "ADA"]);
    assert_eq!(nothing["orders"].as_array().unwrap().len(), 0);
    home.fails(&["order", "execute", "ADA"], 2, "Usage");
    home.fails(&["-k", &ben, "order", "set", "ADA"], 2, "Usage");
    home.fails(
        &["-k", &ben, "order", "set", "ADA", "--round", "0"],
        2,
        "Usage",
    );

    let set = [
        "-k",
        &ben,
        "order",
        "set",
        "ADA",
        "--round",
        "0",
        "--max-price",
        "0.5",
    ];
    let missing = [
        "-k",
        &ben,
        "order",
        "set",
        "ADA",
        "--round",
        "7",
        "--max-price",
        "1",
    ];
    home.fails(&[&missing[..], &["--yes"]].concat(), 2, "NotFound");
    home.fails(
        &[&set[..], &["--until", "400d", "--yes"]].concat(),
        3,
        "InvalidExpiry",
    );
    let dry = home.json(&[&set[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    let ordered = home.json(&[&set[..], &["--yes"]].concat());
    assert_eq!(
        (&ordered["buys"], &ordered["holds"]),
        (&true.into(), &true.into())
    );
    assert_eq!(amount(&ordered["max_price"]), "0.5");
    assert_eq!(ordered["replaced"], false);
    home.ok(&["-k", &cleo, "order", "set", "ADA", "--to-owner", "--yes"]);
    let listed = home.ok(&["order", "list", "ADA"]);
    for words in ["buy in round", "leave to the owner", "yes"] {
        assert!(listed.contains(words), "{words} in {listed}");
    }

    // Anybody executes them: 600 for 1,200 shares, 400 to the owner.
    let quoted = home.json(&["order", "execute", "ADA", "--dry-run"]);
    let executed = home.json(&["order", "execute", "ADA"]);
    assert_eq!(executed["executed"], quoted["executed"]);
    let of = |wallet: &str| {
        let all = executed["executed"].as_array().unwrap();
        all.iter()
            .find(|one| one["wallet"] == wallet)
            .unwrap()
            .clone()
    };
    assert_eq!(amount(&of(&ben_key)["amount"]), "600");
    assert_eq!(amount(&of(&ben_key)["shares"]), "1200");
    assert_eq!(amount(&of(&cleo_key)["amount"]), "400");
    assert!(of(&cleo_key)["shares"].is_null());
    let held = home.json(&["holder", "show", "ADA", &ben_key]);
    assert_eq!(amount(&held["shares"]), "1260");

    // Nothing is left; a wallet without an order has none to execute.
    home.fails(&["order", "execute", "ADA"], 2, "Usage");
    home.fails(&["order", "execute", "ADA", &ben_key], 2, "Usage");
    let history = home.ok(&["history", "ADA"]);
    for words in ["ordered their dividends put into a round", "standing order"] {
        assert!(history.contains(words), "{words} in {history}");
    }

    home.fails(
        &["order", "cancel", "ADA", "--wallet", &ben_key],
        3,
        "OrderNotOver",
    );
    home.ok(&["-k", &ben, "order", "cancel", "ADA"]);
    home.fails(&["-k", &ben, "order", "cancel", "ADA"], 2, "NotFound");
    home.ok(&["warp", "91d"]);
    home.ok(&["order", "cancel", "ADA", "--wallet", &cleo_key]);
    let left = home.json(&["order", "list", "ADA"]);
    assert_eq!(left["orders"].as_array().unwrap().len(), 0);
}
