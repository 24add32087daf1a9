//! Signing for teams: keys on machines of their own, signatures that travel, nonces that
//! wait for them.

mod common;

use {common::Home, serde_json::Value};

/// An owner and a payer on machines of their own, and a third that has no key.
struct Team {
    owner: Home,
    payer: Home,
    sender: Home,
    owner_key: String,
    payer_key: String,
    chain: String,
}

impl Team {
    fn new() -> Self {
        let (owner, payer, sender) = (Home::new(), Home::new(), Home::new());
        let owner_key = owner.founder();
        let made = payer.json(&["keygen"]);
        let payer_key = made["address"].as_str().unwrap().to_string();
        let chain = format!("embedded:{}", owner.chain().display());
        owner.ok(&["airdrop", "10", "--to", &payer_key]);
        owner.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
        Team {
            owner,
            payer,
            sender,
            owner_key,
            payer_key,
            chain,
        }
    }

    /// Flags of the owner's machine: their key, the payer's address.
    fn as_owner<'a>(&'a self, verb: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let own = [
            "-u",
            &self.chain,
            "token",
            verb,
            "ADA",
            "--fee-payer",
            &self.payer_key,
        ];
        [&own[..], more].concat()
    }

    /// Flags of the payer's machine: the owner's address, their key.
    fn as_payer<'a>(&'a self, file: &'a str, verb: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let own = [
            "-u",
            &self.chain,
            "-k",
            &self.owner_key,
            "token",
            verb,
            "ADA",
        ];
        [&own[..], &["--fee-payer", file], more].concat()
    }

    /// Flags of a machine without keys.
    fn as_sender<'a>(&'a self, verb: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        self.as_payer(&self.payer_key, verb, more)
    }

    fn payer_file(&self) -> String {
        self.payer
            .path(".config/solana/id.json")
            .display()
            .to_string()
    }

    fn paused(&self) -> bool {
        self.owner.json(&["token", "show", "ADA"])["paused"] == true
    }
}

fn offline(answer: &Value) -> &Value {
    &answer["transactions"][0]
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
        .collect()
}

#[test]
fn two_sign_on_their_machines_and_a_third_sends() {
    let team = Team::new();
    let file = team.payer_file();
    let first = team.owner.json(&team.as_owner("pause", &["--sign-only"]));
    let first = offline(&first);
    assert_eq!(texts(&first["absent"]), [team.payer_key.as_str()]);
    let (hash, by_owner) = (
        first["blockhash"].as_str().unwrap(),
        texts(&first["signers"])[0],
    );
    assert!(by_owner.starts_with(&format!("{}=", team.owner_key)));

    let with = ["--sign-only", "--blockhash", hash, "--signer", by_owner];
    let second = team.payer.json(&team.as_payer(&file, "pause", &with));
    let second = offline(&second);
    assert_eq!(
        second["message"], first["message"],
        "the same bytes on both machines"
    );
    assert_eq!(
        (&second["absent"], &second["bad_sig"]),
        (&Value::from(vec![""; 0]), &Value::from(vec![""; 0]))
    );
    let signers = texts(&second["signers"]);
    assert_eq!(signers.len(), 2);
    assert!(!team.paused(), "nothing was sent yet");

    // One signature is missing, or not good, or of somebody else.
    let at = ["--blockhash", hash, "--signer", signers[1]];
    let missing = team
        .sender
        .fails(&team.as_sender("pause", &at), 2, "MissingSigner");
    assert!(
        missing["message"]
            .as_str()
            .unwrap()
            .contains(&team.payer_key)
    );
    assert!(missing["hint"].as_str().unwrap().contains("--signer"));
    let both = [
        "--blockhash",
        hash,
        "--signer",
        signers[0],
        "--signer",
        signers[1],
    ];
    // The signatures are for a pause, not for the opposite.
    let other = team
        .sender
        .fails(&team.as_sender("unpause", &both), 2, "BadSignature");
    assert!(other["hint"].as_str().unwrap().contains("same --blockhash"));
    let signature = signers[1].split_once('=').unwrap().1;
    let swapped = format!("{}={signature}", signers[0].split_once('=').unwrap().0);
    let wrong = ["--sign-only", "--blockhash", hash, "--signer", &swapped];
    let answer = team.sender.json(&team.as_sender("pause", &wrong));
    assert_eq!(texts(&offline(&answer)["bad_sig"]).len(), 1);
    assert_eq!(texts(&offline(&answer)["absent"]).len(), 2);

    assert_eq!(
        team.sender.json(&team.as_sender("pause", &both))["status"],
        "sent"
    );
    assert!(team.paused());
    team.sender
        .fails(&team.as_sender("pause", &both), 3, "AlreadyProcessed");
}

#[test]
fn a_blockhash_grows_stale_and_a_nonce_waits() {
    let team = Team::new();
    let file = team.payer_file();
    let nonce_file = team.owner.path("nonce.json").display().to_string();
    let made = team.owner.json(&["keygen", "-o", &nonce_file]);
    let nonce = made["address"].as_str().unwrap().to_string();
    team.owner.fails(&["nonce", "show", &nonce], 2, "NotFound");
    team.owner
        .fails(&["nonce", "show", &team.owner_key], 2, "WrongAccount");
    let created = team.owner.json(&["nonce", "create", &nonce_file]);
    assert_eq!(created["authority"], team.owner_key.as_str());
    let shown = team.owner.json(&["nonce", "show", &nonce]);
    assert_eq!(shown["balance"], created["rent"]);
    let value = shown["blockhash"].as_str().unwrap().to_string();

    // Both are signed; ten days pass.
    let stale = team.owner.json(&team.as_owner("pause", &["--sign-only"]));
    let hash = offline(&stale)["blockhash"].as_str().unwrap();
    let on_nonce = ["--nonce", &nonce, "--nonce-authority", &team.owner_key];
    let first = team
        .owner
        .json(&team.as_owner("pause", &["--nonce", &nonce, "--sign-only"]));
    assert_eq!(offline(&first)["blockhash"], value.as_str());
    assert_eq!(offline(&first)["nonce"], nonce.as_str());
    let by_owner = texts(&offline(&first)["signers"])[0];
    let sign = ["--blockhash", &value, "--sign-only", "--signer", by_owner];
    let second = team
        .payer
        .json(&team.as_payer(&file, "pause", &[&on_nonce[..], &sign].concat()));
    let signers = texts(&offline(&second)["signers"]);
    assert_eq!(signers.len(), 2);
    team.owner.ok(&["warp", "10d"]);

    let old = [
        "--blockhash",
        hash,
        "--signer",
        texts(&offline(&stale)["signers"])[0],
    ];
    let expired = team
        .payer
        .fails(&team.as_payer(&file, "pause", &old), 4, "BlockhashNotFound");
    assert!(expired["hint"].as_str().unwrap().contains("nonce"));
    let both = [
        "--blockhash",
        &value,
        "--signer",
        signers[0],
        "--signer",
        signers[1],
    ];
    let both = [&on_nonce[..], &both].concat();
    assert_eq!(
        team.sender.json(&team.as_sender("pause", &both))["status"],
        "sent"
    );
    assert!(team.paused());

    // It is used up: once more is refused, and says why.
    let again = team
        .sender
        .fails(&team.as_sender("pause", &both), 2, "Usage");
    assert!(again["message"].as_str().unwrap().contains("was used"));
    let moved = team.owner.json(&["nonce", "show", &nonce]);
    assert_ne!(moved["blockhash"], value.as_str());
}

#[test]
fn nonces_are_advanced_and_closed_by_their_authority_alone() {
    let home = Home::new();
    let founder = home.founder();
    let (other, other_key) = home.actor("other");
    let file = home.path("nonce.json").display().to_string();
    let made = home.json(&["keygen", "-o", &file]);
    let nonce = made["address"].as_str().unwrap().to_string();
    home.ok(&["nonce", "create", &file, "--authority", &other_key]);
    home.fails(&["nonce", "create", &file], 3, "Rejected");
    let value = |home: &Home| home.json(&["nonce", "show", &nonce])["blockhash"].clone();
    let before = value(&home);
    home.fails(&["nonce", "advance", &nonce], 3, "Rejected");
    assert_eq!(value(&home), before);
    home.ok(&["nonce", "advance", &nonce, "--nonce-authority", &other]);
    assert_ne!(value(&home), before);

    // Its own value serves for using it up, as on a cluster.
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let on = ["--nonce", &nonce, "--nonce-authority", &other];
    home.ok(&[&["token", "pause", "ADA"][..], &on].concat());
    assert_eq!(home.json(&["token", "show", "ADA"])["paused"], true);
    home.fails(
        &["token", "unpause", "ADA", "--nonce", &founder],
        2,
        "WrongAccount",
    );
    home.fails(
        &["token", "unpause", "ADA", "--nonce", &nonce, "--dry-run"],
        2,
        "Usage",
    );

    home.fails(&["nonce", "withdraw", &nonce, "0"], 2, "Usage");
    home.fails(&["nonce", "withdraw", &nonce, "ALL"], 3, "Rejected");
    let authority = ["--nonce-authority", &other];
    home.ok(&[&["nonce", "withdraw", &nonce, "ALL"][..], &authority].concat());
    home.fails(&["nonce", "show", &nonce], 2, "NotFound");
}

#[test]
fn what_is_built_from_keys_alone_needs_no_network() {
    let home = Home::new();
    home.founder();
    let file = home.path("nonce.json").display().to_string();
    let made = home.json(&["keygen", "-o", &file]);
    let nonce = made["address"].as_str().unwrap().to_string();
    home.ok(&["nonce", "create", &file]);
    let newest = home.json(&["nonce", "advance", &nonce, "--sign-only"]);
    let hash = offline(&newest)["blockhash"].as_str().unwrap();
    let nowhere = ["-u", "http://127.0.0.1:1", "nonce", "advance", &nonce];
    let apart = home.json(&[&nowhere[..], &["--sign-only", "--blockhash", hash]].concat());
    assert_eq!(offline(&apart), offline(&newest));
    let dumped = home.json(&[&nowhere[..], &["--dump-transaction", "--blockhash", hash]].concat());
    assert_eq!(offline(&dumped)["message"], offline(&newest)["message"]);
    assert!(offline(&dumped)["message_base58"].as_str().unwrap().len() > 200);
    assert_eq!(texts(&offline(&dumped)["signers"]).len(), 0);
}

#[test]
fn a_signature_is_for_one_transaction() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let round = [
        "round",
        "open",
        "ADA",
        "--stage",
        "1000@1",
        "--min-raise",
        "900",
    ];
    home.ok(&[&round[..], &["--closes", "1d"]].concat());
    for name in ["a", "b", "c"] {
        let (file, key) = home.actor(name);
        home.ok(&["mint-quote", "100", "--to", &key]);
        home.ok(&["-k", &file, "round", "contribute", "ADA", "ALL"]);
    }
    home.ok(&["warp", "2d"]);
    home.ok(&["round", "close", "ADA"]);
    let refund = ["round", "refund", "ADA", "--all"];
    let dumped = home.json(&[&refund[..], &["--dump-transaction"]].concat());
    let all = dumped["transactions"].as_array().unwrap().len();
    assert!(all > 1);
    let refused = home.fails(&[&refund[..], &["--sign-only"]].concat(), 2, "Usage");
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.contains(&format!("takes {all} transactions")),
        "{message}"
    );
    assert!(
        refused["hint"]
            .as_str()
            .unwrap()
            .contains("--dump-transaction")
    );
}

#[test]
fn keys_can_sign_elsewhere() {
    let home = Home::new();
    let founder = home.founder();
    let (payer, payer_key) = home.actor("payer");
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let pause = ["token", "pause", "ADA", "--fee-payer", &payer_key];

    // The owner signs, the fee payer has yet to.
    let mut sign = pause.to_vec();
    sign.push("--sign-only");
    let signed = home.json(&sign);
    let offline = &signed["transactions"][0];
    assert_eq!(signed["status"], "signed");
    assert_eq!(offline["absent"][0], payer_key.as_str());
    let blockhash = offline["blockhash"].as_str().unwrap();
    let signature = offline["signers"][0].as_str().unwrap();
    assert!(signature.starts_with(&founder));
    assert_eq!(home.json(&["token", "show", "ADA"])["paused"], false);

    // The fee payer sends with the owner's signature, and without the owner's key.
    let submit = |signer: &str| {
        let arguments: Vec<String> = [
            "token",
            "pause",
            "ADA",
            "-k",
            &founder,
            "--fee-payer",
            &payer,
            "--blockhash",
            blockhash,
            "--signer",
            signer,
        ]
        .map(str::to_string)
        .to_vec();
        arguments
    };
    let good = submit(signature);
    let good: Vec<&str> = good.iter().map(String::as_str).collect();
    let wrong = submit(&format!("{founder}={}", "1".repeat(64)));
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    home.fails(&wrong, 2, "BadSignature");
    assert_eq!(home.json(&good)["status"], "sent");
    assert_eq!(home.json(&["token", "show", "ADA"])["paused"], true);

    let dumped = home.json(&[
        "token",
        "unpause",
        "ADA",
        "-k",
        &founder,
        "--dump-transaction",
    ]);
    assert_eq!(dumped["status"], "dumped");
    assert!(dumped["transactions"][0]["message"].as_str().unwrap().len() > 100);
    home.fails(
        &["token", "unpause", "ADA", "-k", &founder],
        2,
        "MissingSigner",
    );
}
