//! Who is who, over many processes: vouched for, trusted, looking alike.

mod common;

use {
    common::Home,
    sha2::{Digest, Sha256},
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::str::FromStr,
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{Pubkey, address::find_credential, state::ATTESTATION_SERVICE},
};

#[test]
fn a_creator_is_whom_a_reader_trusts_to_say_so() {
    let home = Home::new();
    home.founder();
    let (notary, notary_key) = home.actor("notary");
    let (stranger, stranger_key) = home.actor("stranger");
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    home.ok(&["index", "create", "Makers", "MAKERS"]);
    home.ok(&["index", "add", "MAKERS", "ADA"]);
    home.fails(&["identity", "attest", "ADA"], 3, "InvalidAttester");
    let attested = home.json(&[
        "-k",
        &notary,
        "identity",
        "attest",
        "ADA",
        "--expires",
        "30d",
    ]);
    assert_eq!(attested["by"], notary_key.as_str());
    home.ok(&[
        "-k", &stranger, "identity", "attest", "ADA", "--name", "Eve",
    ]);

    let verified = |trust: &[&str]| {
        let ask = |rest: &[&str]| home.json(&[rest, trust].concat());
        let listed = ask(&["token", "list"])["tokens"][0]["verified"].clone();
        let report = ask(&["inspect", "ADA"]);
        let index = ask(&["inspect", "MAKERS"]);
        assert_eq!(listed, report["verified"]);
        assert_eq!(listed, index["constituents"][0]["token"]["verified"]);
        (listed == true, report["identity"]["status"].clone())
    };
    assert_eq!(verified(&[]), (false, "unverified".into()));
    // Whoever trusts the stranger reads that they vouched for somebody called Eve.
    let by_stranger = ["--trust", &stranger_key];
    assert_eq!(verified(&by_stranger), (false, "attested".into()));
    let text = home.ok(&[&["token", "show", "ADA"][..], &by_stranger].concat());
    assert!(text.contains("under another name"), "{text}");
    let trusting = ["--trust", &notary_key];
    assert_eq!(verified(&trusting), (true, "attested".into()));
    let text = home.ok(&["token", "show", "ADA", "--trust", &notary_key]);
    assert!(text.contains("verified by"), "{text}");
    let shown = home.json(&["identity", "show", "ADA", "--trust", &notary_key]);
    let rows = shown["identity_attestations"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let good = row["by"] == notary_key.as_str();
        assert_eq!(
            (row["trusted"] == good, row["same_name"] == good),
            (true, true)
        );
    }
    home.fails(&["token", "list", "--trust", "nobody"], 2, "Usage");

    home.ok(&["warp", "31d"]);
    assert!(!verified(&trusting).0, "it expired");
    home.ok(&["-k", &notary, "identity", "attest", "ADA"]);
    assert!(verified(&trusting).0);
    home.ok(&["-k", &notary, "identity", "revoke", "ADA"]);
    assert!(!verified(&trusting).0);
    home.fails(&["-k", &notary, "identity", "revoke", "ADA"], 2, "NotFound");

    // The ledger tells it in sentences.
    let ledger = home.json(&[
        "history",
        "ADA",
        "--kind",
        "IdentityAttested",
        "IdentityRevoked",
    ]);
    let told: Vec<_> = ledger["entries"].as_array().unwrap().iter().collect();
    assert_eq!(told.len(), 4);
    for (entry, words) in told
        .iter()
        .zip(["vouched", "vouched", "vouched", "no longer"])
    {
        let text = entry["text"].as_str().unwrap();
        assert!(
            text.contains(words) && text.contains("the owner, "),
            "{text}"
        );
    }
}

#[test]
fn names_that_look_alike_are_pointed_out() {
    let home = Home::new();
    home.founder();
    let (eve, _) = home.actor("eve");
    let (bob, _) = home.actor("bob");
    let first = home.json(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    let shown = home.json(&["token", "show", "ADA"]);
    let quote = ["--quote", shown["quote_mint"].as_str().unwrap()];
    let create = |who: &str, name: &str, symbol: &str| {
        let what = [
            "-k", who, "token", "create", name, symbol, "--cap", "10000000",
        ];
        home.ok(&[&what[..], &quote].concat());
    };
    // A Cyrillic letter.
    create(&eve, "Ad\u{430} lovelace", "EVE");
    create(&bob, "Bob", "BOB");
    let listed = home.json(&["token", "list"]);
    let alike = |symbol: &str| {
        let tokens = listed["tokens"].as_array().unwrap();
        let token = tokens
            .iter()
            .find(|token| token["symbol"] == symbol)
            .unwrap();
        token["looks_like"].clone()
    };
    assert_eq!(alike("EVE")[0]["token"], first["token"]);
    assert_eq!(alike("ADA").as_array().unwrap().len(), 1);
    assert_eq!(alike("BOB"), serde_json::json!([]));
    let text = home.ok(&["token", "list"]);
    assert!(text.contains("looks like 1 other"), "{text}");

    // Wherever one of them is named alone.
    let of = |value: &serde_json::Value| value["looks_like"][0]["token"].clone();
    for command in [["token", "show"], ["inspect", "--holders=1"]] {
        let about = |symbol: &'static str| [command[0], command[1], symbol];
        assert_eq!(of(&home.json(&about("EVE"))), first["token"]);
        assert_eq!(
            home.json(&about("BOB"))["looks_like"],
            serde_json::json!([])
        );
        let text = home.ok(&about("EVE"));
        let address = first["token"].as_str().unwrap();
        assert!(
            text.contains("looks like 1 other") && text.contains(address),
            "{text}"
        );
        assert!(!home.ok(&about("BOB")).contains("looks like"));
    }
    let page = home.path("eve.html");
    home.ok(&["inspect", "EVE", "--html", &page.display().to_string()]);
    let page = std::fs::read_to_string(&page).unwrap();
    assert!(page.contains("look-alike") && page.contains("compare addresses"));

    home.ok(&["index", "create", "Makers", "MAKERS"]);
    home.ok(&["index", "add", "MAKERS", "EVE"]);
    home.ok(&["index", "add", "MAKERS", "BOB"]);
    let text = home.ok(&["index", "show", "MAKERS"]);
    assert_eq!(
        text.matches("unverified, looks like 1 other").count(),
        1,
        "{text}"
    );
    let shown = home.json(&["index", "show", "MAKERS"]);
    let slots = shown["constituents"].as_array().unwrap();
    let slot = |symbol: &str| slots.iter().find(|slot| slot["symbol"] == symbol).unwrap();
    assert_eq!(of(slot("EVE")), first["token"]);
    assert_eq!(slot("BOB")["looks_like"], serde_json::json!([]));
    assert_eq!(slot("BOB")["identity"]["status"], "unverified");
    let tree = home.ok(&["inspect", "MAKERS"]);
    assert!(tree.contains("looks like 1 other"), "{tree}");
    let page = home.path("makers.html");
    home.ok(&["inspect", "MAKERS", "--html", &page.display().to_string()]);
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .contains("look-alike")
    );
    let (notary, key) = home.actor("notary");
    home.ok(&["-k", &notary, "identity", "attest", "BOB"]);
    let text = home.ok(&["index", "show", "MAKERS", "--trust", &key]);
    assert_eq!(text.matches("verified by").count(), 1, "{text}");

    // Before money moves.
    let open = |who: &str, symbol: &str| {
        let stage = ["--stage", "100@1", "--closes", "10d"];
        home.ok(&[&["-k", who, "round", "open", symbol][..], &stage].concat());
    };
    open(&eve, "EVE");
    open(&bob, "BOB");
    let paid = home.run(&["round", "contribute", "EVE", "1"]);
    assert_eq!(paid.code, 0, "{}", paid.stderr);
    assert!(
        paid.stderr.contains("EVE looks like 1 other token"),
        "{}",
        paid.stderr
    );
    let paid = home.run(&["round", "contribute", "BOB", "1"]);
    assert!(!paid.stderr.contains("looks like"), "{}", paid.stderr);
}

/// An attestation's bytes by the service's public layout.
fn attestation(keys: [&Pubkey; 3], name: &str, expiry: i64) -> Vec<u8> {
    let mut bytes = vec![2];
    for key in keys {
        bytes.extend_from_slice(key.as_ref());
    }
    bytes.extend_from_slice(&32u32.to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(name));
    bytes.extend_from_slice(&[7; 32]);
    bytes.extend_from_slice(&expiry.to_le_bytes());
    bytes.extend_from_slice(&[0; 32]);
    bytes
}

#[test]
fn a_credential_of_the_attestation_service_says_who_a_creator_is() {
    let home = Home::new();
    let founder = Pubkey::from_str(&home.founder()).unwrap();
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    let (issuer, schema) = (Keypair::new().pubkey(), Keypair::new().pubkey());
    let named = |owner: Pubkey, name: &str, expiry: i64| {
        let chain = EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default());
        let chain = chain.unwrap();
        let mut account = chain.account(&founder).unwrap();
        account.owner = owner;
        account.data = attestation([&founder, &issuer, &schema], name, expiry);
        let address = find_credential(&issuer, &schema, &founder).0;
        chain.set_account(&address, account).unwrap();
        chain.now()
    };
    let put = |owner: Pubkey, expiry: i64| named(owner, "Ada Lovelace", expiry);
    let trust = format!("{issuer}/{schema}");
    let shown = |trust: &str| home.json(&["token", "show", "ADA", "--trust", trust]);
    assert_eq!(shown(&trust)["verified"], false);
    // On the owner's key, but of somebody else's name.
    named(ATTESTATION_SERVICE, "Ada King", 0);
    let other = shown(&trust);
    assert_eq!(other["identity"]["status"], "credential");
    assert_eq!(other["identity"]["name_verified"], false);
    assert_eq!(other["verified"], false);
    let now = put(ATTESTATION_SERVICE, 0);
    let identity = &shown(&trust)["identity"];
    assert_eq!(identity["status"], "credential");
    assert_eq!(identity["credential"], issuer.to_string());
    assert_eq!(identity["schema"], schema.to_string());
    assert!(identity["expires_at"].is_null());
    for wrong in [
        format!("{schema}/{issuer}"),
        format!("{issuer}/{issuer}"),
        issuer.to_string(),
    ] {
        assert_eq!(shown(&wrong)["verified"], false, "{wrong}");
    }
    let listed = home.json(&["token", "list", "--trust", &trust]);
    assert_eq!(listed["tokens"][0]["verified"], true);
    for command in ["token", "identity"] {
        let text = home.ok(&[command, "show", "ADA", "--trust", &trust]);
        assert!(text.contains("verified by credential"), "{text}");
        let text = home.ok(&[command, "show", "ADA"]);
        assert!(text.contains("unverified"), "{text}");
    }
    home.fails(&["token", "list", "--trust", "a/b"], 2, "Usage");

    // Anybody's account at that address is none of the service's; and all things end.
    put(founder, 0);
    assert_eq!(shown(&trust)["verified"], false);
    put(ATTESTATION_SERVICE, now + 86_400);
    assert_eq!(shown(&trust)["identity"]["expires_at"], now + 86_400);
    home.ok(&["warp", "2d"]);
    assert_eq!(shown(&trust)["verified"], false);
}
