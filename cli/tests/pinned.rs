//! Signatures that are made on several machines, over days, while the chain goes on.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
};

fn scene() -> (Home, String, String, String, String) {
    let home = Home::new();
    home.founder();
    let create = [
        "token", "create", "Ada", "ADA", "--cap", "1000000", "--launch", "200000",
    ];
    home.ok(&create);
    let (ben, ben_key) = home.actor("ben");
    home.ok(&["token", "issue", "ADA", &ben_key, "100"]);
    home.ok(&["reserve", "deposit", "ADA", "100"]);
    let (payer, payer_key) = home.actor("payer");
    (home, ben, ben_key, payer, payer_key)
}

fn signed(answer: &Value) -> (&str, &str, &str) {
    let one = &answer["transactions"][0];
    let text = |value: &'_ Value| value.as_str().unwrap().to_string().leak() as &str;
    (
        text(&one["blockhash"]),
        text(&one["signers"][0]),
        text(&one["message"]),
    )
}

#[test]
fn bounds_that_are_pinned_hold_while_the_quote_changes() {
    let (home, ben, ben_key, payer, payer_key) = scene();
    let redeem = ["redeem", "ADA", "10", "--deadline", "@1999999999"];
    let pins = ["--at-least", "quote=9.5"];
    let first = [
        &["-k", &ben, "--fee-payer", &payer_key][..],
        &redeem,
        &pins,
        &["--sign-only"],
    ];
    let made = home.json(&first.concat());
    assert_eq!(amount(&made["at_least"][0]), "9.5");
    let (hash, signer, _) = signed(&made);
    // Somebody else changes what is quoted.
    home.ok(&["reserve", "deposit", "ADA", "1"]);
    let second = [
        "-k",
        &ben_key,
        "--fee-payer",
        &payer,
        "--blockhash",
        hash,
        "--signer",
        signer,
    ];
    let sent = home.json(&[&second[..], &redeem, &pins].concat());
    assert_eq!(sent["status"], "sent");
    assert_eq!(amount(&sent["paid"][0]), "10.1");
    // A bound that does not hold is refused before anything is signed.
    let high = [&["-k", &ben][..], &redeem, &["--at-least", "quote=99"]].concat();
    home.fails(&high, 3, "Slippage");
}

#[test]
fn the_message_itself_can_be_signed_and_sent() {
    let (home, ben, ben_key, payer, payer_key) = scene();
    let redeem = ["redeem", "ADA", "10"];
    let first = [
        &["-k", &ben, "--fee-payer", &payer_key][..],
        &redeem,
        &["--sign-only"],
    ]
    .concat();
    let made = home.json(&first);
    let (hash, signer, message) = signed(&made);
    home.ok(&["reserve", "deposit", "ADA", "1"]);
    let by = ["-k", &ben_key, "--fee-payer", &payer, "--signer", signer];
    let error = home.fails(
        &[&by[..], &redeem, &["--blockhash", hash]].concat(),
        2,
        "BadSignature",
    );
    assert!(
        error["hint"].as_str().unwrap().contains("--message"),
        "{error}"
    );
    // Not for another command.
    let other = [
        &by[..],
        &["redeem", "ADA", "11", "--bearer"],
        &["--message", message],
    ]
    .concat();
    assert_ne!(home.run(&other).code, 0);
    let pause = [
        &by[..],
        &["holder", "transfer", "ADA", &payer_key, "1"],
        &["--message", message],
    ];
    home.fails(&pause.concat(), 2, "Usage");
    // Nor for another amount.
    let more = [&by[..], &["redeem", "ADA", "11"], &["--message", message]].concat();
    let error = home.fails(&more, 2, "Usage");
    assert!(
        error["message"].as_str().unwrap().contains("amounts"),
        "{error}"
    );
    // Bounds that are other than they would be now are told, and nothing is sent unasked.
    let again = [&by[..], &redeem, &["--message", message]].concat();
    let mut unasked = home.silent(&again);
    unasked.env("UPSIDE_URL", format!("embedded:{}", home.chain().display()));
    unasked.stdin(std::process::Stdio::piped());
    unasked.stdout(std::process::Stdio::piped());
    unasked.stderr(std::process::Stdio::piped());
    let mut child = unasked.spawn().unwrap();
    // A yes to what was asked for is none to the difference.
    let mut answers = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut answers, b"y\nn\n").unwrap();
    drop(answers);
    let answer = common::Answer::of(child.wait_with_output().unwrap());
    assert_ne!(answer.code, 0);
    assert!(answer.stderr.contains("min_out is [9"), "{}", answer.stderr);
    let sent = home.json(&again);
    assert_eq!(sent["status"], "sent", "{sent}");
    assert!(sent["notes"].to_string().contains("min_out"), "{sent}");
    home.fails(
        &["redeem", "ADA", "1", "--message", "AAAA"],
        2,
        "InvalidValue",
    );
}

/// What waits for signatures is not dead after two minutes.
#[test]
fn what_is_signed_elsewhere_may_take_days() {
    let (home, ben, ben_key, payer, payer_key) = scene();
    let nonce = home.path("nonce.json").display().to_string();
    home.json(&["keygen", "-o", &nonce]);
    home.ok(&["-k", &ben, "nonce", "create", &nonce]);
    let redeem = [
        "redeem",
        "ADA",
        "10",
        "--nonce",
        &nonce,
        "--nonce-authority",
        &ben_key,
    ];
    let first = [
        "-k",
        &ben,
        "--nonce-authority",
        &ben,
        "--fee-payer",
        &payer_key,
    ];
    let first = [
        &first[..],
        &["redeem", "ADA", "10", "--nonce", &nonce, "--sign-only"],
    ]
    .concat();
    let made = home.json(&first);
    let (_, signer, message) = signed(&made);
    home.ok(&["warp", "10d"]);
    let by = ["-k", &ben_key, "--fee-payer", &payer, "--signer", signer];
    let sent = home.json(&[&by[..], &redeem, &["--message", message]].concat());
    assert_eq!(sent["status"], "sent", "{sent}");
}
