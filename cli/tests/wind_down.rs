//! A token's end: everything that nothing needs any more is closed, and rents return.

mod common;

use common::{Home, amount};

/// Stops all transfers of a mint.
fn pause(home: &Home, mint: &str) {
    let options = upside_localnet::Options::default();
    let programs = upside_sdk::programs();
    let chain = upside_localnet::EmbeddedChain::open(&home.chain(), &programs, options).unwrap();
    let mint: upside_sdk::Pubkey = mint.parse().unwrap();
    let mut account = chain.account(&mint).unwrap();
    // Number and length of the extension, then its authority, then whether it is paused.
    let mut windows = account.data.windows(4);
    let at = windows.position(|bytes| bytes == [26, 0, 33, 0]).unwrap();
    account.data[at + 4 + 32] = 1;
    chain.set_account(&mint, account).unwrap();
}

#[test]
fn at_the_end_vaults_and_custody_are_closed_and_the_rest_is_the_owner_s() {
    let home = Home::new();
    let founder = home.founder();
    let (executor, executor_key) = home.actor("executor");
    home.ok(&["mint-quote", "1000"]);
    let create = ["token", "create", "Ada", "ADA", "--cap", "1000000"];
    let created = home.json(&create);
    home.ok(&["token", "issue", "ADA", ".config/solana/id.json", "1000"]);
    home.ok(&["reserve", "deposit", "ADA", "100"]);
    home.ok(&["endowment", "deposit", "ADA", "50"]);
    let stock = ["mint-quote", "5", "--extension", "pausable"];
    let stock = home.json(&stock)["mint"].as_str().unwrap().to_string();
    home.ok(&["reserve", "add", "ADA", &stock]);
    home.ok(&["endowment", "deposit", "ADA", "5", "--mint", &stock]);
    home.ok(&["attester", "add", "ADA", &executor_key]);
    home.ok(&["token", "update", "ADA", "--name", "Ada King"]);
    home.ok(&["token", "executor", "set", "ADA", &executor_key]);
    home.ok(&["warp", "366d"]);
    home.ok(&["-k", &executor, "token", "executor", "wind-up", "ADA"]);
    let shown = home.json(&["token", "show", "ADA"]);
    assert_eq!(amount(&shown["disclosure"]["dilution"]["creatable"]), "0");
    let close = ["-k", &executor, "token", "wind-down", "close", "ADA"];
    assert_eq!(home.json(&close)["count"], 0);
    home.ok(&["redeem", "ADA", "ALL"]);
    // An issuer who stops a mint keeps its vault open, and no other account.
    pause(&home, &stock);
    let cash = |home: &Home| {
        let shown = home.json(&["balance", &founder]);
        let of = |held: &serde_json::Value| amount(&held["amount"]).parse::<f64>().unwrap();
        shown["tokens"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .sum::<f64>()
    };
    let before = cash(&home);
    // The holder account, the vault, the share custody, the names and the attesters.
    let closed = home.json(&close);
    assert_eq!(
        (&closed["count"], &closed["of"]),
        (&5.into(), &"accounts".into())
    );
    assert_eq!(cash(&home) - before, 50.0);
    assert_eq!(home.json(&close)["count"], 0);
    assert!(created["token"].is_string());
}
