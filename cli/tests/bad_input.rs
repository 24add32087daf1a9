//! What is wrong is said, with an exit code of its own and nothing moved.

mod common;

use common::{Answer, Home};

#[test]
fn a_wrong_command_line_is_usage() {
    let home = Home::new();
    for arguments in [
        &["nonsense"][..],
        &["token", "create", "Ada", "--cap", "10000000"],
        &["round", "open", "ADA", "--stage", "100"],
        &["warp", "soon"],
        &["airdrop", "-1"],
        &["token", "list", "-u", "nowhere"],
        &["token", "list", "--output", "xml"],
        &["redeem", "ADA", "1", "--slippage", "101"],
        &["holder", "transfer", "ADA", "no-such-key", "1"],
        &["token", "pause", "ADA", "--dry-run", "--sign-only"],
    ] {
        let answer = home.run(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}\n{}", answer.stderr);
        assert!(
            answer.stderr.contains("error"),
            "{arguments:?}\n{}",
            answer.stderr
        );
        assert!(answer.stdout.is_empty());
    }
    let error = home.fails(&["round", "open", "ADA", "--stage", "100"], 2, "Usage");
    assert_eq!(error["kind"], "usage");
    assert!(
        error["message"].as_str().unwrap().contains("SHARES@PRICE"),
        "{error}"
    );
    // Nothing was touched, not even the chain's folder.
    assert!(!home.chain().exists());
}

#[test]
fn texts_that_no_account_has_room_for() {
    let home = Home::new();
    let long = "A".repeat(10_000);
    let document = "00".repeat(32);
    for (arguments, room) in [
        (
            vec!["token", "create", &long, "ADA", "--cap", "10000000"],
            64,
        ),
        (
            vec!["token", "create", "Ada", &long, "--cap", "10000000"],
            12,
        ),
        (
            vec![
                "token", "create", "Ada", "ADA", "--uri", &long, "--cap", "10000000",
            ],
            200,
        ),
        (vec!["token", "update", "ADA", "--name", &long], 64),
        (vec!["index", "create", &long, "MAKERS"], 32),
        (vec!["product", "open", "ADA", &long, "--pay", "1"], 64),
        (vec!["claim", "declare", "tokenized", "ADA", &long], 64),
        (
            vec![
                "claim",
                "transform",
                "ADA",
                "0",
                "--units",
                "1",
                "--document",
                &document,
                "--unit",
                &long,
            ],
            16,
        ),
    ] {
        let answer = home.run(&arguments);
        assert_eq!(answer.code, 2, "{}", answer.stderr);
        let told = format!("has 10000 bytes, and at most {room} fit");
        assert!(answer.stderr.contains(&told), "{}", answer.stderr);
        assert!(answer.stderr.len() < 1_000, "it is not repeated");
    }
    assert!(!home.chain().exists());
}

#[test]
fn help_shows_examples() {
    let home = Home::new();
    for arguments in [
        &["--help"][..],
        &["round", "open", "--help"],
        &["redeem", "-h"],
    ] {
        let answer = home.run(arguments);
        assert_eq!(answer.code, 0);
        assert!(answer.stdout.contains("Example"), "{}", answer.stdout);
    }
}

#[test]
fn keys_that_are_missing_or_unreadable() {
    let home = Home::new();
    let error = home.fails(&["airdrop", "1"], 5, "NoKeypair");
    assert!(
        error["hint"].as_str().unwrap().contains("upside keygen"),
        "{error}"
    );
    let broken = home.write("broken.json", "[1, 2, 3]");
    home.fails(&["airdrop", "1", "-k", &broken], 5, "Keypair");
    let error = home.fails(&["airdrop", "1", "-k", "usb://ledger"], 5, "Device");
    let (why, next) = (error["message"].as_str(), error["hint"].as_str());
    assert!(
        why.is_some_and(|why| why.contains("usb://ledger")),
        "{error}"
    );
    assert!(next.is_some_and(|next| !next.is_empty()), "{error}");
    let signer = ["airdrop", "1", "--signer", "usb://ledger?key=1"];
    home.fails(&signer, 5, "Device");
    let to = ["airdrop", "1", "--to", "usb://ledger"];
    home.fails(&to, 2, "Usage");
    let made = home.json(&["keygen", "-o", "new.json"]);
    assert!(made["address"].is_string());
    home.fails(&["keygen", "-o", "new.json"], 5, "Keypair");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home.path("new.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Looking needs no key.
    home.ok(&["token", "list"]);
}

#[test]
fn configuration_files() {
    let home = Home::new();
    let config = home.write("config.yml", "json_rpc_url: [");
    let error = home.fails(&["token", "list", "-C", &config], 5, "Config");
    assert!(error["message"].as_str().unwrap().contains("config.yml"));
    home.fails(&["token", "list", "-C", "missing.yml"], 5, "Config");
    home.fails(&["token", "list", "-u", "config"], 2, "Usage");

    // The default file gives the key; its cluster is used only when asked for.
    home.json(&["keygen", "-o", "other.json"]);
    let chain = home.path("configured").display().to_string();
    let text = format!(
        "json_rpc_url: 'embedded:{chain}'\nwebsocket_url: ''\nkeypair_path: {}\n",
        home.path("other.json").display()
    );
    let config = home.write(".config/solana/cli/config.yml", &text);
    home.ok(&["airdrop", "1"]);
    assert!(!home.path("configured").exists());
    for flags in [&["-C", config.as_str()][..], &["-u", "config"]] {
        let output = home
            .bare(&[&["airdrop", "1"], flags].concat())
            .output()
            .unwrap();
        assert_eq!(Answer::of(output).code, 0);
    }
    assert!(home.path("configured").exists());
    home.write(
        ".config/solana/cli/config.yml",
        "neither: this\nnor: that\n",
    );
    home.fails(&["airdrop", "1"], 5, "Config");
}

#[test]
fn clusters_that_do_not_answer() {
    let home = Home::new();
    home.json(&["keygen"]);
    for arguments in [
        &["token", "list", "-u", "http://127.0.0.1:1"][..],
        &["airdrop", "1", "-u", "http://127.0.0.1:1"],
        &["inspect", "ADA", "-u", "http://no-such-host.invalid"],
    ] {
        let error = home.fails(arguments, 4, "Unreachable");
        assert_eq!(error["kind"], "network");
        assert!(error["hint"].as_str().unwrap().contains("-u"));
    }
    home.fails(&["warp", "1d", "-u", "http://127.0.0.1:1"], 2, "Usage");
    home.fails(&["demo", "-u", "devnet"], 2, "Usage");
}

#[test]
fn tokens_that_are_unknown_or_not_one() {
    let home = Home::new();
    home.founder();
    let (second, _) = home.actor("second");
    home.ok(&["-k", &second, "mint-quote", "1"]);
    home.fails(&["inspect", "NOBODY"], 2, "NotFound");
    home.fails(
        &["inspect", "11111111111111111111111111111112"],
        2,
        "NotFound",
    );
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    home.ok(&[
        "-k",
        &second,
        "token",
        "create",
        "Another Ada",
        "Ada",
        "--cap",
        "10000000",
    ]);
    let error = home.fails(&["inspect", "ADA"], 2, "Ambiguous");
    let tokens = home.json(&["token", "list"]);
    for token in tokens["tokens"].as_array().unwrap() {
        assert!(
            error["message"]
                .as_str()
                .unwrap()
                .contains(token["token"].as_str().unwrap())
        );
        home.ok(&["inspect", token["owner"].as_str().unwrap()]);
    }
    home.fails(
        &["token", "create", "Again", "ADA2", "--cap", "10000000"],
        3,
        "AlreadyExists",
    );
    home.fails(
        &["round", "contribute", "ADA", "1", "-k", &second],
        2,
        "Ambiguous",
    );
}

#[test]
fn amounts_and_terms_that_cannot_be() {
    let home = Home::new();
    let founder = home.founder();
    let (other, other_key) = home.actor("other");
    home.fails(
        &["token", "create", "", "ADA", "--cap", "10000000"],
        3,
        "InvalidText",
    );
    home.fails(
        &[
            "token", "create", "Ada", "ADA", "--drip", "60d", "--cap", "10000000",
        ],
        3,
        "InvalidTerms",
    );
    home.fails(
        &[
            "token",
            "create",
            "Ada",
            "ADA",
            "--floor",
            "0.0000001",
            "--cap",
            "10000000",
        ],
        2,
        "Amount",
    );
    home.fails(
        &[
            "token", "create", "Ada", "ADA", "--quote", &founder, "--cap", "10000000",
        ],
        2,
        "WrongAccount",
    );
    home.fails(
        &[
            "-k", &other, "token", "create", "Ada", "ADA", "--cap", "10000000",
        ],
        2,
        "Usage",
    );
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "1000"]);

    let open = |extra: &[&'static str]| -> Vec<&'static str> {
        [&["round", "open", "ADA"][..], extra].concat()
    };
    let impossible = [
        &["--stage", "0@1", "--closes", "1d"][..],
        &["--stage", "10@0", "--closes", "1d"],
        &["--stage", "10@1", "--opens", "2d", "--closes", "1d"],
        &["--stage", "10@1", "--closes", "2020-01-01"],
        &["--stage", "10@1", "--closes", "1d", "--backer-cap", "0"],
        &["--stage", "10@1", "--closes", "1d", "--min-raise", "11"],
        &[
            "--stage",
            "10@1",
            "--closes",
            "1d",
            "--min-contribution",
            "11",
        ],
        &[
            "--stage",
            "10@5000000",
            "--closes",
            "1d",
            "--min-contribution",
            "1",
        ],
    ];
    for extra in impossible {
        home.fails(&open(extra), 2, "Usage");
    }
    home.fails(
        &open(&["--stage", "2000@1", "--closes", "1d"]),
        3,
        "SupplyCapExceeded",
    );
    home.fails(
        &[
            "-k", &other, "round", "open", "ADA", "--stage", "1@1", "--closes", "1d",
        ],
        2,
        "MissingSigner",
    );

    home.ok(&open(&["--stage", "10@1", "--closes", "1d"]));
    home.fails(
        &["round", "contribute", "ADA", "1"],
        3,
        "OwnerCannotContribute",
    );
    home.fails(
        &["-k", &other, "round", "contribute", "ADA", "0"],
        3,
        "ZeroAmount",
    );
    home.fails(
        &["-k", &other, "round", "contribute", "ADA", "1"],
        3,
        "InsufficientFunds",
    );
    home.fails(
        &["-k", &other, "round", "show", "ADA", "--round", "7"],
        2,
        "NotFound",
    );
    home.fails(&["redeem", "ADA", "0"], 3, "ZeroAmount");
    home.fails(
        &["-k", &other, "poll", "vote", "ADA", "0", "for"],
        2,
        "NotFound",
    );
    home.fails(
        &["-k", &other, "holder", "transfer", "ADA", &founder, "1"],
        2,
        "NotFound",
    );
    home.fails(
        &["token", "issue", "ADA", &other_key, "99999999999999"],
        2,
        "Amount",
    );
    home.fails(
        &["token", "issue", "ADA", &other_key, "1001"],
        3,
        "SupplyCapExceeded",
    );
    home.fails(&["claim", "show", "ADA", "0"], 2, "NotFound");
    home.fails(&["redeem", "ADA", "1", "--forgo", &other_key], 2, "Usage");
    let report = home.json(&["inspect", "ADA"]);
    assert_eq!(report["supply"]["total"]["atoms"], "0");
}

#[test]
fn a_poor_payer_is_told_so() {
    let home = Home::new();
    home.json(&["keygen"]);
    let error = home.fails(&["mint-quote", "1"], 3, "InsufficientLamports");
    assert!(
        error["hint"].as_str().unwrap().contains("airdrop"),
        "{error}"
    );
}
