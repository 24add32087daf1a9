//! `upside demo`: the same story on every run, on the real program, read back from chain.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
};

fn actor<'a>(report: &'a Value, name: &str) -> &'a Value {
    let actors = report["actors"].as_array().unwrap();
    actors.iter().find(|actor| actor["name"] == name).unwrap()
}

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

#[test]
fn the_demo_adds_up_and_is_the_same_on_every_run() {
    let home = Home::new();
    let run = |arguments: &[&str]| -> Value {
        let output = home.bare(arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = run(&["demo", "--output", "json"]);
    let token = &report["token"];
    assert_eq!(token["symbol"], "ADA");
    assert_eq!(token["rounds"][0]["status"], "settled");
    assert_eq!(token["claims"][0]["status"], "exited_in_part");
    assert_eq!(amount(&token["claims"][1]["received"]), "1400");
    assert_eq!(amount(&token["result"]), "11000");
    assert_eq!(amount(&token["supply"]["total"]), "175000");
    assert_eq!(amount(&token["supply"]["bearer"]), "1000");
    assert_eq!(token["votes"]["outcome"], "distribute");
    assert_eq!(amount(&actor(&report, "eve")["shares"]), "2500");
    assert_eq!(amount(&actor(&report, "cleo")["bearer"]), "1000");
    assert_eq!(amount(&actor(&report, "ada")["cash"][0]), "13125");

    // Every atom that was put into the story is in a wallet or in the vault.
    let cash = |actor: &Value| {
        actor["cash"]
            .as_array()
            .unwrap()
            .iter()
            .map(atoms)
            .sum::<u64>()
    };
    let wallets: u64 = report["actors"].as_array().unwrap().iter().map(cash).sum();
    let vault = atoms(&token["assets"][0]["balance"]);
    assert_eq!(wallets + vault, 85_000_000_000);

    let again = run(&["demo", "--output", "json-compact"]);
    assert_eq!(again["actors"], report["actors"]);
    for part in ["supply", "backing", "assets", "votes", "result", "holders"] {
        assert_eq!(again["token"][part], token[part], "{part}");
    }
    assert!(
        !home.path(".local").exists(),
        "the demo touched the default chain"
    );
}

#[test]
fn the_second_act_adds_up() {
    let home = Home::new();
    let run = || -> Value {
        let output = home.bare(&["demo", "--output", "json"]).output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = run();
    let (index, pool) = (&report["index"], report["pool"].as_array().unwrap());
    assert_eq!(
        (index["symbol"].as_str(), index["status"].as_str()),
        (Some("MAKERS"), Some("active"))
    );
    assert_eq!(index["constituents"].as_array().unwrap().len(), 6);

    // Every share is somebody's or locked; two came in by membership.
    let held: u64 = pool.iter().map(|member| atoms(&member["shares"])).sum();
    let supply = &index["supply"];
    assert_eq!(held + atoms(&supply["locked"]), atoms(&supply["total"]));
    let members = index["memberships"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    assert!(members.iter().all(|member| member["status"] == "accepted"));

    // Who had nothing has cash now, both the same: the equal share and what was zapped.
    let of = |name: &str| pool.iter().find(|member| member["name"] == name).unwrap();
    let (kofi, lena) = (of("kofi"), of("lena"));
    assert_eq!(kofi["cash"], lena["cash"]);
    assert!(atoms(&kofi["cash"]) > 287_000_000);
    assert_eq!(amount(&kofi["shares"]), "25");

    // The exit lifted the index: more cash behind a share than the one it started with.
    let cash = index["constituents"].as_array().unwrap();
    let cash = cash.iter().find(|slot| slot["kind"] == "cash").unwrap();
    assert!(atoms(&cash["per_share"]) > 2_000_000, "{cash}");
    // And the backer was paid in kind: shares of all five.
    let noah = of("noah")["people"].as_array().unwrap();
    assert_eq!(noah.len(), 5);
    assert!(noah.iter().all(|person| atoms(&person[1]) > 0));

    let again = run();
    assert_eq!(again["pool"], report["pool"]);
    assert_eq!(again["index"]["backing"], index["backing"]);
}

#[test]
fn a_demo_that_stays_can_be_gone_on_from() {
    let home = Home::new();
    let url = format!("embedded:{}", home.path("demo").display());
    let answer = home.run(&["demo", "-u", &url]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for line in [
        "redeems 5,000 shares",
        "withdraws 1,000 shares",
        "half of the stream",
        "seeds it with these",
        "accepts, and has 25 shares",
        "zaps 1,5",
        "of the equal share",
        "in kind",
    ] {
        assert!(answer.stderr.contains(line), "{line}:\n{}", answer.stderr);
    }
    for word in [
        "unverified",
        "Everybody",
        "sha256",
        "friend of Cleo",
        "keys/dan.json",
        "Makers of the future",
        "What they hold of each other",
    ] {
        assert!(answer.stdout.contains(word), "{word}:\n{}", answer.stdout);
    }
    let widest = answer.stdout.lines().map(|line| line.chars().count()).max();
    assert!(
        widest.is_some_and(|width| width <= 110),
        "{widest:?} columns"
    );
    let dan = home.path("demo/keys/dan.json").display().to_string();
    let claimed = home.json(&["-u", &url, "-k", &dan, "dividend", "claim", "ADA"]);
    assert_eq!(amount(&claimed["paid"][0]), "328.888888");
    let noah = home.path("demo/keys/noah.json").display().to_string();
    let redeemed = home.json(&["-u", &url, "-k", &noah, "index", "redeem", "MAKERS", "ALL"]);
    assert_eq!(redeemed["paid"].as_array().unwrap().len(), 6);
    home.fails(&["demo", "-u", &url], 2, "Usage");
}
