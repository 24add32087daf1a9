//! The embedded chain's folder: in use by another process, left behind by a killed one.

mod common;

use {
    common::{Answer, Home},
    std::{thread::sleep, time::Duration},
    upside_localnet::{EmbeddedChain, Options},
};

#[test]
fn a_chain_in_use_is_waited_for_and_then_said_to_be() {
    let home = Home::new();
    home.json(&["keygen"]);
    let options = Options {
        wait: Duration::ZERO,
        ..Options::default()
    };
    let open = || EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), options).unwrap();

    let held = open();
    let error = home.fails(&["airdrop", "1"], 5, "ChainInUse");
    assert_eq!(error["kind"], "local");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains(home.chain().to_str().unwrap())
    );
    assert!(error["hint"].is_string());
    drop(held);
    home.ok(&["airdrop", "1"]);

    // Whoever lets go in time is not noticed.
    let held = open();
    let waiting = home.start(&["airdrop", "1"]);
    sleep(Duration::from_millis(800));
    drop(held);
    assert_eq!(Answer::of(waiting.wait_with_output().unwrap()).code, 0);
}

#[test]
fn a_killed_process_loses_nothing_that_it_confirmed() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let (mut confirmed, mut killed) = (0u64, 0u64);
    for round in 0..24u64 {
        let mut child = home.start(&[
            "token",
            "issue",
            "ADA",
            ".config/solana/id.json",
            "1",
            "--output",
            "json",
        ]);
        // From before the chain is open to after all is done.
        sleep(Duration::from_millis(round * 37 % 700));
        child.kill().unwrap();
        let answer = Answer::of(child.wait_with_output().unwrap());
        if answer.stdout.contains("signature") {
            confirmed += 1;
        } else {
            killed += 1;
        }
    }
    let report = home.json(&["inspect", "ADA"]);
    let supply: u64 = report["supply"]["total"]["atoms"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let issued = supply / 1_000_000;
    assert!(killed > 0, "nothing was killed in time");
    assert!(
        issued >= confirmed,
        "{confirmed} were confirmed, {issued} are there"
    );
    assert!(issued <= confirmed + killed);
    // Holders, supply and events agree: no half transaction.
    let held = report["supply"]["held"]["atoms"].as_str().unwrap();
    assert_eq!(held, supply.to_string());
    home.ok(&["token", "issue", "ADA", ".config/solana/id.json", "1"]);
}

#[test]
fn a_folder_that_is_no_chain() {
    let home = Home::new();
    home.write("chain/chain.redb", "this is no database at all");
    let error = home.fails(&["token", "list"], 5, "ChainCorrupt");
    assert!(error["message"].as_str().unwrap().contains("chain"));
    home.write("file", "");
    let url = format!("embedded:{}", home.path("file").display());
    let answer = home.run(&["token", "list", "-u", &url]);
    assert_eq!(answer.code, 5, "{}{}", answer.stdout, answer.stderr);
}
