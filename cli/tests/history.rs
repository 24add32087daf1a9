//! The ledger on the command line: in words, as documents, as a table.

mod common;
mod pool;

use {
    common::Home,
    pool::Pool,
    serde_json::Value,
    std::{collections::BTreeSet, fs},
};

fn entries(ledger: &Value) -> &Vec<Value> {
    ledger["entries"].as_array().unwrap()
}

fn names(ledger: &Value) -> Vec<&str> {
    let names = entries(ledger).iter();
    names
        .map(|entry| entry["event"].as_str().unwrap())
        .collect()
}

/// Every event has a sentence of its own, and every number is there.
fn is_whole(ledger: &Value) {
    assert_eq!(ledger["complete"], true);
    assert_eq!(ledger["gaps"], Value::Array(Vec::new()));
    for (entry, number) in entries(ledger).iter().zip(1..) {
        assert_eq!(entry["sequence"], number);
        let (name, text) = (
            entry["event"].as_str().unwrap(),
            entry["text"].as_str().unwrap(),
        );
        let plain = name.to_lowercase();
        let start: String = text.split(':').next().unwrap().replace(' ', "");
        assert_ne!(start, plain, "{text} is no sentence");
        assert!(!text.contains("atoms"), "{text}");
    }
}

#[test]
fn the_demo_s_ledgers_are_whole() {
    let home = Home::new();
    let chain = format!("embedded:{}", home.path("demo").display());
    let run = |arguments: &[&str]| -> Value {
        let mut arguments = arguments.to_vec();
        arguments.extend(["-u", &chain, "--output", "json"]);
        let output = home.bare(&arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?} {error}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let demo = run(&["demo"]);
    let token = run(&["history", "ADA"]);
    is_whole(&token);
    let told: BTreeSet<&str> = names(&token).into_iter().collect();
    for name in [
        "TokenCreated",
        "RoundOpened",
        "Contributed",
        "RoundClosed",
        "ContributionCollected",
        "RoundSettled",
        "ClaimDeclared",
        "RevenuePaid",
        "DividendCollected",
        "ClaimExited",
        "SharesRedeemed",
        "HolderOpened",
        "SharesTransferred",
        "SharesWithdrawn",
    ] {
        assert!(told.contains(name), "{name} is not told");
    }
    let symbol = demo["index"]["symbol"].as_str().unwrap();
    let index = run(&["history", symbol]);
    is_whole(&index);
    assert_eq!(index["kind"], "index");
    let told: BTreeSet<&str> = names(&index).into_iter().collect();
    for name in [
        "IndexCreated",
        "IndexLaunched",
        "SharesBought",
        "Harvested",
        "EqualShareCollected",
    ] {
        assert!(told.contains(name), "{name} is not told");
    }
    for person in ["IVO", "JUNE", "KOFI", "LENA"] {
        is_whole(&run(&["history", person]));
    }
    let olga = demo["life"]["token"]["token"].as_str().unwrap();
    let olga = run(&["history", olga]);
    is_whole(&olga);
    let told: BTreeSet<&str> = names(&olga).into_iter().collect();
    for name in [
        "IdentityAttested",
        "ClaimDisputed",
        "GrantOffered",
        "GrantAccepted",
        "GrantClosed",
        "SaleOpened",
        "SharesSold",
        "ProductOpened",
        "PassUsed",
        "BidOpened",
        "BidFilled",
        "PollPut",
        "PollAnswered",
        "PollApplied",
        "TokenWoundUp",
        "ClaimAccountClosed",
        "HolderClosed",
    ] {
        assert!(told.contains(name), "{name} is not told");
    }
}

/// Ben buys 5,000 shares of Ada for 500.
fn backed() -> (Home, String, String) {
    let home = Home::new();
    let founder = home.founder();
    let (ben, ben_key) = home.actor("ben");
    home.ok(&["mint-quote", "20000", "--to", &ben]);
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    home.ok(&[
        "round",
        "open",
        "ADA",
        "--stage",
        "100000@0.10",
        "--closes",
        "30d",
    ]);
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "500"]);
    (home, founder, ben_key)
}

#[test]
fn events_are_told_in_words_and_as_documents() {
    let (home, founder, ben) = backed();
    let ledger = home.json(&["history", "ADA"]);
    is_whole(&ledger);
    let shown = home.json(&["token", "show", "ADA"]);
    let mint = shown["quote_mint"].as_str().unwrap();
    assert_eq!(ledger["address"], shown["token"]);
    let last = entries(&ledger).last().unwrap();
    assert_eq!(
        last["text"],
        format!("{ben} contributed 500 {mint} to round 0 for 5,000 shares")
    );
    assert_eq!(last["fields"]["paid"], "500000000");
    assert_eq!(last["fields"]["wallet"], ben.as_str());
    assert!(last["time"].is_i64() && last["slot"].is_u64());
    let first = &entries(&ledger)[0];
    assert_eq!(
        first["text"],
        format!("{founder} created ADA, paid in {mint}")
    );

    let text = home.ok(&["history", "ADA"]);
    assert!(
        text.contains(" UTC") && text.contains("for 5,000 shares"),
        "{text}"
    );
    assert!(!text.contains(&ben), "keys are shortened for people");
    assert!(home.ok(&["history", "ADA", "-v"]).contains(&ben));
}

#[test]
fn a_ledger_is_filtered() {
    let (home, _, ben) = backed();
    home.ok(&["warp", "2d"]);
    home.ok(&["token", "pause", "ADA"]);
    home.ok(&["token", "unpause", "ADA"]);
    let only = |filters: &[&str]| {
        let ledger = home.json(&[&["history", "ADA"], filters].concat());
        let names = names(&ledger).into_iter().map(str::to_string);
        names.collect::<Vec<_>>()
    };
    assert_eq!(only(&["--kind", "contributed"]), ["Contributed"]);
    assert_eq!(
        only(&["--kind", "contributed", "--kind", "round-opened"]),
        ["RoundOpened", "Contributed"]
    );
    assert_eq!(only(&["--limit", "1"]), ["PauseChanged"]);
    assert_eq!(
        only(&["--limit", "1", "--kind", "Contributed"]),
        ["Contributed"]
    );
    assert_eq!(only(&["--since", "1d"]), ["PauseChanged"; 2]);
    assert!(!only(&["--until", "1d"]).contains(&"PauseChanged".to_string()));
    assert_eq!(
        only(&["--wallet", &ben, "--kind", "Contributed"]),
        ["Contributed"]
    );
    assert_eq!(only(&["--limit", "0"]), [""; 0]);
    let nobody = home.path(".config/solana/id.json").display().to_string();
    assert_eq!(
        only(&["--wallet", &nobody, "--kind", "Contributed"]),
        [""; 0]
    );
    let empty = home.ok(&["history", "ADA", "--until", "2001-01-01"]);
    assert!(empty.contains("Nothing of ADA"), "{empty}");

    home.fails(&["history", "ADA", "--kind", "nonsense"], 2, "Usage");
    home.fails(
        &["history", "ADA", "--since", "1d", "--until", "2d"],
        2,
        "Usage",
    );
    home.fails(&["history", "NOBODY"], 2, "NotFound");
}

#[test]
fn a_ledger_is_a_table_for_spreadsheets() {
    let (home, _, ben) = backed();
    let file = home.path("ada.csv").display().to_string();
    home.ok(&["history", "ADA", "--csv", &file]);
    let text = fs::read_to_string(&file).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("time,slot,signature,sequence,event,text,fields")
    );
    let contributed = lines.find(|line| line.contains(",Contributed,")).unwrap();
    assert!(
        contributed.contains(&format!("\"{ben} contributed 500")),
        "{contributed}"
    );
    assert!(
        contributed.contains("\"{\"\"paid\"\":\"\"500000000\"\""),
        "{contributed}"
    );
    home.fails(
        &["history", "ADA", "--csv", "no/such/folder.csv"],
        5,
        "File",
    );
}

#[test]
fn an_index_s_amounts_are_in_what_stands_in_its_slots() {
    let pool = Pool::launched(&[]);
    let ledger = pool.home.json(&["history", "MAKERS"]);
    is_whole(&ledger);
    let texts: Vec<_> = entries(&ledger)
        .iter()
        .map(|entry| entry["text"].clone())
        .collect();
    let seeded = ["the curator put in 100 ANN", "the curator put in 200 BOB"];
    for text in seeded {
        assert!(texts.contains(&Value::from(text)), "{texts:?}");
    }
    let cash = format!("the curator put in 1,000 {}", pool.mint);
    assert!(texts.contains(&Value::from(cash)), "{texts:?}");
}

#[test]
fn what_owners_and_attesters_do_has_sentences() {
    let (home, founder, ben) = backed();
    let (notary, notary_key) = home.actor("notary");
    let ben_file = home.path("ben.json").display().to_string();
    let deed = home.write("deed.pdf", "a deed");
    let run = |arguments: &[&str]| drop(home.ok(arguments));
    run(&["token", "roles", "ADA", "--guardian", &notary_key]);
    run(&["token", "bearer-cap", "ADA", "5000"]);
    run(&["token", "update", "ADA", "--uri", "https://ada.example"]);
    run(&["token", "transfer-ownership", "ADA", &notary_key]);
    run(&["holder", "open", "ADA", "--wallet", &notary]);
    run(&["holder", "venue", "ADA", &notary]);
    run(&["token", "issue", "ADA", &ben, "10", "--paid", "1.5"]);
    run(&[
        "holder",
        "approve",
        "ADA",
        &ben,
        &notary,
        "4",
        "--expires",
        "1h",
    ]);
    run(&["holder", "revoke", "ADA", &ben, &notary]);
    run(&["-k", &ben_file, "holder", "withdraw", "ADA", "20"]);
    run(&["-k", &ben_file, "holder", "deposit", "ADA", "5"]);
    run(&["reserve", "deposit", "ADA", "100"]);
    let equity = ["claim", "declare", "equity", "ADA", "Acme Inc."];
    let terms = ["--units", "100", "--cost", "2000", "--document", &deed];
    run(&[&equity[..], &terms].concat());
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    let terms = ["--share", "15%", "--total", "10000", "--ends", "365d"];
    run(&[&revenue[..], &terms].concat());
    let attest = [
        "-k", &notary, "claim", "attest", "ADA", "0", "--value", "5000",
    ];
    let of = ["--document", &deed, "--expires", "30d"];
    run(&[&attest[..], &of].concat());
    run(&["-k", &notary, "claim", "revoke", "ADA", "0"]);
    let paper = home.write("split.pdf", "ten for one");
    let split = ["claim", "transform", "ADA", "0", "--units", "1000"];
    run(&[&split[..], &["--unit", "shares", "--document", &paper]].concat());
    run(&["claim", "write-off", "ADA", "0", "400", "--yes"]);
    let books = home.write("march.csv", "8200");
    let shown = home.json(&["claim", "show", "ADA", "1"]);
    let period = shown["reports"]["next_period"].as_u64().unwrap();
    let month = format!("{}-{:02}", period / 100, period % 100);
    run(&["warp", "31d"]);
    let report = ["revenue", "report", "ADA", "1", &month, "8200"];
    run(&[&report[..], &["--evidence", &books]].concat());

    let ledger = home.json(&["history", "ADA"]);
    is_whole(&ledger);
    let shown = home.json(&["token", "show", "ADA"]);
    let mint = shown["quote_mint"].as_str().unwrap();
    let texts: Vec<_> = entries(&ledger)
        .iter()
        .map(|entry| entry["text"].as_str().unwrap())
        .collect();
    for text in [
        format!("the owner issued 10 shares to {ben}, paid with 1.5 {mint} elsewhere"),
        format!("{ben} withdrew 20 shares to a wallet"),
        format!("{founder} gave 100 {mint} to the reserve"),
        format!("the owner revoked the approval of a transfer from {ben} to {notary_key}"),
        "claim 0 (Acme Inc.) changed its form: 100 shares became 1,000 shares".to_string(),
        format!(
            "the owner wrote off 400 shares of claim 0 (Acme Inc.): a loss of 0 {mint} that counts"
        ),
        format!(
            "8,200 {mint} of revenue on claim 1 (Lectures) was reported for {month}: 1,230 {mint} due by "
        ),
        format!(
            "{notary_key} attested claim 0 (Acme Inc.), worth 5,000 {mint}, at a cost of 0 {mint}, until "
        ),
        format!("{notary_key} took the attestation of claim 0 (Acme Inc.) back"),
    ] {
        // What follows "by" and "until" are times.
        let told = texts.iter().any(|told| match text.ends_with(' ') {
            true => told.starts_with(&text),
            false => *told == text,
        });
        assert!(told, "{text}\n{texts:#?}");
    }
}
