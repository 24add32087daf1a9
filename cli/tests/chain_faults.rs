//! The embedded chain's folder on a bad day: no room, no permission, damage.

#![cfg(unix)]

mod common;

use {
    common::{Answer, Home},
    serde_json::Value,
    std::{
        fs,
        os::unix::{
            fs::{MetadataExt, PermissionsExt},
            process::CommandExt,
        },
        path::Path,
        process::Command,
    },
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::Pubkey,
};

/// Who owns nothing.
const NOBODY: u32 = 65_534;

/// Runs a command that may not make a file longer than so many bytes.
fn within(home: &Home, bytes: u64, arguments: &[&str]) -> Answer {
    let limited = "ulimit -f $((LIMIT / 512)); trap '' XFSZ; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", limited, env!("CARGO_BIN_EXE_upside")]);
    command
        .args(arguments)
        .args(["--yes", "--output", "json-compact"]);
    command
        .env("LIMIT", bytes.to_string())
        .env("HOME", home.path(""))
        .env("UPSIDE_URL", format!("embedded:{}", home.chain().display()));
    Answer::of(command.output().unwrap())
}

fn error(answer: &Answer) -> Value {
    let text = format!("{}{}", answer.stdout, answer.stderr);
    assert!(!text.contains("panicked"), "{text}");
    let answer: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{text}"));
    answer["error"].clone()
}

fn file(home: &Home) -> std::path::PathBuf {
    home.chain().join("chain.redb")
}

#[test]
fn a_full_disk_is_named_and_nothing_is_half_done() {
    // No room for a chain at all: nothing stays behind.
    let home = Home::new();
    let answer = within(&home, 64 << 10, &["token", "list"]);
    assert_eq!(answer.code, 5);
    let refused = error(&answer);
    assert_eq!(refused["name"], "ChainFull");
    assert!(
        refused["hint"].as_str().unwrap().contains("room"),
        "{refused}"
    );
    assert_eq!(fs::read_dir(home.chain()).unwrap().count(), 0);

    // No room for more: each command is done or not done, and says which.
    let me = home.json(&["keygen"])["address"]
        .as_str()
        .unwrap()
        .to_string();
    home.ok(&["airdrop", "1"]);
    let chain = EmbeddedChain::open(&home.chain(), &[], Options::default()).unwrap();
    for _ in 0..60 {
        chain.airdrop(&Pubkey::new_unique(), 1_000_000_000).unwrap();
    }
    drop(chain);
    let room = fs::metadata(file(&home)).unwrap().len();
    let (mut done, mut refused) = (1, None);
    while refused.is_none() && done < 200 {
        let answer = within(&home, room, &["airdrop", "1"]);
        if answer.code == 0 {
            done += 1;
        } else {
            assert_eq!(answer.code, 5, "{}", answer.stdout);
            refused = Some(error(&answer));
        }
    }
    let refused = refused.expect("the disk is full at some time");
    assert_eq!(refused["kind"], "local");
    assert_eq!(refused["name"], "ChainStorage");
    assert!(
        refused["message"].as_str().unwrap().contains("too large"),
        "{refused}"
    );
    assert!(
        refused["hint"].as_str().unwrap().contains("room"),
        "{refused}"
    );
    let balance = |home: &Home| {
        let chain = EmbeddedChain::open(&home.chain(), &[], Options::default()).unwrap();
        chain.account(&me.parse().unwrap()).unwrap().lamports / 1_000_000_000
    };
    assert_eq!(balance(&home), done);
    // With room it goes on.
    home.ok(&["airdrop", "1"]);
    assert_eq!(balance(&home), done + 1);
}

/// The command as somebody who does not own the folders. The superuser may do anything,
/// so that there it runs as nobody, from a place that nobody can reach.
fn as_a_stranger(home: &Home, arguments: &[&str]) -> Command {
    let binary = home.path("upside");
    let own = env!("CARGO_BIN_EXE_upside");
    if !binary.exists() && fs::hard_link(own, &binary).is_err() {
        fs::copy(own, &binary).unwrap();
    }
    let mut command = Command::new(binary);
    command
        .args(arguments)
        .args(["--yes", "--output", "json-compact"])
        .current_dir("/")
        .env("HOME", home.path(""))
        .env("UPSIDE_URL", format!("embedded:{}", home.chain().display()));
    if fs::metadata(home.path("")).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_may_not_be_written_or_read_is_named() {
    let home = Home::new();
    home.json(&["keygen"]);
    home.ok(&["airdrop", "1"]);
    let before = fs::read(file(&home)).unwrap();
    mode(&home.path(""), 0o755);
    for (folder, chain, name, says) in [
        (0o555, 0o444, "ChainReadOnly", "write permission"),
        (0o000, 0o444, "ChainUnreadable", "a folder that is yours"),
        (0o755, 0o000, "ChainUnreadable", "a folder that is yours"),
    ] {
        mode(&file(&home), chain);
        mode(&home.chain(), folder);
        let answer = Answer::of(as_a_stranger(&home, &["token", "list"]).output().unwrap());
        mode(&home.chain(), 0o755);
        mode(&file(&home), 0o644);
        assert_eq!(answer.code, 5, "{}{}", answer.stdout, answer.stderr);
        let refused = error(&answer);
        assert_eq!(refused["name"], name, "{refused}");
        assert!(
            refused["hint"].as_str().unwrap().contains(says),
            "{refused}"
        );
        assert!(
            fs::read(file(&home)).unwrap() == before,
            "a refusal changes nothing"
        );
    }
    // A folder of somebody else's, in which there is no chain yet.
    let theirs = home.path("theirs");
    fs::create_dir(&theirs).unwrap();
    mode(&theirs, 0o555);
    let url = format!("embedded:{}", theirs.join("chain").display());
    let answer = as_a_stranger(&home, &["token", "list", "-u", &url]).output();
    let answer = Answer::of(answer.unwrap());
    mode(&theirs, 0o755);
    assert_eq!(answer.code, 5);
    assert_eq!(error(&answer)["name"], "ChainUnreadable");
    home.ok(&["token", "list"]);
}

#[test]
fn a_damaged_chain_is_said_to_be_and_never_replaced() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let good = fs::read(file(&home)).unwrap();
    let name = home.json(&["token", "show", "ADA"])["token"].clone();
    let used: Vec<usize> = (4_096..good.len()).filter(|at| good[*at] != 0).collect();
    let (mut found, mut harmless) = (0, 0);
    for n in 0..40 {
        let mut bytes = good.clone();
        match n % 4 {
            0 => bytes.truncate(good.len() * n / 40),
            1 => bytes.truncate(used[used.len() * n / 40]),
            _ => bytes[used[used.len() * n / 40]] ^= 1 << (n % 8),
        }
        fs::write(file(&home), &bytes).unwrap();
        let answer = home.run(&["token", "show", "ADA", "--output", "json-compact"]);
        if answer.code == 0 {
            let shown: Value = serde_json::from_str(&answer.stdout).unwrap();
            assert_eq!(shown["token"], name);
            harmless += 1;
            continue;
        }
        assert_eq!(answer.code, 5, "{}{}", answer.stdout, answer.stderr);
        let refused = error(&answer);
        assert_eq!(refused["name"], "ChainCorrupt", "{refused}");
        assert!(
            refused["hint"]
                .as_str()
                .unwrap()
                .contains("restore it from a copy")
        );
        assert!(file(&home).exists());
        found += 1;
    }
    assert!(found > 20, "{found} found, {harmless} harmless");
    fs::write(file(&home), &good).unwrap();
    home.ok(&["token", "show", "ADA"]);
}
