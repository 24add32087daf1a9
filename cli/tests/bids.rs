//! Bids and the best prices, over many processes.

mod common;

use common::{Home, amount};

/// A token with a royalty of a tenth; ben has 100 shares that cost 50, cleo and dana money.
fn market() -> (Home, [String; 3], [String; 3]) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    let (dana, dana_key) = home.actor("dana");
    for backer in [&ben, &cleo, &dana] {
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
    (home, [ben, cleo, dana], [ben_key, cleo_key, dana_key])
}

#[test]
fn money_waits_for_shares_and_comes_back() {
    let (home, [ben, cleo, _], [_, cleo_key, _]) = market();
    let open = ["-k", &cleo, "bid", "open", "ADA", "40", "2"];
    let dry = home.json(&[&open[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    let opened = home.json(&[&open[..], &["--yes"]].concat());
    assert_eq!(
        (&opened["number"], &opened["escrow"]),
        (&dry["number"], &dry["escrow"])
    );
    assert_eq!(amount(&opened["escrow"]), "80");
    assert!(opened["seller"].is_null());
    let listed = home.json(&["bid", "list", "ADA"]);
    assert_eq!(listed["bids"][0]["bidder"], cleo_key.as_str());
    let shown = home.json(&["bid", "show", "ADA", &cleo_key]);
    assert_eq!(amount(&shown["shares"]), "40");
    assert!(
        home.ok(&["bid", "show", "ADA", &cleo_key])
            .contains("anybody")
    );

    // Ben sells into it: what he paid comes back first.
    let fill = ["-k", &ben, "bid", "fill", "ADA", &cleo_key];
    let with = |rest: &[&'static str]| [&fill[..], rest, &["--yes"]].concat();
    home.fails(&with(&["41"]), 3, "BidExceeded");
    let dear = with(&["10", "--min-proceeds", "20.01"]);
    home.fails(&dear, 2, "Usage");
    let sold = home.json(&with(&["10"]));
    assert_eq!(
        (amount(&sold["paid"]), amount(&sold["royalty"])),
        ("20", "0")
    );
    let sold = home.json(&with(&["25", "--min-proceeds", "48"]));
    assert_eq!(
        (amount(&sold["paid"]), amount(&sold["royalty"])),
        ("50", "2")
    );
    assert_eq!(
        (amount(&sold["proceeds"]), amount(&sold["left"])),
        ("48", "5")
    );

    home.fails(
        &["-k", &ben, "bid", "cancel", "ADA", "--bidder", &cleo_key],
        3,
        "BidNotExpired",
    );
    let cancelled = home.json(&["-k", &cleo, "bid", "cancel", "ADA"]);
    assert_eq!(amount(&cancelled["refunded"]), "10");
    home.fails(&["-k", &cleo, "bid", "cancel", "ADA"], 2, "Usage");
    let history = home.ok(&["history", "ADA"]);
    for words in ["bids 2", "sold", "royalty to the owner", "went back"] {
        assert!(history.contains(words), "{words} in {history}");
    }
}

#[test]
fn the_best_prices_are_taken_first() {
    let (home, [ben, cleo, dana], _) = market();
    // Two bids: the higher one is filled first, then a part of the other.
    for (who, shares, price) in [(&cleo, "10", "1"), (&dana, "10", "3")] {
        home.ok(&["-k", who, "bid", "open", "ADA", shares, price, "--yes"]);
    }
    let best = ["-k", &ben, "bid", "fill-best", "ADA"];
    home.fails(&[&best[..], &["21", "--yes"]].concat(), 3, "BidExceeded");
    home.fails(
        &[&best[..], &["15", "--min-proceeds", "36", "--yes"]].concat(),
        2,
        "Usage",
    );
    let dry = home.json(&[&best[..], &["15", "--dry-run"]].concat());
    let sold = home.json(&[&best[..], &["15", "--min-proceeds", "35", "--yes"]].concat());
    assert_eq!(sold["proceeds"], dry["proceeds"]);
    assert_eq!(amount(&sold["proceeds"]), "35");
    assert_eq!(sold["parts"].as_array().unwrap().len(), 2);
    assert_eq!(amount(&sold["parts"][0]["price"]), "3");
    assert_eq!(sold["transactions"].as_array().unwrap().len(), 1);

    // Three sales of two people, the cheapest first.
    for (who, shares, price) in [(&ben, "10", "2"), (&ben, "10", "1"), (&dana, "5", "1.50")] {
        home.ok(&["-k", who, "sale", "open", "ADA", shares, price]);
    }
    let best = ["-k", &cleo, "sale", "buy-best", "ADA"];
    home.fails(&[&best[..], &["26", "--yes"]].concat(), 3, "SaleExceeded");
    home.fails(
        &[&best[..], &["20", "--max-payment", "27", "--yes"]].concat(),
        2,
        "Usage",
    );
    let all = home.json(&[&best[..], &["ALL", "--dry-run"]].concat());
    assert_eq!(amount(&all["shares"]), "25");
    let bought = home.json(&[&best[..], &["20", "--max-payment", "27.50", "--yes"]].concat());
    assert_eq!(amount(&bought["paid"]), "27.5");
    // Ben got 35 before: 15 of the 50 that he paid come back, then a tenth of the rest.
    assert_eq!(amount(&bought["royalty"]), "0.5");
    assert_eq!(bought["parts"].as_array().unwrap().len(), 3);
    assert_eq!(
        amount(&home.json(&["sale", "list", "ADA"])["sales"][0]["shares"]),
        "5"
    );
}
