//! Statements: what came in, what went out, what it cost and brought.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
};

/// Ben buys 1,000 shares for 100, gets dividends, sells 400 to Cleo and redeems 100.
fn traded() -> (Home, [String; 2], [String; 2]) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    for key in [&ben_key, &cleo_key] {
        home.ok(&["mint-quote", "10000", "--to", key]);
    }
    home.ok(&["mint-quote", "10000"]);
    home.ok(&[
        "token",
        "create",
        "Ada",
        "ADA",
        "--cap",
        "1000000",
        "--royalty",
        "10",
    ]);
    home.ok(&[
        "round",
        "open",
        "ADA",
        "--stage",
        "100000@0.10",
        "--reserve",
        "50",
        "--closes",
        "30d",
    ]);
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "100"]);
    home.ok(&[
        "claim", "declare", "revenue", "ADA", "Songs", "--share", "50%", "--total", "10000",
        "--ends", "365d",
    ]);
    home.ok(&["revenue", "pay", "ADA", "0", "50"]);
    home.ok(&["warp", "8d"]);
    home.ok(&["-k", &ben, "dividend", "collect", "ADA"]);
    home.ok(&["-k", &cleo, "holder", "open", "ADA"]);
    home.ok(&["-k", &ben, "sale", "open", "ADA", "400", "0.50"]);
    home.ok(&["-k", &cleo, "sale", "buy-best", "ADA", "400"]);
    home.ok(&["-k", &ben, "redeem", "ADA", "100"]);
    (home, [ben, cleo], [ben_key, cleo_key])
}

fn line<'a>(statement: &'a Value, event: &str) -> &'a Value {
    let entries = statement["entries"].as_array().unwrap();
    let found = entries.iter().find(|line| line["event"] == event);
    found.unwrap_or_else(|| panic!("{event}: {statement}"))
}

#[test]
fn gains_are_what_is_brought_beyond_the_average_cost() {
    let (home, [ben, cleo], [_, cleo_key]) = traded();
    let shown = home.json(&["-k", &ben, "statement"]);
    let bought = line(&shown, "Contributed");
    assert_eq!(amount(&bought["shares"]), "1000");
    assert_eq!(amount(&bought["money"][0]), "-100");
    assert_eq!(amount(&bought["cost"]), "100");
    assert!(bought["gain"].is_null());

    // 400 of 1,000 shares carry 40 of the cost. 200 are paid, a part of which is royalty.
    let sold = line(&shown, "SharesSold");
    assert_eq!(amount(&sold["shares"]), "-400");
    assert_eq!(amount(&sold["cost"]), "40");
    let number = |value: &Value| amount(value).parse::<f64>().unwrap();
    let (paid, royalty) = (number(&sold["money"][0]), number(&sold["royalty"]));
    assert_eq!(paid + royalty, 200.0);
    assert_eq!(number(&sold["gain"]), paid - 40.0);

    let redeemed = line(&shown, "SharesRedeemed");
    assert_eq!(amount(&redeemed["cost"]), "10");
    assert_eq!(
        number(&redeemed["gain"]),
        number(&redeemed["money"][0]) - 10.0
    );

    let dividend = line(&shown, "DividendCollected");
    assert_eq!(dividend["dividend"], true);
    let mint = bought["money"][0]["mint"].as_str().unwrap();
    let sums = &shown["sums"][mint];
    assert_eq!(amount(&sums["paid"]), "-100");
    assert_eq!(sums["dividends"], {
        let mut amount = dividend["money"][0].clone();
        amount.as_object_mut().unwrap().remove("mint");
        amount
    });
    assert_eq!(
        number(&sums["gain"]),
        number(&sold["gain"]) + number(&redeemed["gain"])
    );

    // The other side.
    let shown = home.json(&["statement", &cleo_key]);
    assert_eq!(amount(&line(&shown, "SharesSold")["money"][0]), "-200");
    assert_eq!(amount(&line(&shown, "SharesSold")["cost"]), "200");
    // What she gives away is no sale.
    home.ok(&["-k", &cleo, "holder", "transfer", "ADA", "ben.json", "100"]);
    let shown = home.json(&["statement", &cleo_key]);
    let given = line(&shown, "SharesTransferred");
    assert_eq!(
        (amount(&given["cost"]), &given["gain"]),
        ("50", &Value::Null)
    );
    let shown = home.json(&["-k", &ben, "statement"]);
    assert_eq!(amount(&line(&shown, "SharesTransferred")["cost"]), "50");
}

#[test]
fn a_year_has_what_happened_in_it_at_the_cost_of_those_before() {
    let (home, [ben, _], _) = traded();
    let whole = home.json(&["-k", &ben, "statement"]);
    let last = whole["entries"].as_array().unwrap().last().unwrap()["time"].clone();
    let since = format!("@{}", last.as_i64().unwrap());
    let shown = home.json(&["-k", &ben, "statement", "--since", &since]);
    assert!(
        shown["entries"].as_array().unwrap().len() < whole["entries"].as_array().unwrap().len()
    );
    assert_eq!(amount(&line(&shown, "SharesRedeemed")["cost"]), "10");

    let empty = home.json(&["-k", &ben, "statement", "--year", "2150"]);
    assert_eq!(empty["entries"].as_array().unwrap().len(), 0);
    assert!(
        home.ok(&["-k", &ben, "statement", "--year", "2150"])
            .contains("Nothing happened")
    );
    home.fails(&["statement", "--year", "26"], 2, "InvalidValue");

    let file = home.path("ben.csv").display().to_string();
    let text = home.ok(&["-k", &ben, "statement", "--csv", &file]);
    assert!(
        text.contains("bought in round 0") && text.contains("Sums"),
        "{text}"
    );
    let csv = std::fs::read_to_string(file).unwrap();
    assert!(csv.starts_with("time,token,symbol,event,"), "{csv}");
    assert_eq!(
        csv.lines().count(),
        1 + whole["entries"].as_array().unwrap().len()
    );
}

#[test]
fn what_needs_an_eye_is_told() {
    let (home, [ben, _], _) = traded();
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let by = ["-k", &ben, "--output", "json", "watch", "--once"];
        let text = home.ok(&[&by[..], arguments].concat());
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let found = lines(&[]);
    let about = |what: &str| found.iter().find(|line| line["about"] == what);
    let round = about("round").unwrap();
    assert_eq!(
        (&round["symbol"], &round["state"]),
        (&"ADA".into(), &"stands".into())
    );
    assert!(
        round["text"].as_str().unwrap().contains("is open until"),
        "{round}"
    );
    assert!(about("poll").is_none() && about("polls").is_none());
    std::fs::write(home.path("why.txt"), "why").unwrap();
    home.ok(&[
        "-k",
        &ben,
        "poll",
        "put",
        "room",
        "ADA",
        "4%",
        "--document",
        "why.txt",
    ]);
    home.ok(&["token", "pause", "ADA"]);
    let file = home.path("seen").display().to_string();
    let found = lines(&["--exec", &format!("cat >> {file}")]);
    assert!(
        found.iter().any(|line| line["about"] == "poll"),
        "{found:?}"
    );
    assert!(
        found.iter().any(|line| line["about"] == "token"),
        "{found:?}"
    );
    let seen = std::fs::read_to_string(file).unwrap();
    assert_eq!(seen.lines().count(), found.len());
    let text = home.ok(&["-k", &ben, "watch", "--once"]);
    assert!(text.contains("it is paused"), "{text}");
    home.fails(&["watch"], 2, "Usage");
}
