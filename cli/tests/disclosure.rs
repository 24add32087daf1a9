//! What others can do to a holder is shown before anybody pays: the same facts in every
//! place, to the digit.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
    sha2::{Digest, Sha256},
    std::{
        fs,
        io::Write,
        process::{Command, Stdio},
    },
    upside_localnet::{EmbeddedChain, Options},
};

/// A token with a cap of 1,000,000 shares, of which 200,000 are the launch; ben and cleo
/// have money, ben has 1,000 shares.
fn market() -> (Home, [String; 2], [String; 2]) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    let (_, notary) = home.actor("notary");
    for backer in [&ben_key, &cleo_key] {
        home.ok(&["mint-quote", "10000", "--to", backer]);
    }
    let create = ["token", "create", "Ada Lovelace", "ADA", "--cap", "1000000"];
    let terms = [
        "--launch",
        "200000",
        "--cash-out-tax",
        "5",
        "--royalty",
        "10",
    ];
    let more = [
        "--floor",
        "700",
        "--attester",
        &notary,
        "--guardian",
        &notary,
    ];
    home.ok(&[&create[..], &terms, &more].concat());
    home.ok(&["holder", "issue", "ADA", &ben_key, "1000"]);
    (home, [ben, cleo], [ben_key, cleo_key])
}

/// `part` of `whole` atoms in percent with four decimals, rounded down.
fn percent(part: &Value, whole: &Value) -> String {
    let atoms = |amount: &Value| amount["atoms"].as_str().unwrap().parse::<u128>().unwrap();
    let hundredths = atoms(part) * 1_000_000 / atoms(whole);
    let text = format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn supply(home: &Home) -> Value {
    home.json(&["inspect", "ADA"])["supply"].clone()
}

/// A text without its line breaks: sentences are broken to fit a terminal.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The acts of a disclosure, each with who can and when.
fn acts(disclosure: &Value) -> Vec<String> {
    let word = |power: &Value, member: &str| power[member].as_str().unwrap().to_string();
    let powers = disclosure["powers"].as_array().unwrap().iter();
    powers
        .map(|power| {
            ["who", "when", "act"]
                .map(|member| word(power, member))
                .join(" ")
        })
        .collect()
}

#[test]
fn a_contributor_sees_the_fully_diluted_part_before_paying() {
    let (home, [_, cleo], [_, cleo_key]) = market();
    home.ok(&["reserve", "deposit", "ADA", "300"]);
    let open = [
        "round",
        "open",
        "ADA",
        "--stage",
        "50000@1.3",
        "--backer-cap",
        "5000",
    ];
    home.ok(&[&open[..], &["--closes", "30d", "--reserve", "20"]].concat());
    let pay = ["-k", &cleo, "round", "contribute", "ADA", "1234.56"];
    let dry = home.json(&[&pay[..], &["--dry-run"]].concat());
    assert_eq!(dry["status"], "simulated");
    let (bought, held) = (&dry["preview"]["shares"], &dry["preview"]["holding"]);
    let shown = &dry["preview"]["disclosure"];
    assert_eq!(bought["shares"], dry["shares"]);
    assert_eq!(bought, held);
    let cap = &shown["dilution"]["cap"];
    assert_eq!(amount(cap), "1000000");
    assert_eq!(bought["fully_diluted"], percent(&dry["shares"], cap));
    // 949.661538 of 1,949.661538 shares, and of 1,000,000.
    assert_eq!(bought["part"], "48.709");
    assert_eq!(bought["fully_diluted"], "0.0949");

    // What it says is what comes: the parts, and what the shares redeem for right after.
    let paid = home.json(&[&pay[..], &["--yes"]].concat());
    assert_eq!(paid["preview"]["shares"], *bought);
    let all = supply(&home);
    assert_eq!(bought["part"], percent(&paid["shares"], &all["total"]));
    let redeem = ["-k", &cleo, "redeem", "ADA", "ALL", "--dry-run"];
    let redeemed = home.json(&redeem);
    assert_eq!(redeemed["paid"][0]["atoms"], bought["redeems"][0]["atoms"]);
    assert_ne!(amount(&bought["redeems"][0]), "0");

    let shown = home.json(&["-k", &cleo, "holder", "show", "ADA"]);
    assert_eq!(shown["part"], bought["part"]);
    assert_eq!(shown["part_of_cap"], bought["fully_diluted"]);

    // The second time the holding is both.
    let again = home.json(&[&pay[..], &["--dry-run"]].concat());
    let held = &again["preview"]["holding"];
    assert_eq!(amount(&held["shares"]), "1899.323076");
    assert_eq!(held["fully_diluted"], "0.1899");
    // With a cap per backer contributions are kept by wallet.
    let from = &again["preview"]["round"]["contributors"];
    assert_eq!(from["wallets"], 1);
    assert_eq!(from["largest"][0]["wallet"], cleo_key.as_str());
    assert_eq!(from["largest"][0]["part"], "100");

    let text = home.ok(&[&pay[..], &["--dry-run"]].concat());
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(
        widest.is_some_and(|width| width <= 110),
        "{widest:?}\n{text}"
    );
    let text = flat(&text);
    for words in [
        "What others can do to you",
        "0.0949 % of the cap",
        "1,949.661538 of 1,000,000 shares exist, 0.1949 % of the cap",
        "chosen by the owner before others bought shares",
        "unverified: nobody whom you trust vouches",
        "a minimum raise proves how much came in, not from whom: any wallet",
        "without your signature, nor close the exit",
        "at once: create shares, keep floor, exit claims",
        "5 % of what a part redeems for stays with the others",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let sent = home.ok(&[&pay[..], &["--yes"]].concat());
    assert!(!sent.contains("What others can do"), "{sent}");
}

#[test]
fn every_place_says_the_same() {
    let (home, [_, cleo], [ben_key, _]) = market();
    home.ok(&["token", "update", "ADA", "--name", "Ada King"]);
    home.ok(&["token", "policy", "propose", "ADA", "--transfers", "closed"]);
    let open = [
        "round",
        "open",
        "ADA",
        "--stage",
        "50000@1",
        "--min-raise",
        "100",
    ];
    home.ok(&[&open[..], &["--closes", "30d"]].concat());
    let pay = ["-k", &cleo, "round", "contribute", "ADA", "10", "--dry-run"];
    let preview = home.json(&pay)["preview"].clone();
    let shown = &preview["disclosure"];
    for command in [["token", "show", "ADA"].as_slice(), &["inspect", "ADA"]] {
        assert_eq!(home.json(command)["disclosure"], *shown, "{command:?}");
    }
    let report = home.json(&["inspect", "ADA"]);
    let dilution = &shown["dilution"];
    assert_eq!(amount(&dilution["launch_left"]), "149000");
    assert_eq!(amount(&dilution["offered"]), "50000");
    assert_eq!(amount(&dilution["creatable"]), "149250");
    for (member, value) in [
        ("launch_left", "149000"),
        ("room_left", "250"),
        ("cap_left", "949000"),
    ] {
        assert_eq!(amount(&report["supply"][member]), value, "{member}");
    }
    assert_eq!(amount(&report["supply"]["fully_diluted"]), "1000000");
    assert_eq!(amount(&report["terms"]["launch_shares"]), "200000");
    assert_eq!(report["terms"]["room"], "25");
    let terms = &shown["terms"];
    assert_eq!(
        (&terms["cash_out_tax"], &terms["royalty"]),
        (&"5".into(), &"10".into())
    );
    assert_eq!(amount(&terms["floor"]), "700");
    assert_eq!(shown["attesters"]["accepted"][0]["accepted_by"], "owner");
    assert_eq!(shown["roles"]["guardian"], report["guardian"]);
    assert_eq!(
        shown["concentration"]["largest"][0]["wallet"],
        ben_key.as_str()
    );
    assert_eq!(shown["concentration"]["largest"][0]["part"], "100");
    assert_eq!(shown["concentration"]["largest_in_polls"], "100");
    let hash = Sha256::digest("Ada Lovelace");
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(shown["identity"]["name_hash"], hash.as_str());
    assert_eq!(shown["identity"]["owner"], report["owner"]);
    let announced = shown["announced"].as_array().unwrap();
    let changes: Vec<_> = announced
        .iter()
        .map(|one| one["change"].as_str().unwrap())
        .collect();
    assert_eq!(changes, ["policy", "name"]);
    assert!(
        announced
            .iter()
            .all(|one| one["effective_at"].as_i64() > report["time"].as_i64())
    );
    let acts = acts(shown);
    for act in [
        "owner at_once create_shares",
        "owner at_once keep_floor",
        "owner after_notice rename",
        "guardian at_once pause",
        "holders after_poll raise_supply",
        "holders by_poll wind_up",
        "attesters after_notice attest_costs",
    ] {
        assert!(acts.iter().any(|one| one == act), "{act} in {acts:?}");
    }
    let holders = report["holders"].as_array().unwrap();
    let ben = holders
        .iter()
        .find(|one| one["wallet"] == ben_key.as_str())
        .unwrap();
    assert_eq!(
        (&ben["part"], &ben["part_of_cap"]),
        (&"100".into(), &"0.1".into())
    );

    // Text and page take their sentences from the same place.
    let file = home.path("page.html");
    home.ok(&["inspect", "ADA", "--html", &file.display().to_string()]);
    let page = fs::read_to_string(&file).unwrap();
    let text = flat(&home.ok(&["inspect", "ADA"]));
    for words in [
        "What others can do to you",
        "create up to 149,250 shares more now, beyond the launch 25 % of all a year",
        "sign what claims cost, 1 of 1 together",
        "called Ada King, from ",
        "admission open, transfers closed, from ",
    ] {
        assert!(
            text.contains(words) && page.contains(words),
            "{words} in {text}"
        );
    }
}

#[test]
fn trades_are_shown_what_they_bring() {
    let (home, [ben, cleo], [ben_key, cleo_key]) = market();
    home.ok(&["reserve", "deposit", "ADA", "500"]);
    home.ok(&["-k", &ben, "sale", "open", "ADA", "400", "0.8"]);
    let buys = [
        vec![
            "-k",
            &cleo,
            "sale",
            "buy",
            "ADA",
            &ben_key,
            "100",
            "--dry-run",
        ],
        vec!["-k", &cleo, "sale", "buy-best", "ADA", "100", "--dry-run"],
        vec!["-k", &cleo, "bid", "open", "ADA", "100", "0.7", "--dry-run"],
    ];
    let mut disclosures = Vec::new();
    for buy in &buys {
        let preview = home.json(buy)["preview"].clone();
        assert_eq!(amount(&preview["shares"]["shares"]), "100", "{buy:?}");
        assert_eq!(preview["shares"]["part"], "10");
        assert_eq!(preview["shares"]["fully_diluted"], "0.01");
        assert_eq!(preview["holding"], preview["shares"]);
        // A tenth of 500, of which the tax of 5 % on what others keep stays.
        assert_eq!(amount(&preview["shares"]["redeems"][0]), "47.75");
        disclosures.push(preview["disclosure"].clone());
        assert!(home.ok(buy).contains("What others can do to you"));
    }
    home.ok(&[&buys[2][..7], &["--yes"]].concat());
    let sells = [
        vec![
            "-k",
            &ben,
            "bid",
            "fill",
            "ADA",
            &cleo_key,
            "60",
            "--dry-run",
        ],
        vec!["-k", &ben, "bid", "fill-best", "ADA", "60", "--dry-run"],
    ];
    for sell in &sells {
        let preview = home.json(sell)["preview"].clone();
        assert_eq!(amount(&preview["shares"]["shares"]), "60");
        assert_eq!(amount(&preview["holding"]["shares"]), "940");
        assert_eq!(preview["holding"]["fully_diluted"], "0.094");
        disclosures.push(preview["disclosure"].clone());
        let text = home.ok(sell);
        assert!(text.contains("they redeem for 28.59"), "{text}");
    }
    let dilution = |one: &Value| one["dilution"].clone();
    assert!(
        disclosures
            .iter()
            .all(|one| dilution(one) == dilution(&disclosures[0]))
    );
}

#[test]
fn who_paid_into_a_round_is_shown() {
    let (home, [ben, cleo], [ben_key, cleo_key]) = market();
    let open = [
        "round",
        "open",
        "ADA",
        "--stage",
        "50000@1",
        "--min-raise",
        "500",
    ];
    home.ok(&[&open[..], &["--closes", "30d"]].concat());
    for (who, money) in [(&ben, "100"), (&cleo, "300")] {
        home.ok(&["-k", who, "round", "contribute", "ADA", money, "--yes"]);
    }
    let pay = ["-k", &cleo, "round", "contribute", "ADA", "100"];
    let pay = [&pay[..], &["--dry-run"]].concat();
    let preview = home.json(&pay)["preview"].clone();
    let from = &preview["round"]["contributors"];
    assert_eq!(from["wallets"], 2);
    for (place, wallet, part) in [(0, cleo_key, "75"), (1, ben_key, "25")] {
        assert_eq!(from["largest"][place]["wallet"], wallet.as_str());
        assert_eq!(from["largest"][place]["part"], part);
    }
    // If it closed now: 100 of 1,500 shares.
    assert_eq!(preview["shares"]["part"], "6.6666");
    let report = home.json(&["inspect", "ADA"]);
    assert_eq!(report["rounds"][0]["contributors"], *from);
    for text in [home.ok(&["inspect", "ADA"]), home.ok(&pay)] {
        let text = flat(&text);
        assert!(
            text.contains("2 wallets: ") && text.contains("not from whom"),
            "{text}"
        );
    }
}

#[test]
fn former_names_stay_in_sight() {
    let (home, ..) = market();
    home.ok(&[
        "token", "update", "ADA", "--name", "Ada King", "--symbol", "KING",
    ]);
    home.ok(&["warp", "8d"]);
    home.ok(&["token", "update", "ADA", "--apply"]);
    let file = home.path("page.html");
    home.ok(&["inspect", "KING", "--html", &file.display().to_string()]);
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("formerly") && page.contains("Ada Lovelace"));
    for command in [&["inspect", "KING"][..], &["token", "show", "KING"]] {
        let text = flat(&home.ok(command));
        assert!(text.contains("Ada Lovelace (ADA), until "), "{text}");
    }
    let shown = home.json(&["inspect", "KING"]);
    assert_eq!(shown["former_names"][0]["symbol"], "ADA");
    assert_eq!(
        shown["disclosure"]["identity"]["former_names"],
        shown["former_names"]
    );
}

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

#[test]
fn whoever_pays_while_a_round_sells_at_once_is_warned() {
    let (home, ..) = market();
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    home.ok(&[
        &revenue[..],
        &["--share", "15", "--total", "10000", "--ends", "365d"],
    ]
    .concat());
    let equity = [
        "claim", "declare", "equity", "ADA", "Acme", "--units", "100",
    ];
    home.ok(&equity);
    let pays = [
        vec!["revenue", "pay", "ADA", "0", "10", "--dry-run"],
        vec!["claim", "exit", "ADA", "1", "10", "900", "--dry-run"],
        vec!["reserve", "deposit", "ADA", "10", "--dry-run"],
    ];
    for pay in &pays {
        assert_eq!(home.json(pay)["selling_rounds"], Value::Array(Vec::new()));
    }
    let open = [
        "round", "open", "ADA", "--stage", "500@1", "--closes", "10d", "--opens", "1d",
    ];
    home.ok(&open);
    assert_eq!(
        home.json(&pays[0])["selling_rounds"],
        Value::Array(Vec::new())
    );
    home.ok(&["warp", "1d1s"]);
    for pay in &pays {
        assert_eq!(
            home.json(pay)["selling_rounds"],
            serde_json::json!([0]),
            "{pay:?}"
        );
        let answer = home.run(pay);
        assert!(
            answer.stderr.contains("warning: round 0 sells at once"),
            "{}",
            answer.stderr
        );
        assert!(
            answer.stdout.contains("has part in it"),
            "{}",
            answer.stdout
        );
    }
    home.ok(&["round", "close", "ADA"]);
    for pay in &pays {
        assert_eq!(home.json(pay)["selling_rounds"], Value::Array(Vec::new()));
    }
}

#[test]
fn a_round_at_the_price_of_its_backing_asks_for_a_cap_per_backer() {
    let (home, ..) = market();
    // 1,000 shares, and 1 each in the reserve.
    home.ok(&["reserve", "deposit", "ADA", "1000"]);
    let open = [
        "round",
        "open",
        "ADA",
        "--closes",
        "30d",
        "--most-part",
        "100",
    ];
    let at = |rest: &[&'static str]| [&open[..], rest].concat();
    let error = home.fails(&at(&["--stage", "500@1"]), 3, "RoundAtBacking");
    assert!(
        error["hint"]
            .as_str()
            .is_some_and(|hint| hint.contains("--backer-cap"))
    );
    home.ok(&at(&["--stage", "500@1", "--backer-cap", "50"]));
    home.ok(&at(&["--stage", "500@1.01"]));
}
