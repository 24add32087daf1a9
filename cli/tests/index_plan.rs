//! The curator's tools: rebalances from target percentages, and what time brings.

mod common;
mod pool;

use {common::Home, pool::Pool, serde_json::Value};

/// Ann's and Bob's rounds ask 0.5; the index holds 100 of Ann, 200 of Bob and 1,000 of cash.
fn asked() -> Pool {
    let pool = Pool::launched(&[]);
    for person in ["ann", "bob"] {
        let file = pool.home.path(&format!("{person}.json"));
        let file = file.display().to_string();
        let symbol = person.to_uppercase();
        let open = [
            "-k",
            &file,
            "round",
            "open",
            &symbol,
            "--stage",
            "10000@0.5",
        ];
        let terms = ["--reserve", "50%", "--closes", "100d"];
        pool.home.ok(&[&open[..], &terms[..]].concat());
    }
    pool
}

fn plan<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [&["index", "plan", "MAKERS"][..], words].concat()
}

/// The lines that `index watch --once` prints as JSON.
fn watch(home: &Home, words: &[&str]) -> Vec<Value> {
    let once = ["index", "watch", "MAKERS", "--once", "--output", "json"];
    let text = home.ok(&[&once[..], words].concat());
    let lines = text.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn states(lines: &[Value]) -> Vec<&str> {
    let states = lines.iter().filter(|line| line["line"] == "state");
    states.map(|line| line["state"].as_str().unwrap()).collect()
}

#[test]
fn targets_are_planned_announced_and_traded() {
    let Pool { home, .. } = asked();
    let wanted = plan(&["--target", "ANN=10%", "--rest", "cash"]);
    let dry = home.json(&[&wanted[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    // 50 and 100 of people at 0.5, and 1,000 of cash.
    assert_eq!(dry["value"], "1150");
    let ann = &dry["slots"][0];
    assert_eq!(
        (ann["name"].as_str(), ann["part"].as_str()),
        (Some("ANN"), Some("4.35"))
    );
    assert_eq!(ann["price"]["asked"]["source"], "round");
    assert_eq!(
        (&ann["target"], &ann["price"]["paid"]),
        (&"10".into(), &Value::Null)
    );
    assert_eq!(dry["slots"][1]["part"], dry["slots"][1]["target"]);
    let trades = dry["rebalances"][0]["trades"].as_array().unwrap();
    let sides: Vec<_> = trades.iter().map(|trade| &trade["side"]).collect();
    assert_eq!(sides, ["buy", "sell"]);
    assert_eq!(
        (&trades[0]["low"], &trades[0]["high"]),
        (&"0.475".into(), &"0.525".into())
    );
    assert_eq!(
        (&trades[1]["low"], &trades[1]["high"]),
        (&"1".into(), &"1".into())
    );
    let shown = home.ok(&[&wanted[..], &["--dry-run"]].concat());
    for text in ["simulated", "Constituents", "Rebalance 1", "ANN"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    // Anybody may look; nobody else announces.
    let (other, _) = home.actor("other");
    let looked = home.json(&[&["-k", &other][..], &wanted[..], &["--dry-run"]].concat());
    assert_eq!(
        (&looked["value"], &looked["announced"]),
        (&dry["value"], &Value::Null)
    );

    let sent = home.json(&wanted);
    assert_eq!(
        (&sent["status"], &sent["announced"]["nonce"]),
        (&"sent".into(), &1.into())
    );
    let rebalance = home.json(&["index", "rebalance", "show", "MAKERS"]);
    assert_eq!(rebalance["content"], sent["announced"]["content"]);
    assert_eq!(rebalance["starts_at"], sent["announced"]["starts_at"]);
    // Another one waits until this one is over, and says so.
    let again = home.json(&wanted);
    assert_eq!(again["announced"], Value::Null);
    let ends_at = sent["announced"]["ends_at"].as_i64().unwrap();
    assert_eq!(again["rebalances"][0]["seal_at"], ends_at + 1);
    home.ok(&["warp", "7d12h"]);
    home.ok(&[
        "index",
        "rebalance",
        "bid",
        "MAKERS",
        "ALL",
        "cash",
        "ANN",
        "--slippage",
        "1",
    ]);
    let after = home.json(&[&wanted[..], &["--dry-run"]].concat());
    let part: f64 = after["slots"][0]["part"].as_str().unwrap().parse().unwrap();
    assert!((9.4..=10.6).contains(&part), "{part}");
}

#[test]
fn what_is_not_reached_is_said() {
    let Pool { home, .. } = asked();
    let far = home.json(&plan(&["--target", "cash=20%", "--dry-run"]));
    let notes: Vec<_> = far["slots"][2]["notes"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    let names: Vec<_> = notes
        .iter()
        .map(|note| note["note"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["spread", "yearly_limit"]);
    assert!(far["rebalances"].as_array().unwrap().len() > 1);
    let text = home.ok(&plan(&["--target", "cash=20%", "--dry-run"]));
    for words in [
        "To look at",
        "at most half of it is sold in a year",
        "later ones",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let all = home.json(&plan(&[
        "--target",
        "cash=20%",
        "--by-majority",
        "--dry-run",
    ]));
    assert_eq!(all["rebalances"].as_array().unwrap().len(), 1);
    assert_eq!(all["by_majority"], true);
    let none = home.json(&plan(&["--target", "cash=86.96%", "--dry-run"]));
    assert_eq!(none["rebalances"].as_array().unwrap().len(), 0);
}

#[test]
fn prices_are_named_where_nobody_asks() {
    let Pool { home, mint, .. } = Pool::launched(&[]);
    let unpriced = plan(&["--target", "ANN=10%", "--dry-run"]);
    let error = home.fails(&unpriced, 2, "Usage");
    assert!(
        error["hint"].as_str().unwrap().contains("--price ANN="),
        "{error}"
    );
    let named = home.json(&[&unpriced[..], &["--price", "ANN=2"]].concat());
    assert_eq!(named["slots"][0]["price"]["paid"]["source"], "curator");
    assert_eq!(named["value"], "1200");
    assert_eq!(named["slots"][1]["notes"][0]["note"], "unpriced");

    for (words, hint) in [
        ("--target ANN=10 --target ann=5", "once for each"),
        ("--target ANN=60 --target cash=41 --price ANN=1", "100 %"),
        ("--target ANN=10 --rest ANN --price ANN=1", "difference"),
        (
            "--target ANN=95 --rest BOB --price ANN=1 --price BOB=1",
            "lower a target",
        ),
        ("--target ANN=10 --price ANN=1 --lasts 8d", "--lasts"),
        ("--target ANN=10 --price ANN=1 --band 40", "--band"),
        ("--target ANN=10 --price what=1", "by its address"),
        ("--target ANN=10 --price cash=2", "--mint"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let words = [&plan(&words)[..], &["--dry-run"]].concat();
        let error = home.fails(&words, 2, "Usage");
        assert!(
            error["hint"].as_str().unwrap().contains(hint),
            "{words:?}: {error}"
        );
    }
    // Another currency has to be priced against.
    let other = plan(&[
        "--target",
        "ANN=10",
        "--mint",
        "So11111111111111111111111111111111111111112",
        "--dry-run",
    ]);
    home.fails(&other, 2, "Usage");
    let price = format!("{mint}=0.01");
    let priced = home.json(&[&other[..], &["--price", &price, "--price", "ANN=0.02"]].concat());
    assert_eq!(priced["value"], "12");
}

#[test]
fn a_watcher_prints_what_stands_and_the_events_since() {
    let Pool { home, .. } = asked();
    assert!(watch(&home, &[]).is_empty());
    let all = watch(&home, &["--after", "0"]);
    let numbers: Vec<_> = all
        .iter()
        .map(|line| line["sequence"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert_eq!(
        (&all[0]["line"], &all[0]["event"]),
        (&"event".into(), &"IndexCreated".into())
    );
    let last = numbers.len().to_string();

    home.ok(&plan(&["--target", "ANN=10%", "--rest", "cash"]));
    let lines = watch(&home, &["--after", &last]);
    let events: Vec<_> = lines
        .iter()
        .filter_map(|line| line["event"].as_str())
        .collect();
    assert_eq!(events.last(), Some(&"RebalanceSealed"));
    assert_eq!(states(&lines), ["waiting"]);
    let waiting = lines.last().unwrap();
    assert_eq!(
        (&waiting["announcement"], &waiting["kind"]),
        (&1.into(), &"rebalance".into())
    );
    home.ok(&["warp", "7d12h"]);
    let lines = watch(&home, &[]);
    assert_eq!(states(&lines), ["effective", "price", "price"]);
    assert_eq!(
        (&lines[1]["slot"]["name"], &lines[1]["side"]),
        (&"ANN".into(), &"buy".into())
    );
    let text = home.ok(&["index", "watch", "MAKERS", "--once"]);
    assert!(text.contains("rebalance 1 is traded until"), "{text}");
    assert!(text.contains("ANN is bought at 0.49"), "{text}");
    home.ok(&["index", "pause", "MAKERS"]);
    home.ok(&["warp", "1d"]);
    let lines = watch(&home, &[]);
    assert_eq!(states(&lines), ["expired", "paused"]);
    assert!(lines[1]["until"].as_i64().unwrap() > lines[1]["time"].as_i64().unwrap());

    let error = home.fails(&["index", "watch", "MAKERS"], 2, "Usage");
    assert!(
        error["hint"].as_str().unwrap().contains("--once"),
        "{error}"
    );
    home.fails(&["index", "watch", "NOBODY", "--once"], 2, "NotFound");
}

#[test]
fn what_is_due_and_what_is_stuck_is_printed_with_what_to_do() {
    let pool = asked();
    let home = &pool.home;
    pool.exit("ann");
    home.ok(&["warp", "3d"]);
    let lines = watch(home, &[]);
    assert_eq!(states(&lines), ["due"]);
    assert!(
        lines[0]["text"].as_str().unwrap().contains("index harvest"),
        "{}",
        lines[0]
    );
    // Dividends stream by the second: what comes after a harvest is little.
    let due = |lines: &[Value]| -> u64 {
        let line = lines.iter().find(|line| line["state"] == "due");
        line.map_or(0, |line| {
            line["slot"]["atoms"].as_str().unwrap().parse().unwrap()
        })
    };
    let before = due(&lines);
    home.ok(&["index", "harvest", "MAKERS"]);
    let after = due(&watch(home, &[]));
    assert!(before > 0 && after < before / 10, "{before} {after}");

    let bob = home.path("bob.json").display().to_string();
    home.ok(&[
        "-k",
        &bob,
        "token",
        "policy",
        "propose",
        "BOB",
        "--transfers",
        "closed",
    ]);
    home.ok(&["warp", "8d"]);
    home.ok(&["-k", &bob, "token", "policy", "apply", "BOB"]);
    let stuck = |lines: Vec<Value>| lines.into_iter().find(|line| line["state"] == "stuck");
    let line = stuck(watch(home, &[])).expect("Bob is stuck");
    assert_eq!(
        (&line["slot"]["name"], &line["until"]),
        (&"BOB".into(), &Value::Null)
    );
    home.ok(&["index", "wrap", "note", "MAKERS", "BOB"]);
    let line = stuck(watch(home, &[])).expect("Bob is still stuck");
    assert!(line["until"].as_i64().is_some(), "{line}");
}
