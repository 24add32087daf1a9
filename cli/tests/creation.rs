//! A creation shows its terms and costs before anybody pays, and asks for what is missing.

mod common;

use {
    common::{Home, amount},
    std::{
        io::Write,
        process::{Command, Stdio},
    },
    upside_localnet::{EmbeddedChain, Options},
};

#[test]
fn a_creation_shows_every_term_and_what_of_its_cost_comes_back() {
    let home = Home::new();
    home.founder();
    let (_, notary) = home.actor("notary");
    let create = ["token", "create", "Ada Lovelace", "ADA", "--cap", "1000000"];
    let create = [&create[..], &["--attester", &notary, "--royalty", "7.5"]].concat();
    let dry = home.json(&[&create[..], &["--dry-run"]].concat());
    assert_eq!(amount(&dry["terms"]["supply_cap"]), "1000000");
    assert_eq!(amount(&dry["terms"]["launch_shares"]), "100000");
    assert_eq!(dry["terms"]["royalty"], "7.5");
    let made = home.json(&[&create[..], &["--yes"]].concat());
    assert_eq!(made["costs"], dry["costs"]);

    // What it says is what the accounts got.
    let chain =
        EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default()).unwrap();
    let (mut all, mut returning) = (0, 0);
    let costs = dry["costs"]["accounts"].as_array().unwrap();
    assert_eq!(costs.len(), 6);
    for cost in costs {
        let key = cost["account"].as_str().unwrap().parse().unwrap();
        let lamports = chain.account(&key).unwrap().lamports;
        assert_eq!(cost["rent"]["atoms"], lamports.to_string(), "{cost}");
        all += lamports;
        if cost["returns"] != "never" {
            returning += lamports;
        }
    }
    assert_eq!(dry["costs"]["rent"]["atoms"], all.to_string());
    assert_eq!(dry["costs"]["comes_back"]["atoms"], returning.to_string());
    drop(chain);
    let (other, other_key) = home.actor("other");
    let quote = dry["quote_mint"].as_str().unwrap();
    let eve = ["-k", &other, "token", "create", "Eve", "EVE", "--cap", "10"];
    let text = home.ok(&[&eve[..], &["--quote", quote, "--dry-run"]].concat());
    for words in [
        "of it comes back",
        "for the token, does not come back",
        "yearly room",
        &other_key,
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_creator_at_a_terminal_is_asked_for_cap_and_attesters() {
    let home = Home::new();
    home.founder();
    let error = home.fails(&["token", "create", "Ada", "ADA"], 2, "Usage");
    assert!(error["hint"].as_str().unwrap().contains("--cap"));
    let (_, notary) = home.actor("notary");
    let (_, bank) = home.actor("bank");
    let inner = home.command(&["token", "create", "Ada", "ADA"]);
    let line = format!("{} token create Ada ADA", inner.get_program().display());
    let mut asked = Command::new("script");
    asked
        .args(["-qec", &line, "/dev/null"])
        .current_dir(home.path(""))
        .envs(
            inner
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut child) = asked.spawn() else {
        return eprintln!("skipped: `script` is not installed, and makes no terminal");
    };
    let mut stdin = child.stdin.take().unwrap();
    let answers = format!("many\n250000\n{notary}\n{bank}\n\n2\ny\n");
    stdin.write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    for words in [
        "How many shares?",
        "Address, or nothing?",
        "of it comes back",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let shown = home.json(&["token", "show", "ADA"]);
    assert_eq!(amount(&shown["terms"]["supply_cap"]), "250000");
    let attesters = &shown["disclosure"]["attesters"];
    assert_eq!(attesters["accepted"].as_array().unwrap().len(), 2);
    assert_eq!(attesters["attestation_threshold"], 2);
}
