//! What moves value or cannot be undone takes a yes, from whoever is there to give it.

mod common;

use {
    common::{Answer, Home, amount, market},
    serde_json::Value,
    std::{io::Write, process::Stdio},
};

/// Runs a command of somebody who has agreed to nothing, with this on standard input.
fn answered(home: &Home, arguments: &[&str], input: &str) -> Answer {
    let mut command = home.silent(arguments);
    command.env("UPSIDE_URL", format!("embedded:{}", home.chain().display()));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Answer::of(child.wait_with_output().unwrap())
}

#[test]
fn without_a_yes_nothing_is_sent() {
    let (home, [ben, _], [ben_key, cleo_key]) = market();
    home.ok(&["reserve", "deposit", "ADA", "100"]);
    home.ok(&["holder", "open", "ADA", "--wallet", &cleo_key]);
    let supply = || {
        let shown = home.json(&["token", "show", "ADA"]);
        amount(&shown["supply"]["total"]).to_string()
    };
    let before = supply();
    let commands: [&[&str]; 11] = [
        &["-k", &ben, "redeem", "ADA", "10"],
        &["-k", &ben, "holder", "transfer", "ADA", &cleo_key, "ALL"],
        &["-k", &ben, "sale", "open", "ADA", "100", "0.0001"],
        &["-k", &ben, "bid", "open", "ADA", "1", "1"],
        &["token", "issue", "ADA", &ben_key, "1"],
        &["token", "transfer-ownership", "ADA", &ben_key],
        &["reserve", "deposit", "ADA", "1"],
        &["grant", "offer", "ADA", &ben_key, "10", "--over", "1y"],
        &["round", "open", "ADA", "--stage", "10@5", "--closes", "30d"],
        &["token", "update", "ADA", "--name", "Famous"],
        &["claim", "declare", "equity", "ADA", "X", "--units", "1_000"],
    ];
    for arguments in commands {
        // Nobody there; somebody who says no, or something else.
        let silent = answered(&home, arguments, "");
        assert_eq!(
            silent.code, 2,
            "{arguments:?}: {}{}",
            silent.stdout, silent.stderr
        );
        assert!(silent.stderr.contains("--yes"), "{}", silent.stderr);
        for no in ["n\n", "no\n", "\n", "perhaps\n"] {
            let answer = answered(&home, arguments, no);
            assert_eq!(answer.code, 1, "{arguments:?}: {}", answer.stderr);
            assert!(answer.stderr.contains("cancelled"), "{}", answer.stderr);
        }
        let json = answered(&home, &[arguments, &["--output", "json"]].concat(), "");
        let shown: Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(shown["error"]["name"], "Unconfirmed", "{shown}");
        assert!(json.stderr.is_empty(), "{}", json.stderr);
    }
    assert_eq!(supply(), before);
    // To look is free.
    for arguments in commands {
        let dry = answered(&home, &[arguments, &["--dry-run"]].concat(), "");
        assert_eq!(dry.code, 0, "{arguments:?}: {}", dry.stderr);
    }
}

#[test]
fn an_answer_on_standard_input_is_read() {
    let (home, [ben, _], [_, cleo_key]) = market();
    home.ok(&["holder", "open", "ADA", "--wallet", &cleo_key]);
    for yes in ["y\n", "yes\n", "Y"] {
        let transfer = ["-k", &ben, "holder", "transfer", "ADA", &cleo_key, "1"];
        let answer = answered(&home, &transfer, yes);
        assert_eq!(answer.code, 0, "{yes:?}: {}", answer.stderr);
        assert!(answer.stderr.contains("[y/N]"), "{}", answer.stderr);
        assert!(answer.stderr.contains("cleo") || answer.stderr.contains(&cleo_key));
    }
    let json = [
        "-k", &ben, "holder", "transfer", "ADA", &cleo_key, "1", "--output", "json",
    ];
    let answer = answered(&home, &json, "y\n");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let shown = home.json(&["holder", "show", "ADA", &cleo_key]);
    assert_eq!(amount(&shown["shares"]), "4", "{shown}");
}

#[test]
fn what_is_harmless_asks_nobody() {
    let (home, [ben, _], _) = market();
    for arguments in [
        &["airdrop", "1"][..],
        &["mint-quote", "1"],
        &["token", "heartbeat", "ADA"],
        &["token", "pause", "ADA"],
        &["token", "unpause", "ADA"],
        &["-k", &ben, "address"],
        &["balance"],
        &["config"],
        &["version"],
        &["help"],
        &["help", "round", "open"],
        &["round", "help", "open"],
        &["token", "show", "ADA"],
    ] {
        let answer = answered(&home, arguments, "");
        assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.stderr);
    }
}
