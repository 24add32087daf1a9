//! What nobody may read in a terminal, a log or a script's output: secret keys that stand
//! where they do not belong, and the keys of providers in URLs.

mod common;

use {
    common::{Answer, Home},
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::{
        ffi::OsStr,
        io::{Read, Write},
        net::TcpListener,
        thread,
    },
};

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const KEY: &str = "sk1veryS3cretKey0fAProvider";

/// Each form in which a wallet exports a secret key.
fn forms(key: &Keypair) -> Vec<String> {
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|b| format!("{b:02x}")).collect() };
    let base58 = key.to_base58_string();
    let list = format!("{:?}", key.to_bytes());
    vec![
        base58[..base58.len() - 1].to_string(),
        list.replace(' ', ""),
        list.replace(['[', ']'], ""),
        list,
        hex(&key.to_bytes()),
        hex(key.secret_bytes()),
        format!("0x{}", hex(key.secret_bytes())),
        PHRASE.to_string(),
        [PHRASE, PHRASE].join(" "),
        base58,
    ]
}

#[test]
fn a_secret_key_is_refused_and_never_repeated() {
    let home = Home::new();
    home.json(&["keygen"]);
    let key = Keypair::new();
    let own = key.pubkey().to_string();
    let shortened = forms(&key).remove(0);
    for secret in forms(&key) {
        let given = format!("{own}={secret}");
        let joined = format!("--keypair={secret}");
        for arguments in [
            &["airdrop", "1", "-k", &secret][..],
            &["airdrop", "1", &joined],
            &["airdrop", "1", "--to", &secret],
            &["airdrop", "1", "--fee-payer", &secret],
            &["airdrop", "1", "--signer", &secret],
            &["airdrop", "1", "--signer", &given],
            &["airdrop", "1", "--nonce", &secret],
            &["airdrop", "1", "--nonce-authority", &secret],
            &["airdrop", "1", "--trust", &secret],
            &["airdrop", "1", "-u", &secret],
            &["airdrop", &secret],
            &["token", "show", &secret],
            &["token", "create", "Ada", "ADA", "--quote", &secret],
            &["index", "seed", "MAKERS", "--piece", &format!("{secret}=5")],
            &["history", "--wallet", &secret],
            &["keygen", "-o", &secret],
            &["confirm", &secret],
            &[&secret],
            &["airdrop", "1", "--output", &secret],
            &["airdrop", "1", &secret],
        ] {
            // Where a signature belongs, a shortened key may be one.
            let signs = arguments.contains(&"confirm") || arguments.contains(&given.as_str());
            if signs && secret == shortened {
                continue;
            }
            for format in ["display", "json"] {
                let arguments = [arguments, &["--output", format]].concat();
                let answer = home.run(&arguments);
                let text = format!("{}{}", answer.stdout, answer.stderr);
                assert_eq!(answer.code, 2, "{arguments:?}: {text}");
                for part in [&secret[..12], &secret[secret.len() - 12..]] {
                    assert!(!text.contains(part), "{arguments:?}: {text}");
                }
                assert!(text.contains("secret key"), "{arguments:?}: {text}");
            }
        }
    }
    let error = home.fails(
        &["airdrop", "1", "--to", &key.to_base58_string()],
        2,
        "SecretKey",
    );
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("--to"), "{error}");
    assert!(error["hint"].as_str().unwrap().contains("-k -"), "{error}");
    assert!(!home.chain().exists() && !home.path(PHRASE).exists());
}

#[test]
fn a_phrase_and_a_list_without_quotes_are_refused_too() {
    let home = Home::new();
    let words: Vec<&str> = PHRASE.split(' ').collect();
    let list = format!("{:?}", Keypair::new().to_bytes());
    let numbers: Vec<&str> = list.split(' ').collect();
    for pieces in [words, numbers] {
        let answer = home.run(&[&["airdrop", "1", "-k"][..], &pieces].concat());
        assert_eq!(answer.code, 2);
        assert!(answer.stderr.contains("secret key"), "{}", answer.stderr);
        for piece in pieces {
            assert!(
                !answer.stderr.contains(piece) || piece.len() < 3,
                "{}",
                answer.stderr
            );
        }
    }
}

#[test]
fn a_file_that_holds_something_else_is_not_quoted() {
    let home = Home::new();
    let secret = Keypair::new().to_base58_string();
    let file = home.write("key.txt", &format!("\"{secret}\"\n"));
    for arguments in [
        &["airdrop", "1", "-k", &file][..],
        &["airdrop", "1", "--to", &file],
        &["airdrop", "1", "-C", &file],
    ] {
        let answer = home.run(arguments);
        assert!(!answer.stderr.contains(&secret[..20]), "{}", answer.stderr);
        assert_ne!(answer.code, 0);
    }
    let config = format!("json_rpc_url: \"http://localhost:1\"\nkeypair_path: {secret}\n");
    let config = home.write("config.yml", &config);
    let answer = home.run(&["airdrop", "1", "-C", &config]);
    assert!(!answer.stderr.contains(&secret[..20]), "{}", answer.stderr);
    assert!(answer.stderr.contains("secret key"), "{}", answer.stderr);
}

/// A node that answers every request with this status, and repeats its path.
fn node(status: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = text.split(' ').nth(1).unwrap_or("").to_string();
            let body = match status {
                200 => format!(
                    "{{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{{\"code\":-32000,\"message\":\"no such key: {path}\"}}}}"
                ),
                _ => path,
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address.to_string()
}

/// URLs in which providers put their keys.
fn urls(host: &str) -> Vec<String> {
    vec![
        format!("http://{host}/?api-key={KEY}"),
        format!("http://{host}/v2/{KEY}"),
        format!("http://{host}/v2/{KEY}/"),
        format!("http://user:{KEY}@{host}"),
        format!("http://{KEY}@{host}/rpc"),
        format!("http://{host}/rpc?x=1&token={KEY}#top"),
    ]
}

#[test]
fn a_provider_s_key_is_in_no_error() {
    let home = Home::new();
    home.json(&["keygen"]);
    for (status, name) in [
        (401, "Unauthorized"),
        (403, "Unauthorized"),
        (404, "WrongUrl"),
        (400, "Unreachable"),
        (200, "Rpc"),
    ] {
        let host = node(status);
        for url in urls(&host) {
            let config = format!("json_rpc_url: \"{url}\"\nkeypair_path: \"\"\n");
            let config = home.write("config.yml", &config);
            for arguments in [
                &["token", "list", "-u", &url][..],
                &["token", "list", "-u", &url, "-v"],
                &["token", "list", &format!("--url={url}")],
                &["token", "list", "-C", &config, "-v"],
            ] {
                let answer = Answer::of(home.bare(arguments).output().unwrap());
                let text = format!("{}{}", answer.stdout, answer.stderr);
                assert!(!text.contains(KEY), "{arguments:?}: {text}");
                assert_eq!(answer.code, 4, "{arguments:?}: {text}");
            }
            let error = home.fails(&["token", "list", "-u", &url], 4, name);
            assert!(!error.to_string().contains(KEY), "{error}");
            let mut command = home.bare(&["token", "list", "-v"]);
            let answer = Answer::of(command.env("UPSIDE_URL", &url).output().unwrap());
            assert!(!answer.stderr.contains(KEY), "{}", answer.stderr);
        }
    }
}

/// 5xx are asked again, which takes a while: one of each kind.
#[test]
fn a_provider_s_key_is_in_no_error_of_a_node_in_trouble() {
    let home = Home::new();
    let host = node(500);
    let error = home.fails(
        &[
            "token",
            "list",
            "-u",
            &format!("http://{host}/v2/{KEY}?k={KEY}"),
        ],
        4,
        "Unreachable",
    );
    assert!(
        error["message"].as_str().unwrap().contains("500"),
        "{error}"
    );
    assert!(!error.to_string().contains(KEY), "{error}");
    // Nobody listens there.
    let error = home.fails(
        &[
            "token",
            "list",
            "-u",
            &format!("http://127.0.0.1:9/v2/{KEY}"),
        ],
        4,
        "Unreachable",
    );
    assert!(!error.to_string().contains(KEY), "{error}");
}

#[test]
fn a_wrong_url_is_not_repeated_with_its_key() {
    let home = Home::new();
    for url in [
        format!("wss://node.example/?api-key={KEY}"),
        format!("ws://node.example/{KEY}"),
        format!("ftp://user:{KEY}@node.example"),
        format!("node.example/v2/{KEY}"),
        format!("node.example?api-key={KEY}"),
        format!("http:///{KEY}"),
        format!("https:/node.example/{KEY}"),
    ] {
        for arguments in [
            &["token", "list", "-u", &url][..],
            &["token", "list", &format!("-u{url}")],
            &["token", "list", &format!("--url={url}")],
            &["token", "list", "-u", &url, "--output", "json"],
        ] {
            let answer = home.run(arguments);
            let text = format!("{}{}", answer.stdout, answer.stderr);
            assert_eq!(answer.code, 2, "{arguments:?}: {text}");
            assert!(!text.contains(KEY), "{arguments:?}: {text}");
        }
        let mut command = home.bare(&["token", "list"]);
        let answer = Answer::of(command.env("UPSIDE_URL", &url).output().unwrap());
        assert_eq!(answer.code, 2, "{url}: {}", answer.stderr);
        assert!(!answer.stderr.contains(KEY), "{}", answer.stderr);
        let config = format!("json_rpc_url: \"{url}\"\nkeypair_path: \"\"\n");
        let config = home.write("config.yml", &config);
        let answer = Answer::of(
            home.bare(&["token", "list", "-C", &config])
                .output()
                .unwrap(),
        );
        assert!(!answer.stderr.contains(KEY), "{}", answer.stderr);
    }
    let positional = format!("https://node.example/{KEY}");
    let answer = home.run(&["token", "list", &positional]);
    assert!(!answer.stderr.contains(KEY), "{}", answer.stderr);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_utf8_are_named() {
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    home.json(&["keygen"]);
    let bad = OsStr::from_bytes(b"Zo\xeb");
    for before in [
        &["token", "show"][..],
        &["token", "create"],
        &["-k"],
        &["airdrop", "1", "--to"],
        &["-u"],
    ] {
        let answer = Answer::of(home.command(before).arg(bad).output().unwrap());
        assert_eq!(answer.code, 2, "{before:?}: {}", answer.stderr);
        assert!(answer.stderr.contains("no UTF-8"), "{}", answer.stderr);
        let mut command = home.command(&["--output", "json"]);
        let answer = Answer::of(command.args(before).arg(bad).output().unwrap());
        let shown: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(shown["error"]["name"], "NotUtf8", "{shown}");
        let message = shown["error"]["message"].as_str().unwrap();
        assert!(
            message.contains("argument") && message.contains("Zo"),
            "{shown}"
        );
    }
    for name in ["UPSIDE_URL", "UPSIDE_TRUST"] {
        let mut command = home.bare(&["token", "list"]);
        let answer = Answer::of(command.env(name, bad).output().unwrap());
        assert_eq!(answer.code, 2, "{name}: {}", answer.stderr);
        assert!(answer.stderr.contains(name), "{}", answer.stderr);
    }
    // Files with names and contents of other bytes.
    let path = home.path("").join(bad);
    std::fs::write(&path, b"\xff\xfe").unwrap();
    let answer = Answer::of(
        home.command(&["token", "list", "-C"])
            .arg(&path)
            .output()
            .unwrap(),
    );
    assert_eq!(answer.code, 5, "{}", answer.stderr);
}

/// Scripts branch on the name of what is wrong with a command line.
#[test]
fn a_wrong_command_line_has_a_name() {
    let home = Home::new();
    for (arguments, name) in [
        (&["nonsense"][..], "UnknownCommand"),
        (&["token", "nonsense"], "UnknownCommand"),
        (&["token"], "MissingCommand"),
        (&["token", "list", "--nonsense"], "UnknownArgument"),
        (&["token", "show", "ADA", "more"], "UnknownArgument"),
        (&["token", "show"], "MissingArgument"),
        (&["warp", "soon"], "InvalidValue"),
        (&["token", "list", "-u", "nowhere"], "InvalidValue"),
        (
            &["token", "pause", "ADA", "--dry-run", "--sign-only"],
            "ArgumentConflict",
        ),
    ] {
        let error = home.fails(arguments, 2, name);
        assert_eq!(error["kind"], "usage", "{error}");
        assert!(
            error["code"].is_null() && error["hint"].is_string(),
            "{error}"
        );
    }
    let error = home.fails(&["tokn", "list"], 2, "UnknownCommand");
    assert!(error["hint"].as_str().unwrap().contains("token"), "{error}");
}
