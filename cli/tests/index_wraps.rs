//! What an index cannot move: noted, wrapped in tickets, itself again; and what becomes of its
//! shares of a person who was wound up. Each call is a process of its own.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
    serde_json::Value,
};

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

/// The keypair file of a person.
fn key(home: &Home, name: &str) -> String {
    home.path(&format!("{name}.json")).display().to_string()
}

/// Bob closes his transfers, or opens them.
fn transfers(home: &Home, policy: &str) {
    let bob = key(home, "bob");
    let bob = ["-k", bob.as_str(), "token", "policy"];
    home.ok(&[&bob[..], &["propose", "BOB", "--transfers", policy]].concat());
    home.ok(&["warp", "7d"]);
    home.ok(&[&bob[..], &["apply", "BOB"]].concat());
}

fn wrap<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [&["index", "wrap"][..], words].concat()
}

#[test]
fn a_person_who_closes_transfers_is_wrapped_and_is_itself_again() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (note, open) = (
        wrap(&["note", "MAKERS", "BOB"]),
        wrap(&["open", "MAKERS", "BOB"]),
    );
    home.fails(&note, 3, "NothingToNote");
    home.fails(&wrap(&["note", "MAKERS", "EVE"]), 2, "NotFound");
    transfers(home, "closed");
    home.fails(&open, 3, "NotNoted");
    home.ok(&note);
    home.fails(&open, 3, "NoticePending");
    let shown = home.json(&wrap(&["show", "MAKERS"]));
    assert_eq!(shown["noted"][0]["name"], "BOB", "{shown}");
    assert!(
        home.ok(&wrap(&["show", "MAKERS"]))
            .contains("BOB cannot move since")
    );
    home.ok(&["warp", "7d"]);
    let wrapped = home.json(&open);
    let tickets = wrapped["tickets_mint"].as_str().unwrap();
    home.fails(&open, 3, "AlreadyWrapped");

    // Everything leaves again: a tenth of Bob's two hundred as tickets.
    let paid = home.json(&["index", "redeem", "MAKERS", "100"]);
    assert_eq!(paid["stuck"].as_array().unwrap().len(), 0, "{paid}");
    let mine = paid["paid"].as_array().unwrap().iter();
    let mine = mine.clone().find(|one| one["key"] == tickets).unwrap();
    assert_eq!(amount(mine), "20");

    // What they earn is theirs.
    let bob = key(home, "bob");
    home.fails(&wrap(&["harvest", "MAKERS", "BOB"]), 3, "NothingToCollect");
    home.ok(&["mint-quote", "2000", "--to", &bob]);
    home.ok(&[
        "-k", &bob, "claim", "declare", "revenue", "BOB", "Songs", "--share", "15%", "--total",
        "10000", "--ends", "365d",
    ]);
    home.ok(&["-k", &bob, "revenue", "pay", "BOB", "0", "1000"]);
    home.ok(&["warp", "8d"]);
    home.ok(&wrap(&["harvest", "MAKERS", "BOB"]));
    let shown = home.json(&wrap(&["show", "MAKERS"]));
    let line = &shown["wrapped"][0];
    assert_eq!(
        (amount(&line["tickets"]), &line["in_slot"]),
        ("200", &Value::from(true))
    );
    let pot = atoms(&line["earned"][0]);
    assert!(pot > 0, "{shown}");
    let unwrap = wrap(&["unwrap", "MAKERS", "BOB", "ALL"]);
    home.fails(&unwrap, 3, "TransferClosed");
    home.fails(&wrap(&["unwrap-slot", "MAKERS", "BOB"]), 3, "SlotStuck");
    home.fails(&wrap(&["close", "MAKERS", "BOB"]), 3, "AlreadyWrapped");

    transfers(home, "free");
    home.ok(&wrap(&["unwrap-slot", "MAKERS", "BOB"]));
    let more = wrap(&["unwrap", "MAKERS", tickets, "21"]);
    home.fails(&more, 3, "InsufficientFunds");
    home.fails(&wrap(&["close", "MAKERS", "BOB"]), 3, "TicketsLeft");
    let unwrapped = home.json(&unwrap);
    assert_eq!(amount(&unwrapped["paid"]), "20", "{unwrapped}");
    assert_eq!(atoms(&unwrapped["earned"][0]), pot / 10, "{unwrapped}");
    home.ok(&wrap(&["close", "MAKERS", "BOB"]));
    home.fails(&wrap(&["close", "MAKERS", "BOB"]), 2, "NotFound");
    let text = home.ok(&wrap(&["show", "MAKERS"]));
    assert!(text.contains("Nothing of MAKERS"), "{text}");
    let paid = home.json(&["index", "redeem", "MAKERS", "100"]);
    let bob = paid["paid"].as_array().unwrap().iter();
    let bob = bob.clone().find(|one| one["name"] == "BOB").unwrap();
    assert_eq!(amount(bob), "20", "{paid}");
    let told = home.ok(&["history", "MAKERS"]);
    for said in ["cannot move", "was wrapped in", "unwrapped", "again"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn shares_of_a_person_who_was_wound_up_become_what_they_pay() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let ann = key(home, "ann");
    let ann = ["-k", ann.as_str()];
    let (executor, executor_key) = home.actor("executor");
    home.ok(&["reserve", "deposit", "ANN", "900"]);
    // Equity in another mint than cash, which will be shared out in kind.
    let deed = home.json(&["mint-quote", "1000", "--decimals", "8", "--to", ann[1]]);
    let deed = deed["mint"].as_str().unwrap();
    home.ok(&[
        &ann[..],
        &["claim", "declare", "tokenized", "ANN", "Acme Inc."],
    ]
    .concat());
    home.ok(&[&ann[..], &["claim", "deposit", "ANN", "0", deed, "1000"]].concat());
    let set = ["token", "executor", "set", "ANN", &executor_key];
    home.ok(&[&ann[..], &set].concat());
    let redeem = ["index", "redeem-wound-up", "MAKERS", "ANN"];
    home.fails(&redeem, 3, "NotWoundUp");
    home.ok(&["warp", "91d"]);
    home.ok(&["-k", &executor, "token", "executor", "wind-up", "ANN"]);

    home.fails(&redeem, 3, "ClaimsOpen");
    home.ok(&["token", "wind-down", "share-out", "ANN"]);
    let redeemed = home.json(&redeem);
    assert_eq!(amount(&redeemed["shares"]), "100");
    // A hundred of the twenty thousand shares of a reserve of nine hundred.
    assert_eq!(amount(&redeemed["paid"][0]), "4.5", "{redeemed}");
    home.fails(&redeem, 3, "NothingToWrap");
    let shown = home.json(&["index", "show", "MAKERS"]);
    let cash = shown["constituents"].as_array().unwrap().iter();
    let cash = cash
        .clone()
        .find(|slot| slot["kind"] != "personal")
        .unwrap();
    assert_eq!(atoms(&cash["per_share"]), 1_004_500, "{cash}");

    let collect = ["index", "collect-wound-up", "MAKERS", "ANN"];
    home.fails(&collect, 3, "NoSlotForAsset");
    home.ok(&["index", "add", "MAKERS", deed]);
    let collected = home.json(&collect);
    assert_eq!(amount(&collected["parts"][0]), "5", "{collected}");
    assert_eq!(collected["parts"][0]["claim"], 0);
    home.fails(&collect, 3, "NothingToCollect");
    let told = home.ok(&["history", "MAKERS"]);
    for said in ["who was wound up", "of the custody of"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}
