//! An index one of whose people has died: leaving it with their shares, or to cash.

mod common;
mod pool;

use {common::Home, pool::Pool, serde_json::Value};

fn atoms(value: &Value) -> u128 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

/// Ann gives 900 to her reserve, names an executor and is silent for ninety days.
fn ended() -> Pool {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let ann = home.path("ann.json").display().to_string();
    let (executor, executor_key) = home.actor("executor");
    home.ok(&["reserve", "deposit", "ANN", "900"]);
    for who in ["ann", "bob"] {
        let key = home.path(&format!("{who}.json")).display().to_string();
        let open = ["round", "open", &who.to_uppercase(), "--stage", "1000@1"];
        home.ok(&[&["-k", &key][..], &open, &["--closes", "365d"]].concat());
    }
    let set = ["token", "executor", "set", "ANN", &executor_key];
    home.ok(&[&["-k", ann.as_str()][..], &set].concat());
    home.ok(&["warp", "91d"]);
    let up = ["token", "executor", "wind-up", "ANN"];
    home.ok(&[&["-k", executor.as_str()][..], &up].concat());
    pool
}

/// Her shares' part of the reserve, untaxed, from what `inspect` shows.
fn part(home: &Home, shares: u128) -> u128 {
    let token = home.json(&["inspect", "ANN"]);
    let reserve = atoms(&token["assets"][0]["reserve"]);
    reserve * shares / atoms(&token["supply"]["total"])
}

fn of_ann(redeemed: &Value) -> u128 {
    let paid = redeemed["paid"].as_array().unwrap();
    let ann = paid.iter().find(|one| one["name"] == "ANN").unwrap();
    atoms(ann)
}

#[test]
fn shares_of_a_wound_up_person_come_in_kind_and_redeem_untaxed() {
    let pool = ended();
    let home = &pool.home;
    for command in ["show", "inspect"] {
        let text = match command {
            "show" => home.ok(&["index", "show", "MAKERS"]),
            _ => home.ok(&["inspect", "MAKERS"]),
        };
        // Once with what redeeming pays, once among the people.
        assert_eq!(text.matches("wound up").count(), 2, "{text}");
    }
    let had = home.json(&["holder", "show", "ANN", &pool.founder]);
    let redeemed = home.json(&["index", "redeem", "MAKERS", "500", "--yes"]);
    let got = of_ann(&redeemed);
    // Half of the hundred that were put in: this index takes no fees.
    assert_eq!(got, 50_000_000, "{redeemed}");
    let has = home.json(&["holder", "show", "ANN", &pool.founder]);
    assert_eq!(atoms(&has["shares"]) - atoms(&had["shares"]), got);
    let untaxed = part(home, got);
    let shares = format!("{}.{:06}", got / 1_000_000, got % 1_000_000);
    let paid = home.json(&["redeem", "ANN", &shares, "--yes"]);
    assert_eq!(atoms(&paid["paid"][0]), untaxed);

    // Nobody sells more of her, though her round is still open: cash buys nothing.
    let (carl, _) = home.actor("carl");
    home.ok(&["mint-quote", "100", "--to", &carl]);
    let zap = ["-k", &carl, "index", "zap", "MAKERS", "10"];
    home.fails(&zap, 2, "NotFound");
}

#[test]
fn cash_for_shares_takes_her_part_of_the_reserve_untaxed() {
    let pool = ended();
    let home = &pool.home;
    let dry = ["index", "redeem", "MAKERS", "100", "--dry-run"];
    let got = of_ann(&home.json(&dry));
    let untaxed = part(home, got);
    let redeemed = home.json(&["index", "unzap", "MAKERS", "100", "--yes"]);
    assert_eq!(atoms(&redeemed["redeemed"][0]), got, "{redeemed}");
    let reserves = redeemed["reserves"].as_array().unwrap();
    assert_eq!(reserves.len(), 1, "Bob has no reserve");
    assert_eq!(atoms(&reserves[0]), untaxed, "{redeemed}");
    assert_eq!(redeemed["kept"][0]["name"], "BOB");
}
